#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Fisher's exact test that one of two proportions is the greater.
package enum FisherExact {
  /// Probability of at least `first` of all successes on the first side, if the sides do not differ.
  ///
  /// - Parameters: successes and trials of either side; 0...trials.
  /// - Source: Fisher, "Statistical Methods for Research Workers" (1934), §21.02: the hypergeometric tail.
  package static func pValue(first: Int, of firstTrials: Int, second: Int, of secondTrials: Int) -> Double {
    let successes = first + second
    let trials = firstTrials + secondTrials
    let all = logChoose(trials, successes)
    var tail = 0.0
    for count in first...max(first, min(successes, firstTrials)) where successes - count <= secondTrials {
      tail += exp(logChoose(firstTrials, count) + logChoose(secondTrials, successes - count) - all)
    }
    return min(1, tail)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
