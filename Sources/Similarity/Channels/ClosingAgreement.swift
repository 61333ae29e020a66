/// Share of probes on which two models end their answers with the same `length` tokens; the counterpart of
/// `OpeningAgreement`, with its rules for tokens, scripts without spaces and samples.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Note: An answer that was cut at its limit of tokens ends anywhere: cut answers seldom agree.
/// - Source: this project's.
package struct ClosingAgreement: Channel {
  /// Tokens compared, 1 or more. An answer with fewer agrees only with its equal.
  package let length: Int

  package var name: String { "closings_\(length)" }
  package let version = 1
  package var label: String { "closings" }
  package var explanation: String { "whether they end with the same \(length) tokens" }
  package var definition: String {
    "1 if both answers end with the same \(length) units (without spaces: \(2 * length) characters), else 0"
  }

  package init(length: Int) {
    precondition(length >= 1, "a closing has at least one token")
    self.length = length
  }

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    let closings = answers.samples.map { samples in
      samples.map { answer -> UInt64? in
        answer.units(byCharacters: byCharacters).suffix(byCharacters ? 2 * length : length).reduce(UInt64(0)) {
          TokenHash.sequence($0, then: $1)
        }
      }
    }
    return PairMeans.equalCouples(closings) { Double($0) / Double($1) }
  }
}
