/// An answer that counts, with what the endpoint said beside it.
package struct RecordedAnswer: Hashable, Sendable {
  package let response: Response
  /// As the endpoint counted them: what it does to a prompt before the model sees it shows here.
  package let promptTokens: Int?
  package let completionTokens: Int?
  package let declaredModel: String?
  package let fingerprint: String?
  /// From sending to the end of the answer.
  package let nanoseconds: Int
  /// A cache gave it, or it is a copy of another: it says nothing of the model now.
  package let isCopy: Bool
  /// As the endpoint declared it; `ok` where it is not known.
  package let outcome: Attempt.Outcome

  package init(
    response: Response, promptTokens: Int? = nil, completionTokens: Int? = nil, declaredModel: String? = nil,
    fingerprint: String? = nil, nanoseconds: Int = 0, isCopy: Bool = false, outcome: Attempt.Outcome = .ok
  ) {
    self.response = response
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.declaredModel = declaredModel
    self.fingerprint = fingerprint
    self.nanoseconds = nanoseconds
    self.isCopy = isCopy
    self.outcome = outcome
  }
}
