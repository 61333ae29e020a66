/// A permutation test of two samples that were drawn stratum by stratum, such as two models' answers to each prompt.
///
/// Under the null hypothesis the members of one stratum are exchangeable between the sides, and only they: so they are
/// permuted within each stratum. The statistic is a sum of one contribution for each stratum, and large values speak
/// against the hypothesis. The p-value is (1 + number of permuted statistics at least as large) / (permutations + 1).
///
/// The same seed gives the same p-value, however many cores compute it.
/// - Source: Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses" (2005), chapter 3.
package struct StratifiedPermutation: Sendable {
  package let permutations: Int
  package let seed: UInt64

  package init(permutations: Int = 1_999, seed: UInt64) {
    self.permutations = permutations
    self.seed = seed
  }

  package struct Finding: Hashable, Sendable {
    package let statistic: Double
    /// In the order of the permutations, which is the same for all tests with this seed.
    package let permuted: [Double]
    /// In 1/(permutations + 1)...1.
    package let pValue: Double
    package let permutations: Int
  }

  /// Strata that one task takes: fixed, so that sums have one order on any number of cores.
  private static let block = 8

  /// - Parameters:
  ///   - sizes: members of each stratum, both sides together.
  ///   - numbers: of the strata; a stratum of the same number and size is permuted alike in every test. nil numbers them in
  ///     their order.
  ///   - contribution: of a stratum, for an order of its members: those of side one come first. The order 0, 1, 2 … is
  ///     the measured one.
  package func test(
    sizes: [Int], numbers: [Int]? = nil, contribution: @escaping @Sendable (_ stratum: Int, _ order: [Int]) -> Double
  ) async -> Finding {
    let blocks = await concurrentMap(sizes.count, blocksOf: Self.block) { strata in
      var sums = [Double](repeating: 0, count: permutations + 1)
      for stratum in strata {
        var generator = SeededGenerator(seed: seed &+ UInt64(numbers?[stratum] ?? stratum) &* 0x9E37_79B9_7F4A_7C15)
        var order = Array(0..<sizes[stratum])
        sums[0] += contribution(stratum, order)
        for permutation in 1..<sums.count {
          generator.shuffle(&order)
          sums[permutation] += contribution(stratum, order)
        }
      }
      return sums
    }
    var sums = [Double](repeating: 0, count: permutations + 1)
    for block in blocks {
      for (index, sum) in block.enumerated() { sums[index] += sum }
    }
    return Finding(
      statistic: sums[0], permuted: Array(sums.dropFirst()),
      pValue: PermutationTest.pValue(observed: sums[0], permuted: Array(sums.dropFirst())),
      permutations: permutations)
  }
}
