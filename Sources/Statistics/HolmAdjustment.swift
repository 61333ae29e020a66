/// P-values of several tests, adjusted so that all that are at most α are wrong together with a probability of at most α.
///
/// - Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6(2), 1979.
package enum HolmAdjustment {
  /// - Parameter tests: number of tests, those included whose p-value is not in `pValues` and counts as 1; nil for
  ///   `pValues.count`.
  /// - Returns: in the order given, each in 0...1.
  package static func adjusted(_ pValues: [Double], tests: Int? = nil) -> [Double] {
    let tests = max(tests ?? pValues.count, pValues.count)
    var adjusted = pValues
    var least = 0.0
    for (rank, index) in pValues.indices.sorted(by: { (pValues[$0], $0) < (pValues[$1], $1) }).enumerated() {
      least = max(least, min(1, Double(tests - rank) * pValues[index]))
      adjusted[index] = least
    }
    return adjusted
  }
}
