package import Cases

/// One attempt as a list shows it.
package struct AttemptSummary: Sendable {
  package let id: Int
  package let model: ModelID
  package let probe: PromptID
  package let sample: Int
  package let started: String
  package let outcome: String
  package let status: Int?
  /// The answer, or the detail of the failure.
  package let text: String
}
