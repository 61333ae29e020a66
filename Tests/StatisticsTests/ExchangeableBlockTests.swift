import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Blocks of exchangeable answers")
struct ExchangeableBlockTests {
  /// Mean of the kernel within each side and across, written out: what the distance is made of.
  private static func distance(_ kernel: (Int, Int) -> Double, first: [Int], second: [Int]) -> Double {
    func within(_ side: [Int]) -> Double {
      var sum = 0.0
      for i in side { for j in side where i != j { sum += kernel(i, j) } }
      return sum / Double(side.count * (side.count - 1))
    }
    let across = first.reduce(0.0) { sum, i in sum + second.reduce(0.0) { $0 + kernel(i, $1) } }
    return (within(first) + within(second)) / 2 - across / Double(first.count * second.count)
  }

  private static func subsets(of count: Int, size: Int) -> [[Int]] {
    guard size > 0 else { return [[]] }
    guard count >= size else { return [] }
    return subsets(of: count - 1, size: size) + subsets(of: count - 1, size: size - 1).map { $0 + [count - 1] }
  }

  private static let shapes: [(categories: [Int32], firstSide: Int)] = [
    ([0, 0, 1, 1], 2), ([0, 1, 0, 0, 0, 2, 0], 2), ([1, 1, 1, 0, 0, 0, 0, 2], 3), ([0, 1, 2, 3, 0, 1, 4], 5),
    ([0, 0, 0, 0, 0], 2),
  ]

  @Test("distance, its mean and its spread are those over all divisions", arguments: 0..<shapes.count)
  func categories(shape: Int) {
    let (categories, firstSide) = Self.shapes[shape]
    let block = ExchangeableBlock(categories: categories, firstSide: firstSide)
    let count = categories.count
    func kernel(_ i: Int, _ j: Int) -> Double { categories[i] == categories[j] ? 1 : 0 }
    let observed = Self.distance(kernel, first: Array(0..<firstSide), second: Array(firstSide..<count))
    #expect(abs(block.distance - observed) < 1e-12)
    let all = Self.subsets(of: count, size: firstSide).map { first in
      Self.distance(kernel, first: first, second: (0..<count).filter { !first.contains($0) })
    }
    #expect(abs(all.reduce(0, +) / Double(all.count)) < 1e-12)
    let variance = all.reduce(0) { $0 + $1 * $1 } / Double(all.count)
    #expect(abs(block.spread * block.spread - variance) < 1e-12, "\(block.spread) and \(variance.squareRoot())")
  }

  @Test("a Gram matrix and categories give the same block, and sides may change places")
  func gram() {
    for (categories, firstSide) in Self.shapes {
      let count = categories.count
      let gram = (0..<count).flatMap { i in (0..<count).map { categories[i] == categories[$0] ? 1.0 : 0 } }
      let byGram = ExchangeableBlock(gram: gram, count: count, firstSide: firstSide)
      let byCategory = ExchangeableBlock(categories: categories, firstSide: firstSide)
      #expect(abs(byGram.distance - byCategory.distance) < 1e-12)
      #expect(abs(byGram.spread - byCategory.spread) < 1e-9)
      let turned = ExchangeableBlock(
        categories: Array(categories[firstSide...] + categories[..<firstSide]), firstSide: count - firstSide)
      #expect(abs(turned.distance - byCategory.distance) < 1e-12)
    }
  }

  @Test("sides that never agree are at distance 1, and one odd answer is none")
  func extremes() {
    #expect(ExchangeableBlock(categories: [1, 1, 0, 0, 0], firstSide: 2).distance == 1)
    let odd = ExchangeableBlock(categories: [1, 0, 0, 0, 0, 0], firstSide: 2)
    #expect(abs(odd.distance) < 1e-12 && odd.spread == 0)
  }

