/// How alike two answers are in how often they use the commonest words, after Burrows.
///
/// The words are the 100 that most models use in answer to this prompt (in scripts without spaces: single characters), those of
/// equally many models by their number of uses, and all that tie with the hundredth. The share of each word among an answer's words is standardised over all models' answers to this
/// prompt, every model weighing the same. With z the standardised shares of two answers,
///
///     burrows   −mean |z − z′|
///     cosine    z·z′ / (‖z‖ ‖z′‖)
///
/// - Range: at most 0 for `burrows`, −1...1 for `cosine`, 0 where an answer has no deviation at all. The score is the mean.
/// - Complexity: O(models² × 100) a probe.
/// - Note: Both are defined for long texts; here an answer is a short one, so a single probe says little and the mean over
///   probes is what counts. Topic words that many models use are among the 100.
/// - Source: Burrows, "'Delta': A Measure of Stylistic Difference", Literary and Linguistic Computing 17 (2002); Smith and
///   Aldridge, "Improving Authorship Attribution: Optimizing Burrows' Delta Method", Journal of Quantitative Linguistics 18
///   (2011), for the cosine.
package struct WordDelta: Channel {
  package enum Distance: String, Sendable { case burrows, cosine }

  package let distance: Distance
  package var name: String { "delta_\(distance.rawValue)" }
  package let version = 1
  /// The distance of shares that few models have grows with their number.
  package let gridBits = 24
  package var label: String { distance == .burrows ? "Burrows's Delta" : "cosine Delta" }
  package var explanation: String { "how often they use the commonest words" }
  package var definition: String {
    let words = "the standardised shares of the 100 words that most models use in answer to the probe"
    switch distance {
    case .burrows: return "minus the mean absolute difference of \(words)"
    case .cosine: return "cosine of \(words)"
    }
  }

  /// Words that are counted, ties aside.
  static let words = 100

  package init(_ distance: Distance) { self.distance = distance }

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let profiles = answers.wordShares.value { Self.profiles(answers) }
    switch distance {
    case .burrows:
      let count = Double(max(profiles.first?.count ?? 0, 1))
      return PairMeans.manhattan(answers, profiles).map { -$0 / count }
    case .cosine: return PairMeans.cosine(answers, profiles)
    }
  }

  /// Standardised shares of every answer, in the order of models and samples.
  private static func profiles(_ answers: PromptAnswers) -> [[Double]] {
    let byCharacters = answers.isWrittenWithoutSpaces
    let documents = answers.samples.joined().map { words(of: $0, byCharacters: byCharacters) }
    var table = FeatureTable(capacity: documents.reduce(0) { $0 + $1.count })
    let numbered = documents.map { table.numbers(of: $0[...]) }
    let chosen = commonest(
      numbered, of: table.count,
      owners: answers.samples.enumerated().flatMap { model, samples in samples.map { _ in model } })
    var places = [Int](repeating: -1, count: table.count)
    for (place, word) in chosen.enumerated() { places[word] = place }
    let shares = numbered.map { document in
      var counts = [Double](repeating: 0, count: chosen.count)
      for word in document where places[Int(word)] >= 0 { counts[places[Int(word)]] += 1 }
      return counts.map { $0 / Double(max(document.count, 1)) }
    }
    let weights = answers.samples.flatMap { samples in
      samples.map { _ in 1 / Double(samples.count * answers.samples.count) }
    }
    return Standardised.columns(shares, weights: weights)
  }

  private static func words(of answer: PromptAnswers.Answer, byCharacters: Bool) -> [UInt64] {
    byCharacters ? answer.units(byCharacters: true) : answer.tokens.words
  }

  /// - Parameters:
  ///   - documents: words by number, numbered in the order in which they first occur.
  ///   - words: how many different ones there are.
  private static func commonest(_ documents: [[Int32]], of words: Int, owners: [Int]) -> [Int] {
    var uses = [(models: Int, last: Int, count: Int)](repeating: (0, -1, 0), count: words)
    var span = uses.mutableSpan
    for (document, owner) in zip(documents, owners) {
      for word in document {
        if span[Int(word)].last != owner {
          span[Int(word)].models += 1
          span[Int(word)].last = owner
        }
        span[Int(word)].count += 1
      }
    }
    let ranked = uses.indices.sorted {
      (uses[$1].models, uses[$1].count, $0) < (uses[$0].models, uses[$0].count, $1)
    }
    guard ranked.count > Self.words else { return ranked }
    let hundredth = uses[ranked[Self.words - 1]]
    return ranked.filter {
      (uses[$0].models, uses[$0].count) >= (hundredth.models, hundredth.count)
    }
  }
}
