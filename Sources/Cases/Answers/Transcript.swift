package import Formats

/// All responses of one model, in the order of prompt and sample.
package struct Transcript: Sendable {
  package let model: ModelID
  /// Ordered by prompt, then by sample; no pair of them occurs twice.
  package let responses: [Response]
  /// SHA-256 of what it was read from: the file as stored on disk, or the canonical lines of a case file.
  package let source: Digest
  /// Answers from whose text thoughts were taken, by the mark that they began with; of what was read from a file.
  package let thoughtsInText: [String: Int]
  /// Prompts that the answers to them begin with, by what was asked (`PromptEcho`).
  package let echoed: [PromptID: String]

  package init(
    model: ModelID, responses: [Response], source: Digest, thoughtsInText: [String: Int] = [:],
    echoed: [PromptID: String] = [:]
  ) {
    self.model = model
    self.responses = responses.sorted { ($0.prompt, $0.sample) < ($1.prompt, $1.sample) }
    self.source = source
    self.thoughtsInText = thoughtsInText
    self.echoed = echoed
  }
}
