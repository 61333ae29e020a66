package import Cases
import Statistics

/// What a check is to stay within, whatever the answers say; nil sets no limit.
package struct CheckLimits: Hashable, Sendable {
  /// Of the time of an answer, from sending to its end: 95 of 100 are to come within it.
  package let p95: Duration?
  /// Share of attempts that may fail, though all answers come in the end.
  package let failedAttempts: Double?
  /// Of one check, in the currency of the prices.
  package let cost: Cost?

  package init(p95: Duration? = nil, failedAttempts: Double? = nil, cost: Cost? = nil) {
    self.p95 = p95
    self.failedAttempts = failedAttempts
    self.cost = cost
  }

  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case p95
    case failedAttempts = "failed_attempts"
    case cost
  }

  package struct Finding: Hashable, Sendable {
    package let kind: Kind
    /// Seconds, a share, or units of the currency.
    package let limit: Double
    package let found: Double

    package var isExceeded: Bool { found > limit }
  }

  /// - Parameters:
  ///   - attempts: with how many of them failed.
  ///   - spent: of the whole check.
  /// - Returns: one for each limit that something was measured for.
  package func findings(
    of answers: [RecordedAnswer], attempts: (all: Int, failed: Int), spent: Cost
  ) -> [Finding] {
    let times = answers.map { Double($0.nanoseconds) / 1e9 }.filter { $0 > 0 }
    var findings: [Finding] = []
    if let p95, !times.isEmpty {
      let seconds = Double(p95.components.seconds) + Double(p95.components.attoseconds) / 1e18
      findings.append(Finding(kind: .p95, limit: seconds, found: times.quantiles([0.95])[0]))
    }
    if let failedAttempts, attempts.all > 0 {
      findings.append(
        Finding(
          kind: .failedAttempts, limit: failedAttempts, found: Double(attempts.failed) / Double(attempts.all)))
    }
    if let cost { findings.append(Finding(kind: .cost, limit: cost.units, found: spent.units)) }
    return findings
  }
}
