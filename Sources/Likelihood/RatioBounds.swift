#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far a likelihood ratio may go, given how many comparisons with known truth stand behind it. The tightest wins.
package enum RatioBounds {
  /// Lower and upper bound, in log10.
  package struct Bounds: Hashable, Sendable {
    package let lower: Double
    package let upper: Double

    package init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    package func tightened(by other: Bounds) -> Bounds {
      Bounds(lower: Swift.max(lower, other.lower), upper: Swift.min(upper, other.upper))
    }

    package func clipped(_ log10: Double) -> Double { Swift.min(Swift.max(log10, lower), upper) }
  }

  /// |log10 LR| ≤ log10 of the number of independent sources.
  package static func bySources(_ count: Int) -> Bounds {
    let limit = count > 0 ? log10(Double(count)) : 0
    return Bounds(lower: -limit, upper: limit)
  }

  /// Empirical lower and upper bounds: beyond them a decision maker would do no worse without the ratios, if one
  /// misleading ratio more had been met on either side.
  ///
  /// - Parameters:
  ///   - trueLog10, falseLog10: ratios where the proposition is true, and where it is not.
  ///   - step: of the thresholds, in log10.
  /// - Source: Vergeer, van Es, de Jongh, Alberink and Stoel, "Numerical likelihood ratios outputted by LR systems are
  ///   often based on extrapolation: When to stop extrapolating?", Science & Justice 56 (2016).
  package static func empirical(trueLog10: [Double], falseLog10: [Double], step: Double = 0.01) -> Bounds {
    let trueValues = trueLog10.map { Swift.min(Swift.max($0, -9), 9) }
    let falseValues = falseLog10.map { Swift.min(Swift.max($0, -9), 9) }
    let all = trueValues + falseValues
    guard let least = all.min(), let greatest = all.max() else { return Bounds(lower: 0, upper: 0) }
    let low = Swift.max(-log10(Double(trueValues.count + 1)), Swift.min(0, least))
    let high = Swift.min(log10(Double(falseValues.count + 1)), Swift.max(0, greatest))
    func isWorse(_ t: Double) -> Bool {
      let odds = pow(10, t)
      // Neutral: all ratios are 1. System: with one misleading ratio more on each side.
      let neutral = 0 > t ? odds : 1
      let hits = Double(trueValues.count { $0 > t }) / Double(trueValues.count + 1)
      let alarms = Double(falseValues.count { $0 > t } + 1) / Double(falseValues.count + 1)
      return neutral / (1 - hits + odds * alarms) < 1
    }
    let lastIndex = Int(((high - 0) / step).rounded(.down))
    let firstIndex = -Int(((0 - low) / step).rounded(.down))
    var upper = Double(lastIndex) * step
    for index in 0...Swift.max(lastIndex, 0) where isWorse(Double(index) * step) {
      upper = Double(index) * step - step
      break
    }
    var lower = Double(firstIndex) * step
    for index in stride(from: 0, through: firstIndex, by: -1) where isWorse(Double(index) * step) {
      lower = Double(index) * step + step
      break
    }
    return Bounds(lower: Swift.min(lower, 0), upper: Swift.max(upper, 0))
  }
}
