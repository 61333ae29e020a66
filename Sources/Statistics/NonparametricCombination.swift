#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One p-value of several permutation tests that saw the same permutations: Fisher's combination, judged against those
/// permutations themselves.
///
/// With pₖ(b) the share of all arrangements, the measured one among them, whose statistic of test k is at least that of
/// arrangement b,
///
///     ψ(b) = −Σₖ ln pₖ(b),     p = share of arrangements with ψ of at least that of the measured one
///
/// However much the tests depend on each other, it is at most α with a probability of at most α if there is no difference.
/// Small differences that several tests see add up; what one test alone sees is diluted by the others.
///
/// - Source: Pesarin and Salmaso, "Permutation Tests for Complex Data" (2010), chapter 4, nonparametric combination;
///   Fisher, "Statistical Methods for Research Workers" (1932), for the function.
package enum NonparametricCombination {
  /// - Parameter tests: of each test the statistics of all arrangements, large values speaking against the hypothesis; the
  ///   measured arrangement first, the others in one order for all tests.
  /// - Returns: in 1/arrangements...1; 1 without tests.
  package static func pValue(_ tests: [[Double]]) -> Double {
    guard let arrangements = tests.first?.count, arrangements > 0 else { return 1 }
    precondition(tests.allSatisfy { $0.count == arrangements }, "all tests see the same arrangements")
    var combined = [Double](repeating: 0, count: arrangements)
    for statistics in tests {
      let sorted = statistics.sorted()
      for (place, statistic) in statistics.enumerated() {
        // Sums of the same terms in another order may differ in their last bits; they are ties.
        let least = statistic - 1e-12 * max(1, abs(statistic))
        combined[place] -= log(Double(arrangements - firstIndex(in: sorted, atLeast: least)) / Double(arrangements))
      }
    }
    return PermutationTest.pValue(observed: combined[0], permuted: Array(combined.dropFirst()))
  }

  private static func firstIndex(in sorted: [Double], atLeast value: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