  @Test(
    "p-values are those of SciPy's permutation test",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func scipy() throws {
    // Three blocks; SciPy permutes one block at a time, so the reference draws within each with its own generator.
    let blocks: [(categories: [Int32], firstSide: Int)] = [
      ([0, 0, 1, 0, 0, 0, 0, 1, 2], 3), ([1, 1, 2, 0, 0, 1, 3, 0], 3), ([0, 1, 0, 2, 2, 2, 0], 3),
    ]
    let script = """
      import sys, json, numpy as np
      from scipy import stats
      blocks = json.load(sys.stdin)
      def distance(x, y):
          same = lambda a, b: (a[:, None] == b[None, :]).astype(float)
          within = lambda a: (same(a, a).sum() - len(a)) / (len(a) * (len(a) - 1))
          return (within(x) + within(y)) / 2 - same(x, y).mean()
      rng = np.random.default_rng(1)
      parts = []
      total, observed = 0, 0
      for values, m in blocks:
          values = np.array(values)
          r = stats.permutation_test((values[:m], values[m:]), distance, permutation_type="independent",
                                     alternative="greater", n_resamples=np.inf)
          null = r.null_distribution
          observed = observed + r.statistic / null.std()
          parts.append(rng.permutation(np.resize(null / null.std(), 400000)))
      print(float((sum(parts) >= observed - 1e-9).mean()))
      """
    let input = try JSONSerialization.data(
      withJSONObject: blocks.map { [$0.categories.map(Int.init), $0.firstSide] as [Any] })
    let printed = String(decoding: try IndependentPython.run(script, input: input), as: UTF8.self)
    let reference = try #require(Double(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
    let own = BlockPermutationTest(most: 200_000, enough: 200_000, seed: 5).compare(
      blocks.map { ExchangeableBlock(categories: $0.categories, firstSide: $0.firstSide) })
    // Four standard errors of either Monte Carlo.
    let error = 4 * (reference * (1 - reference) * (1 / 200_000 + 1 / 400_000)).squareRoot()
    #expect(abs(own.pValue - reference) < error, "\(own.pValue) and \(reference)")
  }

  @Test("equal sources are rejected no more often than the level says, drawn to the end or not")
  func level() {
    var generator = SeededGenerator(seed: 77)
    for enough in [10, 1_000] {
      var rejected = 0
      for trial in 0..<400 {
        let blocks = (0..<6).map { _ in
          ExchangeableBlock(
            categories: (0..<12).map { _ in Int32(generator.next(below: 3)) }, firstSide: 4)
        }
        let test = BlockPermutationTest(most: 199, enough: enough, seed: UInt64(trial)).compare(blocks)
        if test.pValue <= 0.05 { rejected += 1 }
      }
      // Binomial(400, 0.05): 8...34 has probability 0.998.
      #expect((8...34).contains(rejected), "\(rejected) of 400")
    }
  }

  @Test("blocks that cannot tell the sides apart leave the p-value at 1")
  func silent() {
    let test = BlockPermutationTest(most: 99, seed: 1).compare([
      ExchangeableBlock(categories: [0, 0, 0, 0], firstSide: 2)
    ])
    #expect(test.pValue == 1 && test.telling == 0)
  }

  @Test("shares are Pearson's χ², concentration is how much more alike the first side is, in both directions")
  func measures() {
    // Of 3, 3 and 1 of three answers the first side of three has 2, 1 and 0: expected are 9/7, 9/7 and 3/7.
    let block = ExchangeableBlock(categories: [0, 0, 1, 0, 1, 1, 2], firstSide: 3)
    let expected = (25.0 + 4 + 27) / 63
    #expect(abs(block.value(.shares) - expected) < 1e-12)
    #expect(abs(block.value(.concentration) - (1.0 / 3 - 1.0 / 6)) < 1e-12)
    let turned = ExchangeableBlock(categories: [0, 1, 1, 2, 0, 0, 1], firstSide: 4)
    #expect(abs(turned.value(.concentration) + (1.0 / 3 - 1.0 / 6)) < 1e-12)
    #expect(block.value(.distance) == block.distance)
  }

  @Test(
    "the p-value of a measure is the share of all divisions that reach it",
    arguments: [
      ExchangeableBlock.Measure.shares, .concentration,
    ])
  func enumerated(measure: ExchangeableBlock.Measure) {
    let categories: [Int32] = [0, 0, 0, 1, 2, 3, 1, 2]
    func value(_ first: [Int]) -> Double {
      let rest = categories.indices.filter { !first.contains($0) }
      let block = ExchangeableBlock(categories: (first + rest).map { categories[$0] }, firstSide: 3)
      return block.value(measure)
    }
    var all: [Double] = []
    for a in 0..<8 { for b in 0..<a { for c in 0..<b { all.append(value([c, b, a])) } } }
    let mean = all.reduce(0, +) / Double(all.count)
    func directed(_ value: Double) -> Double { measure == .concentration ? abs(value) : value - mean }
    let exact = Double(all.count { directed($0) >= directed(value([0, 1, 2])) - 1e-9 }) / Double(all.count)
    let test = BlockPermutationTest(most: 20_000, enough: 20_000, seed: 7).compare(
      [ExchangeableBlock(categories: categories, firstSide: 3)], by: measure)
    #expect(abs(test.pValue - exact) < 0.01, "\(test.pValue) \(exact)")
  }
}
