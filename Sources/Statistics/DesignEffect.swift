/// How many independent observations those of clusters weigh as much as.
package enum DesignEffect {
  /// n / (1 + (n − 1) ρ), for one cluster of n with intraclass correlation ρ: a thousand prompts that go up and down together by
  /// ρ = .05 weigh as 20.
  ///
  /// - Parameter intraclass: 0...1.
  /// - Source: Kish, "Survey Sampling" (1965).
  package static func effectiveSize(_ count: Int, intraclass: Double) -> Double {
    Double(count) / (1 + Double(count - 1) * intraclass)
  }

  /// Intraclass correlation of a one-way analysis of variance, ICC(1): (MSB − MSW) / (MSB + (n₀ − 1) MSW), with n₀ the mean size
  /// of the groups less their variance over their sum.
  ///
  /// - Returns: at most 1, below 0 where members of a group differ more than groups do; nil with fewer than two groups, or no
  ///   group of two, or no variance at all.
  /// - Source: Shrout and Fleiss, "Intraclass Correlations", Psychological Bulletin 86 (1979); for unequal sizes Donner and
  ///   Koval, "The Estimation of Intraclass Correlation in the Analysis of Family Data", Biometrics 36 (1980).
  package static func intraclassCorrelation(_ groups: [[Double]]) -> Double? {
    let groups = groups.filter { !$0.isEmpty }
    let count = groups.reduce(0) { $0 + $1.count }
    guard groups.count > 1, count > groups.count else { return nil }
    let mean = groups.joined().reduce(0, +) / Double(count)
    var between = 0.0
    var within = 0.0
    var squares = 0.0
    for group in groups {
      let own = group.reduce(0, +) / Double(group.count)
      between += Double(group.count) * (own - mean) * (own - mean)
      within += group.reduce(0) { $0 + ($1 - own) * ($1 - own) }
      squares += Double(group.count * group.count)
    }
    between /= Double(groups.count - 1)
    within /= Double(count - groups.count)
    let size = (Double(count) - squares / Double(count)) / Double(groups.count - 1)
    let whole = between + (size - 1) * within
    return whole > 0 ? (between - within) / whole : nil
  }
}
