/// Share of probes on which two models begin their answers with the same `length` tokens.
///
/// Tokens are runs of word characters or single other marks, lower-cased; where most letters of all answers to a prompt
/// belong to scripts without spaces, an opening is the first 2 × `length` characters after leading white space. Probes
/// that either model left unanswered do not count. With several samples a contribution is the share of pairs of samples
/// that agree.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Complexity: O(models²) comparisons of hashes a probe.
/// - Note: Controls prompt and length of the answer; not a common teacher, not direction.
/// - Source: measured in `Reports/validation`; compare Sun et al., "Idiosyncrasies in Large Language Models" (2025).
package struct OpeningAgreement: Channel {
  /// Tokens compared, 1 or more. An answer with fewer agrees only with its equal.
  package let length: Int

  package var name: String { "openings_\(length)" }
  package var version: Int { 1 }
  package var label: String { "openings" }
  package var explanation: String { "whether they begin with the same \(lengthInWords)" }
  package var definition: String {
    "1 if both answers begin with the same \(length) units (without spaces: \(2 * length) characters), else 0"
  }

  private var lengthInWords: String {
    switch length {
    case 1: "token"
    case 2: "two tokens"
    default: "\(length) tokens"
    }
  }

  package init(length: Int) {
    precondition(length >= 1, "an opening has at least one token")
    self.length = length
  }

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    PairMeans.equalCouples(
      answers.paired.map { answers.samples[$0].map { opening($0, byCharacters: answers.isWrittenWithoutSpaces) } }
    ) { Double($0) / Double($1) }
  }

  private func opening(_ answer: PromptAnswers.Answer, byCharacters: Bool) -> UInt64 {
    answer.units(byCharacters: byCharacters).prefix(byCharacters ? 2 * length : length).reduce(0) {
      TokenHash.sequence($0, then: $1)
    }
  }
}
