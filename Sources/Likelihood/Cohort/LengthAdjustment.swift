package import Similarity
import Statistics

/// Takes the effect of the two models' mean lengths out of a channel's scores.
///
/// Answers of like length share more n-grams than a short and a long one, whoever wrote them. With ℓ the natural
/// logarithm of a model's mean answer length in characters, the fit is ordinary least squares over all pairs but those
/// that are asked about, or where these are more than `maximumPairs` over as many of them, drawn at random by a fixed seed,
///
///     score(a, b) = β₀ + β₁ |ℓ(a) − ℓ(b)| + rest
///
/// and what is subtracted is β₁ times the pair's distance from the mean of the fitted pairs; so the mean score of these stays
/// what it was. A term in ℓ(a) + ℓ(b) changed no figure of the validation by more than its noise, and is left out.
/// The mean of a model's own scores takes such an effect out by itself, in the cohort normalisation.
package struct LengthAdjustment: Sendable {
  /// Pairs that a line is fitted on at most: all of 224 models, and so of a cohort that `compare` takes with some candidates. Pairs
  /// share their models, so that more of them tell little more.
  package static let maximumPairs = 25_000
  /// The same pairs for every question: which are drawn is nobody's choice.
  package static let seed: UInt64 = 1

  /// What is subtracted from each pair's score.
  package let effects: [Double]
  /// β₁, in units of the score.
  package let coefficient: Double

  /// - Parameters:
  ///   - scores: one for each pair; pairs with nan are left out of the fit.
  ///   - excluded: pairs that are asked about, which must not shape what is normal.
  ///   - maximumPairs: that the line is fitted on; of more some are drawn.
  /// - Returns: nil where the fit is not determined, as with fewer than 10 pairs or equal lengths.
  package init?(
    scores: [Double], pairs: PairIndex, meanLengths: [Double], excluded: Set<Int>,
    maximumPairs: Int = LengthAdjustment.maximumPairs
  ) {
    var differences: [Double] = []
    differences.reserveCapacity(pairs.count)
    let logs = meanLengths.map { Double.logOnGrid(max($0, 1)) }
    for a in pairs.models.indices {
      for b in (a + 1)..<max(pairs.models.count, a + 1) {
        differences.append(abs(logs[a] - logs[b]))
      }
    }
    let fitted = Self.drawn(scores.indices.filter { !excluded.contains($0) && scores[$0].isFinite }, most: maximumPairs)
    guard fitted.count >= 10 else { return nil }
    let mean = fitted.reduce(0) { $0 + differences[$1] } / Double(fitted.count)
    let meanScore = fitted.reduce(0) { $0 + scores[$1] } / Double(fitted.count)
    // In the order of the pairs, and not by a library: the same bits on every processor.
    var (squares, products) = (0.0, 0.0)
    for pair in fitted {
      let distance = differences[pair] - mean
      squares += distance * distance
      products += distance * (scores[pair] - meanScore)
    }
    // Equal differences of length leave nothing but rounding, of logarithms to steps of 1e-12.
    guard squares > 1e-24 * Double(fitted.count) * max(mean * mean, 10) else { return nil }
    let slope = products / squares
    coefficient = slope
    effects = differences.map { slope * ($0 - mean) }
  }

  /// At most so many, each choice equally probable, in their order; all where there are no more.
  ///
  /// - Source: Knuth, "The Art of Computer Programming", vol. 2, 3.4.2, algorithm S.
  package static func drawn(_ pairs: [Int], most: Int = LengthAdjustment.maximumPairs) -> [Int] {
    guard pairs.count > most else { return pairs }
    var generator = SeededGenerator(seed: seed)
    var wanted = most
    return pairs.enumerated().filter { place, _ in
      guard generator.next(below: pairs.count - place) < wanted else { return false }
      wanted -= 1
      return true
    }.map(\.element)
  }
}
