/// The interval of Clopper and Pearson for a proportion: exact, in that it covers the true value at least as often as said.
///
/// - Source: "The Use of Confidence or Fiducial Limits Illustrated in the Case of the Binomial", Biometrika 26(4), 1934.
package enum ExactInterval {
  /// - Parameters:
  ///   - successes: 0...trials.
  ///   - trials: 1 or more.
  ///   - confidence: of both sides together, such as 0.95.
  package static func twoSided(successes: Int, trials: Int, confidence: Double) -> (low: Double, high: Double) {
    let tail = (1 - confidence) / 2
    return (lower(successes, trials, tail), upper(successes, trials, tail))
  }

  /// The proportion that is exceeded with `confidence` at least: what "0 errors" of so many trials allows.
  package static func upperLimit(successes: Int, trials: Int, confidence: Double) -> Double {
    upper(successes, trials, 1 - confidence)
  }

  private static func lower(_ successes: Int, _ trials: Int, _ tail: Double) -> Double {
    guard successes > 0 else { return 0 }
    return betaQuantile(tail, a: Double(successes), b: Double(trials - successes + 1))
  }

  private static func upper(_ successes: Int, _ trials: Int, _ tail: Double) -> Double {
    guard successes < trials else { return 1 }
    return betaQuantile(1 - tail, a: Double(successes + 1), b: Double(trials - successes))
  }

  /// By bisection of the regularised incomplete beta function, to the last bits.
  private static func betaQuantile(_ probability: Double, a: Double, b: Double) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if IncompleteBeta.regularised(middle, a: a, b: b) < probability { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
