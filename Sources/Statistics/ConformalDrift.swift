#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Evidence that a series of numbers has drifted upwards, gathered value by value.
///
/// The conformal p-value of a value is its rank from above among itself and all before it, ties broken by chance: uniform and
/// independent as long as the values are exchangeable, whatever their distribution. The evidence after t values is
///
///     mean over ε of Π ε · pᵢ^(ε − 1),    ε = 0.1, 0.2 … 0.9
///
/// If nothing drifts, it ever reaches 1/α with a probability of at most α, however long the series.
///
/// - Source: Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World" (2005), chapter 7: power martingales; Ville
///   (1939).
package enum ConformalDrift {
  package struct Step: Hashable, Sendable {
    /// In 0...1, small for a value above those before it.
    package let pValue: Double
    /// 1 at the start, 0 or more.
    package let evidence: Double
  }

  private static let exponents = (1...9).map { Double($0) / 10 }

  /// - Parameter seed: of the ties.
  /// - Complexity: O(n log n) comparisons: a ledger may be long.
  package static func steps(_ values: [Double], seed: UInt64) -> [Step] {
    var generator = SeededGenerator(seed: seed)
    var logarithms = [Double](repeating: 0, count: exponents.count)
    // The values so far, in ascending order.
    var sorted: [Double] = []
    return values.enumerated().map { index, value in
      let first = place(of: value, in: sorted, orAfter: false)
      let behind = place(of: value, in: sorted, orAfter: true)
      let above = index - behind
      let ties = behind - first + 1
      sorted.insert(value, at: behind)
      let fraction = Double(generator.next() >> 11) * 0x1p-53
      let pValue = max((Double(above) + fraction * Double(ties)) / Double(index + 1), 1e-12)
      for (place, exponent) in exponents.enumerated() {
        logarithms[place] += log(exponent) + (exponent - 1) * log(pValue)
      }
      return Step(
        pValue: pValue, evidence: logarithms.reduce(0) { $0 + exp($1) } / Double(exponents.count))
    }
  }

  /// How many of ascending values are less, or at most as large.
  private static func place(of value: Double, in sorted: [Double], orAfter: Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value || (orAfter && sorted[middle] == value) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
