/// p-values of several tests, raised so that rejecting those at or below a level keeps the probability of any false
/// rejection at that level, however the tests depend on each other.
///
/// - Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6 (1979).
package enum Holm {
  /// - Returns: in the order given; each at least its p-value and at most 1.
  package static func adjusted(_ pValues: [Double]) -> [Double] {
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var adjusted = pValues
    var greatest = 0.0
    for (rank, index) in order.enumerated() {
      greatest = max(greatest, min(Double(pValues.count - rank) * pValues[index], 1))
      adjusted[index] = greatest
    }
    return adjusted
  }
}
