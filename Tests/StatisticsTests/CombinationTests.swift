import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Several permutation tests in one")
struct CombinationTests {
  /// Statistics of three tests that depend on each other, under 400 arrangements.
  private static func statistics(seed: UInt64, lift: [Double]) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    func draw() -> Double { (0..<6).reduce(0) { sum, _ in sum + Double(generator.next(below: 1_000)) / 1_000 } }
    let common = (0..<400).map { _ in draw() }
    return lift.map { lift in
      common.enumerated().map { place, shared in (shared + draw()).rounded() + (place == 0 ? lift : 0) }
    }
  }

  @Test(
    "the p-value is that of an independent implementation, ties included",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let cases = [[0, 0, 0], [2, 1, 0], [0.5, 0.5, 3]].enumerated().map {
      Self.statistics(seed: UInt64($0 + 1), lift: $1)
    }
    let script = """
      import json, sys
      import numpy as np
      from scipy.stats import rankdata
      def p(tests):
        x = np.array(tests)
        share = np.array([rankdata(-t, method="max") for t in x]) / x.shape[1]
        psi = -np.log(share).sum(0)
        return float((psi >= psi[0] - 1e-12).mean())
      print(json.dumps([p(c) for c in json.load(sys.stdin)]))
      """
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode(cases)))
    for (tests, value) in zip(cases, expected) { #expect(abs(NonparametricCombination.pValue(tests) - value) < 1e-12) }
    #expect(Set(expected).count == 3)
  }

  @Test("small differences that all tests see add up to more than any of them says after Holm's rule")
  func adding() {
    // Of 100 arrangements, the measured one is fourth in each of three tests, and elsewhere in no two alike.
    let tests = [3, 7, 11].map { step in
      (0..<100).map { place in place == 0 ? 95.5 : Double((place * step) % 100) }
    }
    let alone = tests.map { PermutationTest.pValue(observed: $0[0], permuted: Array($0.dropFirst())) }
    #expect(alone.allSatisfy { $0 > 0.03 && $0 <= 0.06 })
    #expect((HolmAdjustment.adjusted(alone).min() ?? 0) > 0.1)
    #expect(NonparametricCombination.pValue(tests) <= 0.02)
    // One test alone is itself, and the order of tests is nothing.
    #expect(abs(NonparametricCombination.pValue([tests[0]]) - alone[0]) < 1e-12)
    #expect(NonparametricCombination.pValue(tests.reversed()) == NonparametricCombination.pValue(tests))
    #expect(NonparametricCombination.pValue([]) == 1)
  }

  @Test("without a difference it rejects as often as its level says, however much the tests depend on each other")
  func level() {
    let rejected = (0..<400).count {
      NonparametricCombination.pValue(Self.statistics(seed: 1_000 + UInt64($0), lift: [0, 0, 0])) <= 0.05
    }
    // Binomial(400, 0.05): 8...34 has probability 0.997; ties make it rarer.
    #expect((4...34).contains(rejected), "\(rejected) of 400 at the 5 % level")
  }

  @Test("strata of one number are permuted alike in every test with one seed")
  func alike() async {
    let permutation = StratifiedPermutation(permutations: 50, seed: 9)
    let values = [[1.0, 2, 3, 4, 5, 6], [2.0, 3, 5, 7, 11, 13], [1.0, 4, 9, 16, 25, 36]]
    func test(_ numbers: [Int]) async -> [Double] {
      await permutation.test(sizes: numbers.map { values[$0].count }, numbers: numbers) { stratum, order in
        order.prefix(3).reduce(0) { $0 + values[numbers[stratum]][$1] }
      }.permuted
    }
    let (first, second, both) = (await test([0]), await test([2]), await test([0, 2]))
    #expect(zip(zip(first, second), both).allSatisfy { abs($0.0 + $0.1 - $1) < 1e-9 })
    #expect(first != both)
  }
}
