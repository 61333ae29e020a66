import Cases
import Foundation
import Likelihood
import Similarity
import Statistics
import Testing

@Suite("What length explains")
struct LengthAdjustmentTests {
  /// Scores with a planted slope and noise.
  private static func field(models: Int) -> (pairs: PairIndex, lengths: [Double], scores: [Double]) {
    var generator = SeededGenerator(seed: 5)
    let pairs = PairIndex(models: (0..<models).map { ModelID(String(1_000 + $0)) })
    let lengths = (0..<models).map { _ in 200 * exp(generator.nextNormal()) }
    let scores = pairs.members.map { a, b in
      0.4 - 0.05 * abs(log(lengths[Int(a)]) - log(lengths[Int(b)])) + 0.1 * generator.nextNormal()
    }
    return (pairs, lengths, scores)
  }

  /// Least squares by the sums of the textbook, over all pairs.
  private static func slope(_ field: (pairs: PairIndex, lengths: [Double], scores: [Double])) -> Double {
    let xs = field.pairs.members.map { abs(log(field.lengths[Int($0)]) - log(field.lengths[Int($1)])) }
    let count = Double(xs.count)
    let (x, y) = (xs.reduce(0, +), field.scores.reduce(0, +))
    let products = zip(xs, field.scores).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = xs.reduce(0) { $0 + $1 * $1 }
    return (count * products - x * y) / (count * squares - x * x)
  }

  @Test(
    "up to 224 models the line is that of all pairs; of more it is that of 25,000, which differs by what a sample may")
  func sampled() throws {
    for (models, isWhole) in [(60, true), (224, true), (300, false)] {
      let field = Self.field(models: models)
      #expect((field.pairs.count <= LengthAdjustment.maximumPairs) == isWhole)
      func fitted() throws -> LengthAdjustment {
        try #require(
          LengthAdjustment(scores: field.scores, pairs: field.pairs, meanLengths: field.lengths, excluded: []))
      }
      let found = try fitted()
      let expected = Self.slope(field)
      let difference = abs(found.coefficient - expected)
      #expect(isWhole ? difference < 1e-10 : difference > 1e-7, "\(models)")
      // Six standard errors of a line through 25,000 of 44,850 pairs with this noise.
      #expect(difference < 6 * 0.1 / (25_000.0).squareRoot(), "\(models)")
      #expect(found.effects.count == field.pairs.count)
      #expect(try fitted().coefficient == found.coefficient)
    }
  }

  @Test("a draw has as many pairs as it may, each once and in order, from everywhere; few pairs are all taken")
  func draw() {
    let all = (0..<100_000).map { 3 * $0 }
    let drawn = LengthAdjustment.drawn(all)
    #expect(drawn.count == LengthAdjustment.maximumPairs && drawn == Array(Set(drawn)).sorted())
    #expect(drawn.allSatisfy { $0 % 3 == 0 && $0 < 300_000 })
    // Of each quarter a fourth: 6,250 of 25,000, with a standard deviation of some 60.
    for quarter in 0..<4 { #expect(abs(drawn.count { $0 / 75_000 == quarter } - 6_250) < 360) }
    #expect(LengthAdjustment.drawn(Array(all.prefix(25_000))) == Array(all.prefix(25_000)))
    // As versions did that fitted on all pairs.
    #expect(LengthAdjustment.drawn(all, most: AnalysisRules.before0_7.lengthPairs) == all)
  }
}
