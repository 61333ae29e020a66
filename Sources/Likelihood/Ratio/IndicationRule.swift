/// When the words "a link is indicated" are said: the ratio against no link is at least this, and the lower end of its interval
/// is above 1.
///
/// - Source: `Reports/validation`: of pairs and groups without a known link fewer than 1 in 100 meet it, by calibrations that saw no
///   family of theirs.
package enum IndicationRule {
  package static let leastRatio = 5.0
  /// log10 of it, which a ratio of 5 as it is printed reaches.
  package static let least = 0.698_97

  /// - Parameters:
  ///   - low: lower end of the interval, log10.
  package static func isMet(log10: Double, low: Double) -> Bool { log10 >= least && low > 0 }
}
