package import Likelihood
import Similarity
package import Validation

/// How good every channel of text is by itself, and whether the method would be better with it; nothing is fitted.
package struct JudgeChannels: Sendable {
  package struct Findings: Sendable {
    package let validation: ChannelValidation
    package let pairs: CorpusPairs
    /// In the order of each pair's scores.
    package let channels: [String]
  }

  private let corpus: String
  private let pairs: String
  private let seed: UInt64

  package init(corpus: String, pairs: String, seed: UInt64) {
    self.corpus = corpus
    self.pairs = pairs
    self.seed = seed
  }

  /// - Parameter progress: told of each set of answers that is done.
  package func run(
    beside method: CohortMethod, progress: @Sendable ((set: String, pairs: Int, scored: Int)) -> Void = { _ in }
  ) async throws -> Findings {
    let names = ChannelCatalogue.text.map(\.name)
    let found = try await CorpusPairs.read(
      corpus: corpus, pairs: pairs,
      method: .unnumbered(
        "all channels of text", channels: ChannelCatalogue.text, adjustedForLength: Set(names),
        reference: method.reference), seed: seed, thorough: false, progress: progress)
    return Findings(
      validation: ChannelValidation(
        found.scored.map { ($0.labelled, $0.score) }, channels: names,
        combined: Set(method.channels.map(\.name))), pairs: found, channels: names)
  }
}
