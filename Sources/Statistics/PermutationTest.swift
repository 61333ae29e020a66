/// Permutation p-values that can never be zero.
package enum PermutationTest {
  /// (1 + number of permuted statistics at least as large as the observed) / (B + 1).
  ///
  /// The observed arrangement is one of those that the null hypothesis allows, so it is counted.
  /// - Source: Phipson and Smyth, "Permutation P-values Should Never Be Zero", SAGMB 9(1), 2010.
  package static func pValue(observed: Double, permuted: [Double]) -> Double {
    // Sums of the same terms in another order may differ in their last bits; they are ties.
    let tolerance = 1e-12 * Swift.max(1, abs(observed))
    let asLarge = permuted.reduce(0) { $0 + ($1 >= observed - tolerance ? 1 : 0) }
    return Double(1 + asLarge) / Double(permuted.count + 1)
  }
}
