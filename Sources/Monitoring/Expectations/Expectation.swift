package import Cases
import Similarity
import Statistics

/// What a user expects of the answers to a probe, whatever the baseline says; judged on the answers that are asked anyway.
package struct Expectation: Hashable, Sendable {
  package enum Condition: Hashable, Sendable {
    /// One of these answers, compared like those of a check: case, quotes and a final stop do not count.
    case oneOf([String])
    /// A pattern that is found in the answer as it came.
    case regex(String)
    /// The answer as it came is JSON, and as the schema says.
    case schema(AnswerSchema)
  }

  package let probe: PromptID
  package let condition: Condition
  /// The share of answers that is to meet it.
  package let atLeast: Double

  package init(probe: PromptID, condition: Condition, atLeast: Double = 0.9) {
    self.probe = probe
    self.condition = condition
    self.atLeast = atLeast
  }

  package struct Finding: Hashable, Sendable {
    package let expectation: Expectation
    package let met: Int
    package let answers: Int
    /// Nothing better than the expectation is plausible: the upper end of the exact 95 % bound of the share is below it.
    package let isBroken: Bool
    /// An answer that does not meet it; nil if all do.
    package let example: String?
  }

  private static let confidence = 0.95

  /// - Returns: nil without answers.
  package func judged(on answers: [RecordedAnswer]) -> Finding? {
    let own = answers.filter { $0.response.prompt == probe }.map(\.response.text)
    guard !own.isEmpty else { return nil }
    let failing = own.filter { !isMet(by: $0) }
    let met = own.count - failing.count
    let most = ExactInterval.upperLimit(successes: met, trials: own.count, confidence: Self.confidence)
    return Finding(
      expectation: self, met: met, answers: own.count, isBroken: !failing.isEmpty && most < atLeast,
      example: failing.first)
  }

  private func isMet(by text: String) -> Bool {
    switch condition {
    case .oneOf(let answers): answers.contains { AnswerKey.text($0) == AnswerKey.text(text) }
    // A pattern that is none was refused when it was read.
    case .schema(let schema): schema.isMet(by: text)
    case .regex(let pattern): (try? Regex(pattern).firstMatch(in: text)) != nil
    }
  }
}
