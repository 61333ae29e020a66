import Cases
package import LinearAlgebra

/// One kind of similarity. Its score for a pair of models is the mean of its contributions over the probes that both
/// answered; so scores, bootstraps and shards of probes are all sums over probes.
package protocol Channel: Sendable {
  /// Short name in results, such as `content_overlap`; a name is never given a second meaning.
  var name: String { get }
  /// Changes with every change of the definition: a calibration holds for one version only.
  var version: Int { get }
  /// Its name among people.
  var label: String { get }
  /// What it compares, in plain words: part of the sentence that begins "Channels compare the answers of two models to one
  /// prompt".
  var explanation: String { get }
  /// The contribution of one prompt as a formula in words, for those who compute it again.
  var definition: String { get }
  /// Contributions are rounded to a grid of 2 to the minus so many, so that their sums are exact (`GridMatrix`): 30, and fewer
  /// where they may be beyond ±2.
  var gridBits: Int { get }
  /// Contributions of one prompt for every pair of the models that answered it: (0, 1), (0, 2) … (1, 2) … Of answers of which some
  /// only are paired (`PromptAnswers.paired`), a channel of a method gives the pairs of these.
  func contributions(_ answers: PromptAnswers) -> [Double]
}

extension Channel {
  package var gridBits: Int { 30 }
}

/// Tokenised answers to one prompt of those models that answered it.
package struct PromptAnswers: Sendable {
  struct Answer: Sendable {
    let tokens: Tokens
    let text: NormalisedText
    /// The text's Unicode scalars.
    var scalars: [UInt32] { knownScalars.value { text.scalars } }
    private let knownScalars = Once<[UInt32]>()

    init(_ text: String) {
      self.text = NormalisedText(text)
      tokens = Tokens(normalised: self.text)
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
  /// The models whose pairs are asked for, ascending: all, or those of a tile. What a word weighs depends on the answers of all.
  let paired: [Int]
  /// Whether most letters of all answers belong to scripts without spaces; then features are characters, not words.
  let isWrittenWithoutSpaces: Bool
  /// What more than one channel reads.
  let verbatim = Once<[SharedTokens.Common]>()
  let wordShares = Once<[[Double]]>()

  init(_ texts: [[String]], paired: [Int]? = nil) {
    self.paired = paired ?? Array(texts.indices)
    samples = texts.map { $0.map { Answer($0) } }
    guard samples.contains(where: { $0.contains { $0.text.hasLettersWithoutSpaces } }) else {
      isWrittenWithoutSpaces = false
      return
    }
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
  /// prompts × pairs; 0 where not both models answered.
  package let values: GridMatrix
  /// The pairs that `values` are of, ascending, where a question needs some of them only; nil has all.
  package let kept: Kept?

  /// Some of the pairs, and of all of them the sums.
  package struct Kept: Sendable {
    package let pairs: [Int]
    let sums: [Double]
  }

  package init(channel: String, version: Int, values: GridMatrix, kept: Kept? = nil) {
    self.channel = channel
    self.version = version
    self.values = values
    self.kept = kept
  }

  /// The column of a pair in `values`; nil of one that is not kept.
  package func column(ofPair pair: Int) -> Int? {
    guard let kept else { return pair }
    var (low, high) = (0, kept.pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if kept.pairs[middle] < pair { low = middle + 1 } else { high = middle }
    }
    return low < kept.pairs.count && kept.pairs[low] == pair ? low : nil
  }

  /// By pair, the sum over some rows; nan of a pair that is not kept, unless the rows are all.
  func sums(over rows: some Collection<Int>) -> [Double] {
    guard let kept else { return values.sums(over: rows) }
    guard rows.count < values.rows else { return kept.sums }
    var all = [Double](repeating: .nan, count: kept.sums.count)
    for (pair, sum) in zip(kept.pairs, values.sums(over: rows)) { all[pair] = sum }
    return all
  }
}
