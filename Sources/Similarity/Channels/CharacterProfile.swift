/// Cosine of tf-idf vectors of the characters of two answers: their 4-grams, lower-cased, white space as one space; in
/// scripts without spaces their 2-grams.
///
/// Weights are those of `ContentOverlap`, over the answers to this prompt. It sees parts of words, inflections, marks and
/// layout that the channels over words do not.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Complexity: O(characters + Σ df²) a probe; the slowest of the channels, since many answers share most 4-grams.
/// - Note: Topic and style at once.
/// - Source: Kešelj, Peng, Cercone and Thomas, "N-gram-based Author Profiles for Authorship Attribution" (2003), there
///   with another distance.
package struct CharacterProfile: Channel {
  package let name = "character_profile"
  package let version = 1
  package var label: String { "character profile" }
  package var explanation: String { "which sequences of characters they share" }
  package var definition: String {
    """
    the same cosine as of beginnings, of 4-grams of characters, lower-cased, white space as one space (without spaces: 2-grams)
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers) { answer in
      Grams.of(Self.characters(answer.scalars), lengths: byCharacters ? 2...2 : 4...4)
    }
  }

  private static func characters(_ scalars: [UInt32]) -> [UInt64] {
    var characters: [UInt64] = []
    characters.reserveCapacity(scalars.count)
    var inSpace = true
    let ascii = ascii
    let space = space
    for value in scalars.strippingWhiteSpace {
      if value.isWhiteSpace {
        if !inSpace { characters.append(space) }
        inSpace = true
        continue
      }
      inSpace = false
      if value < 0x80 {
        characters.append(ascii[Int(value)])
      } else if let scalar = Unicode.Scalar(value) {
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
          characters.append(TokenHash.mixed(UInt64(lower.value)))
        }
      }
    }
    return characters
  }

  private static let space = TokenHash.mixed(0x20)

  private static let ascii: [UInt64] = (0..<128).map { code in
    TokenHash.mixed(UInt64(code >= 0x41 && code <= 0x5A ? code | 0x20 : code))
  }
}
