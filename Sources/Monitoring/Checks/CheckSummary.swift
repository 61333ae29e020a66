/// Checks of several endpoints that were made together.
package struct CheckSummary: Sendable {
  package let results: [CheckResult]

  package init(_ results: [CheckResult]) { self.results = results }

  /// The worst of all: a change, then a key that is refused, then whatever ends without a verdict.
  package var exit: Int {
    let exits = results.map(\.exit)
    return [1, 4, 3].first(where: exits.contains) ?? 0
  }

  package var verdict: CheckResult.Verdict {
    if results.contains(where: { $0.verdict == .changed }) { return .changed }
    return results.contains { $0.verdict == .inconclusive } ? .inconclusive : .same
  }

  /// Of all series of so many runs of all endpoints, at most this share sees a false alarm: the sum of what each may take. nil where
  /// they do not count by series of one length.
  package var falseAlarms: MonitorConfiguration.FalseAlarms? {
    let own = results.map(\.baseline.rule.falseAlarms)
    guard let runs = own.first?.runs, own.allSatisfy({ $0.runs == runs }) else { return nil }
    return MonitorConfiguration.FalseAlarms(atMost: min(1, own.reduce(0) { $0 + $1.atMost }), runs: runs)
  }
}
