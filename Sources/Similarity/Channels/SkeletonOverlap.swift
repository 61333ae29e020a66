/// Cosine of tf-idf vectors of the skeletons of two answers: their first 400 units, words of content replaced by their shape
/// (`Skeleton`), as 3- and 4-grams.
///
/// Where most letters of all answers to a prompt belong to scripts without spaces, the features are the pairs of neighbours
/// among the first 600 characters that are both no ideograph and no syllable of Hangul: kana, marks, Latin letters and digits
/// (below U+3100). Weights are those of `ContentOverlap`.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Note: How sentences are built, not what they say. Students of one teacher have it in common, as have models of one
///   developer; of languages other than English it sees marks and the words between them only.
/// - Source: measured in `Reports/validation`. Function words tell authors apart since Mosteller and Wallace, "Inference and
///   Disputed Authorship: The Federalist" (1964); templates of parts of speech tell models apart in Shaib et al., "Detection
///   and Measurement of Syntactic Templates in Generated Text" (2024).
package struct SkeletonOverlap: Channel {
  package let name = "skeletons"
  package let version = 1
  package var label: String { "skeletons" }
  package var explanation: String { "how their sentences are built once words of content are taken away" }
  package var definition: String {
    """
    the same cosine, of the 3- and 4-grams of the first 400 units, where marks and \(FunctionWords.english.count) English function words stay and any other word is its ending: -ing, -ed, -ly, -s, one for -tion, -ment, -ness and -ity, a number, or none of these (without spaces: pairs of neighbours below U+3100 among the first 600 characters)
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers) { answer in
      byCharacters
        ? pairs(answer.scalars.strippingWhiteSpace.prefix(600))
        : Grams.of(Skeleton.units(answer.tokens, limit: 400), lengths: 3...4)
    }
  }

  private func pairs(_ characters: ArraySlice<UInt32>) -> [UInt64] {
    zip(characters, characters.dropFirst()).compactMap { first, second in
      guard first < 0x3100, second < 0x3100 else { return nil }
      return TokenHash.sequence(TokenHash.mixed(UInt64(first)), then: TokenHash.mixed(UInt64(second)))
    }
  }
}
