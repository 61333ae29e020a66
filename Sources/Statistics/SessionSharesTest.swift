#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Do shares in a new session differ more from those of earlier ones than sessions do among themselves?
///
/// Each probe has a share of its own in every session: a beta distribution around the probe's mean, whose spread is the same for all
/// probes. How wide it is, earlier sessions tell together by how much more they scatter than counts of equal shares would; a
/// bound above that estimate is used. Means are known by the earlier counts, through a beta prior of Jeffreys. The statistic is the
/// sum over the probes of minus the logarithm of the probability of a count as far from its mean as what was counted, in small steps; its distribution without a change is the
/// convolution of those of the probes.
///
/// The p-value is as right as that model: probes wander independently of each other, and all alike.
///
/// - Source: Williams, "Extra-binomial variation in logistic linear models", Applied Statistics 31 (1982), for the estimate; Wilson
///   and Hilferty, PNAS 17 (1931), for the quantile of χ².
package enum SessionSharesTest {
  package struct Count: Hashable, Sendable {
    package let count: Int
    package let of: Int

    package init(count: Int, of: Int) {
      self.count = count
      self.of = of
    }
  }

  package struct Probe: Hashable, Sendable {
    package let now: Count
    /// What `now` is compared with.
    package let sessions: [Count]
    /// What tells how far sessions scatter: `sessions` themselves, or others where these are too few to tell.
    package let scattering: [Count]

    package init(now: Count, sessions: [Count], scattering: [Count]? = nil) {
      self.now = now
      self.sessions = sessions
      self.scattering = scattering ?? sessions
    }
  }

  package struct Finding: Hashable, Sendable {
    package let pValue: Double
    /// Of the statistic, in standard deviations of what chance makes of it.
    package let standardised: Double
    /// How much more sessions scatter than counts of equal shares: 1 where they do not.
    package let dispersion: Double
    package let telling: Int
  }

  /// Of the bound above the estimate of the dispersion: one-sided 95 %. Of 400 simulated series of 52 checks of twenty border inputs 5 saw a
  /// false alarm by it; by 90 % it was 13, with an upper limit above the 5 % that are promised.
  private static let boundQuantile = -1.6449
  private static let grid = 60
  /// Of one probe: what is less probable than e to the minus of this counts as that.
  private static let largestScore = 20.0

  package static func compare(_ probes: [Probe]) -> Finding {
    let telling = probes.filter { $0.now.of > 0 && $0.sessions.contains { $0.of > 0 } }
    let dispersion = dispersion(of: telling)
    guard !telling.isEmpty else { return Finding(pValue: 1, standardised: 0, dispersion: 1, telling: 0) }
    let size = meanSize(telling.flatMap(\.scattering))
    let correlation = size > 1 ? min(0.9, max(0, (dispersion - 1) / (size - 1))) : 0
    let tables = telling.map { table($0, dispersion: dispersion, correlation: correlation) }
    let step = max(0.02, largestScore * Double(telling.count) / 20_000)
    let scores = tables.map { table in
      tails(table).map { Int((min(largestScore, -log(max($0, 1e-300))) / step).rounded()) }
    }
    let observed = zip(telling, scores).reduce(0) { $0 + $1.1[$1.0.now.count] }
    var distribution = [1.0]
    for (table, own) in zip(tables, scores) {
      var sum = [Double](repeating: 0, count: distribution.count + (own.max() ?? 0))
      for (count, probability) in table.enumerated() where probability > 0 {
        for place in distribution.indices { sum[place + own[count]] += probability * distribution[place] }
      }
      distribution = sum
    }
    let pValue = distribution[min(observed, distribution.count)...].reduce(0, +)
    let centre = zip(tables, scores).reduce(0) { $0 + mean($1.0, $1.1) { Double($0) } }
    let variance = zip(tables, scores).reduce(0) { sum, one in
      let own = mean(one.0, one.1) { Double($0) }
      return sum + mean(one.0, one.1) { (Double($0) - own) * (Double($0) - own) }
    }
    return Finding(
      pValue: min(1, max(pValue, .leastNonzeroMagnitude)),
      standardised: variance > 1e-12 ? (Double(observed) - centre) / variance.squareRoot() : 0,
      dispersion: dispersion, telling: telling.count)
  }

  /// For every count, the probability of one that is as far from the mean, in either direction: of wide distributions the middle is
  /// rare as well, and no sign of a change.
  private static func tails(_ table: [Double]) -> [Double] {
    let centre = table.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    return table.indices.map { count in
      let least = abs(Double(count) - centre) - 1e-9
      return table.indices.reduce(0) { $0 + (abs(Double($1) - centre) >= least ? table[$1] : 0) }
    }
  }

  private static func mean(_ probabilities: [Double], _ scores: [Int], _ value: (Int) -> Double) -> Double {
    zip(probabilities, scores).reduce(0) { $0 + $1.0 * value($1.1) }
  }

  private static func meanSize(_ sessions: [Count]) -> Double {
    sessions.isEmpty ? 0 : sessions.reduce(0) { $0 + Double($1.of) } / Double(sessions.count)
  }

  /// The bound on how much more sessions scatter than they would by counting alone; at least 1.
  private static func dispersion(of probes: [Probe]) -> Double {
    var square = 0.0
    var freedom = 0.0
    for probe in probes {
      let all = probe.scattering.reduce(0) { $0 + $1.of }
      let share = Double(probe.scattering.reduce(0) { $0 + $1.count }) / Double(max(1, all))
      guard probe.scattering.count > 1, share > 0, share < 1 else { continue }
      for session in probe.scattering where session.of > 0 {
        let difference = Double(session.count) - Double(session.of) * share
        square += difference * difference / (Double(session.of) * share * (1 - share))
      }
      freedom += Double(probe.scattering.count - 1)
    }
    guard freedom > 0 else { return 1 }
    let root = 1 - 2 / (9 * freedom) + boundQuantile * (2 / (9 * freedom)).squareRoot()
    return max(1, square / (freedom * max(root, 0.1) * root * root))
  }

  /// Probabilities of every count of the new session.
  private static func table(_ probe: Probe, dispersion: Double, correlation: Double) -> [Double] {
    // Sessions of another size than those that the dispersion is known by scatter otherwise.
    let dispersion =
      probe.scattering == probe.sessions
      ? dispersion : 1 + max(0, meanSize(probe.sessions) - 1) * correlation
    let successes = Double(probe.sessions.reduce(0) { $0 + $1.count }) / dispersion + 0.5
    let failures = Double(probe.sessions.reduce(0) { $0 + $1.of - $1.count }) / dispersion + 0.5
    var table = [Double](repeating: 0, count: probe.now.of + 1)
    var total = 0.0
    for point in 0..<grid {
      let share = (Double(point) + 0.5) / Double(grid)
      let weight = exp((successes - 1) * log(share) + (failures - 1) * log(1 - share))
      total += weight
      var probability = none(of: probe.now.of, share, correlation)
      for count in table.indices {
        table[count] += weight * probability
        probability *= ratio(after: count, of: probe.now.of, share, correlation)
      }
    }
    return table.map { $0 / max(total, .leastNormalMagnitude) }
  }

  /// Probability that none of the trials succeeds: beta-binomial, or binomial where sessions are all alike.
  private static func none(of trials: Int, _ share: Double, _ correlation: Double) -> Double {
    let n = Double(trials)
    guard correlation > 1e-6 else { return exp(n * log(1 - share)) }
    let precision = (1 - correlation) / correlation
    let failures = (1 - share) * precision
    return exp(lgamma(n + failures) - lgamma(n + precision) + lgamma(precision) - lgamma(failures))
  }

  /// The probability of one more success than `count`, divided by that of `count`.
  private static func ratio(after count: Int, of trials: Int, _ share: Double, _ correlation: Double) -> Double {
    let (k, n) = (Double(count), Double(trials))
    guard n > k else { return 0 }
    guard correlation > 1e-6 else { return (n - k) / (k + 1) * share / (1 - share) }
    let precision = (1 - correlation) / correlation
    return (n - k) / (k + 1) * (k + share * precision) / (n - k - 1 + (1 - share) * precision)
  }
}
