/// Cosine of tf-idf vectors of how the sentences and lines of two answers begin.
///
/// Each sentence or line, without list marks and numbers before it, gives two features: its first two tokens and its
/// first one; where most letters of all answers to a prompt belong to scripts without spaces, its first five characters
/// and its first three. Weights are those of `ContentOverlap`, over the answers to this prompt.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Note: Habit rather than content: connectives, list items, the turn to the reader. Answers of one sentence say
///   little.
/// - Source: measured on the reference corpus; see the validation figures in the README.
package struct SentenceOpenings: Channel {
  package let name = "sentence_openings"
  package let version = 1
  package var label: String { "sentence openings" }
  package var explanation: String { "with which words their sentences and lines begin" }
  package var definition: String {
    """
    the same cosine, of the first unit and the first two of each sentence and line (without spaces: 3 and 5 characters)
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers) { features(of: $0, byCharacters: byCharacters) }
  }

  private func features(of answer: PromptAnswers.Answer, byCharacters: Bool) -> [UInt64] {
    var features: [UInt64] = []
    for part in SentenceSplit.parts(answer.scalars) {
      let text = answer.scalars[part].strippingWhiteSpace.drop(while: isListMark)
      let units = byCharacters ? characters(text, limit: 5) : tokens(text, limit: 2)
      guard !units.isEmpty else { continue }
      features.append(TokenHash.sequence(0, then: fold(units)))
      features.append(TokenHash.sequence(1, then: fold(units.prefix(byCharacters ? 3 : 1))))
    }
    return features
  }

  private func fold(_ units: some Sequence<UInt64>) -> UInt64 { units.reduce(0) { TokenHash.sequence($0, then: $1) } }

  private func characters(_ text: ArraySlice<UInt32>, limit: Int) -> [UInt64] {
    text.prefix(limit).map { value in
      var hash = TokenHash()
      if let scalar = Unicode.Scalar(value) { hash.add(lowerCased: scalar) }
      return hash.value
    }
  }

  /// Its first tokens; the text after them is not looked at.
  private func tokens(_ text: ArraySlice<UInt32>, limit: Int) -> [UInt64] {
    // The longest token looked at: what is longer is no word.
    Tokens.first(limit, of: text.prefix(200))
  }

  /// `-*•#`, digits, `.`, `)` and space.
  private func isListMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x23, 0x29, 0x2A, 0x2D, 0x2E, 0x30...0x39, 0x2022: true
    default: false
    }
  }
}
