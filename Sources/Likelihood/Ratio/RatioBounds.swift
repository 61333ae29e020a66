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

    /// Whether a ratio within them can speak for either side in words: at least `leastTelling` both ways. One that cannot leave the
    /// middle of the scale says nothing, whatever is found; one that can leave it on one side alone was decided before the answers.
    package var canTell: Bool { Swift.min(upper, -lower) >= Self.leastTelling }

    /// Whether it can on one side at least: what validation measures, of lines that reports do not use as well.
    package var canLeaveMiddle: Bool { Swift.max(upper, -lower) >= Self.leastTelling }

    /// Whether a ratio within them stands in the answer of a version with these rules.
    package func canTell(by rules: AnalysisRules) -> Bool { rules.tellsOneSide ? canLeaveMiddle : canTell }

    /// log10 of 2, as it is printed: below, the scale has no words.
    package static let leastTelling = 0.301_03

    package func clipped(_ log10: Double) -> Double { Swift.min(Swift.max(log10, lower), upper) }
  }

  /// |log10 LR| ≤ log10 of the number of independent sources.
  package static func bySources(_ count: Int) -> Bounds {
    let limit = count > 0 ? log10(Double(count)) : 0
    return Bounds(lower: -limit, upper: limit)
  }

  /// Bounds from the invariance of calibrated ratios, "the likelihood ratio of the likelihood ratio is itself": beyond them the
  /// shares of ratios above (or below) a threshold, half a ratio more being met on either side, no longer bear a ratio of
  /// that size.
  ///
  /// - Parameter step: of the thresholds, in log10.
  /// - Note: Where the validation set is separated without error this is about twice as far as `empirical`.
  /// - Source: Alberink, de Jongh and Rodriguez, "Fingermark evidence evaluation based on automated fingerprint identification
  ///   system matching scores: the effect of different types of conditioning on likelihood ratios", Journal of Forensic
  ///   Sciences 59 (2014).
  package static func byInvariance(trueLog10: [Double], falseLog10: [Double], step: Double = 0.001) -> Bounds {
    let trueValues = trueLog10.map { Swift.min(Swift.max($0, -9), 9) }.sorted()
    let falseValues = falseLog10.map { Swift.min(Swift.max($0, -9), 9) }.sorted()
    guard let least = [trueValues.first, falseValues.first].compactMap(\.self).min(),
      let greatest = [trueValues.last, falseValues.last].compactMap(\.self).max()
    else { return Bounds(lower: 0, upper: 0) }
    func share(_ values: [Double], atLeast t: Double) -> Double {
      (Double(values.count { $0 >= t }) + 0.5) / Double(values.count + 1)
    }
    /// Places of the grid from 0 outwards, before the first where the shares do not bear the threshold.
    func last(_ end: Double, _ isBorne: (Double) -> Bool) -> Double {
      let sign = end < 0 ? -1.0 : 1
      var place = 0
      while Double(place) * step <= abs(end), isBorne(sign * Double(place) * step) { place += 1 }
      return sign * Double(Swift.max(place - 1, 0)) * step
    }
    let upper = last(Swift.max(0, greatest)) { t in
      log10(share(trueValues, atLeast: t)) - log10(share(falseValues, atLeast: t)) >= t
    }
    let lower = last(Swift.min(0, least)) { t in
      log10(1 - share(trueValues, atLeast: t)) - log10(1 - share(falseValues, atLeast: t)) <= t
    }
    return Bounds(lower: lower, upper: upper)
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
