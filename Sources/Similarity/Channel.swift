package import LinearAlgebra

/// One kind of similarity. Its score for a pair of models is the mean of its contributions over the probes that both
/// answered; so scores, bootstraps and shards of probes are all sums over probes.
package protocol Channel: Sendable {
  /// Short name in results, such as `content_overlap`; a name is never given a second meaning.
  var name: String { get }
  /// Changes with every change of the definition: a calibration holds for one version only.
  var version: Int { get }
  /// Contributions of one prompt for every pair of the models that answered it: (0, 1), (0, 2) … (1, 2) …
  func contributions(_ answers: PromptAnswers) -> [Double]
}

/// Tokenised answers to one prompt of those models that answered it.
package struct PromptAnswers: Sendable {
  struct Answer: Sendable {
    let tokens: Tokens
    let text: NormalisedText
    /// The text's Unicode scalars.
    let scalars: [UInt32]

    init(_ text: String) {
      self.text = NormalisedText(text)
      tokens = Tokens(normalised: self.text)
      scalars = self.text.scalars
    }

    /// What answers are made of: tokens, words and marks in order; or, in scripts without spaces, the characters
    /// between leading and trailing white space.
    func units(byCharacters: Bool) -> [UInt64] {
      guard byCharacters else { return tokens.hashes }
      return scalars.strippingWhiteSpace.map { TokenHash.mixed(UInt64($0)) }
    }
  }

  /// By model, in the table's order; the samples of each.
  let samples: [[Answer]]
  /// Whether most letters of all answers belong to scripts without spaces; then features are characters, not words.
  let isWrittenWithoutSpaces: Bool

  init(_ texts: [[String]]) {
    samples = texts.map { $0.map { Answer($0) } }
    var withoutSpaces = 0
    var all = 0
    for answer in samples.joined() {
      let letters = answer.text.countLetters()
      withoutSpaces += letters.withoutSpaces
      all += letters.all
    }
    isWrittenWithoutSpaces = 2 * withoutSpaces > all
  }
}

/// What a channel found, for all pairs and prompts.
package struct Contributions: Sendable {
  package let channel: String
  package let version: Int
  package let pairs: PairIndex
  /// prompts × pairs; 0 where not both models answered.
  package let values: Matrix
  /// prompts × pairs of 1 where both models answered, 0 elsewhere; nil if all answered all.
  package let counts: Matrix?

  /// Mean over the probes that both models answered; nan where there is none.
  package func scores() -> [Double] {
    (0..<pairs.count).map { pair in
      var sum = 0.0
      var count = 0.0
      for prompt in 0..<values.rows {
        sum += values[prompt, pair]
        count += counts.map { $0[prompt, pair] } ?? 1
      }
      return sum / count
    }
  }
}
