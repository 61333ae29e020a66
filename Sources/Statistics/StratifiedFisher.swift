#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Fisher's exact test over strata: do two sides differ in how often something happens, where how often it happens at all may
/// differ from stratum to stratum?
///
/// Given how often it happened in each stratum, the number of times on the first side is a sum of hypergeometric variables; its
/// distribution is their convolution. The p-value is the probability of all sums that are no more probable than the one that was
/// seen: in both directions, exact.
///
/// - Source: Mantel and Haenszel, "Statistical Aspects of the Analysis of Data From Retrospective Studies", JNCI 22 (1959); the
///   exact form: Agresti, "Categorical Data Analysis" (2013), §7.3.5.
package enum StratifiedFisher {
  /// Times and trials of either side in one stratum.
  package struct Table: Hashable, Sendable {
    package let first: Int
    package let of: Int
    package let second: Int
    package let secondOf: Int

    package init(first: Int, of: Int, second: Int, secondOf: Int) {
      self.first = first
      self.of = of
      self.second = second
      self.secondOf = secondOf
    }

    fileprivate var least: Int { max(0, first + second - secondOf) }
    fileprivate var most: Int { min(of, first + second) }
  }

  /// Sums of more values than this are taken as normal, with a correction for continuity.
  private static let largest = 5_000

  package static func pValue(_ tables: [Table]) -> Double {
    let telling = tables.filter { $0.most > $0.least }
    guard !telling.isEmpty else { return 1 }
    let values = telling.reduce(1) { $0 + $1.most - $1.least }
    guard values <= largest else { return normal(telling) }
    var distribution = [1.0]
    for table in telling {
      let own = (table.least...table.most).map { hypergeometric($0, table) }
      var sum = [Double](repeating: 0, count: distribution.count + own.count - 1)
      for (a, p) in distribution.enumerated() where p > 0 {
        for (b, q) in own.enumerated() { sum[a + b] += p * q }
      }
      distribution = sum
    }
    let seen = distribution[telling.reduce(0) { $0 + $1.first - $1.least }]
    // Equal probabilities differ in their last bits.
    return min(1, distribution.reduce(0) { $0 + ($1 <= seen * (1 + 1e-7) ? $1 : 0) })
  }

  private static func normal(_ tables: [Table]) -> Double {
    var difference = 0.0
    var variance = 0.0
    for table in tables {
      let (m, n, k) = (Double(table.of), Double(table.secondOf), Double(table.first + table.second))
      let all = m + n
      difference += Double(table.first) - m * k / all
      variance += m * n * k * (all - k) / (all * all * (all - 1))
    }
    guard variance > 0 else { return 1 }
    return erfc(max(0, abs(difference) - 0.5) / (2 * variance).squareRoot())
  }

  private static func hypergeometric(_ count: Int, _ table: Table) -> Double {
    let successes = table.first + table.second
    return exp(
      logChoose(table.of, count) + logChoose(table.secondOf, successes - count)
        - logChoose(table.of + table.secondOf, successes))
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1))
  }
}
