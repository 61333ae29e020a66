/// Wilson's score interval for a proportion: close to its nominal cover also for few trials and proportions near 0 and 1,
/// shorter than the exact one (`ExactInterval`), and not guaranteed.
///
/// With p̂ = successes / n and z the quantile of the normal distribution for half the error,
///
///     (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)
///
/// - Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
package enum WilsonInterval {
  /// For 95 % on both sides together; the quantile is 1.959963984540054.
  ///
  /// - Parameters:
  ///   - successes: 0...trials.
  ///   - trials: 1 or more.
  package static func at95(successes: Int, trials: Int) -> (low: Double, high: Double) {
    let z = 1.959963984540054
    let n = Double(trials)
    let share = Double(successes) / n
    let middle = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return (max((middle - half) / scale, 0), min((middle + half) / scale, 1))
  }
}
