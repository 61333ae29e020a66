import Cases
import Foundation
package import Monitoring

/// A check in sentences, without any markup: every rendering takes its words from here.
package struct CheckWording: Sendable {
  private let result: CheckResult

  package init(_ result: CheckResult) { self.result = result }

  static func pValue(_ value: Double) -> String {
    value < 0.001 ? String(format: "%.1e", value) : String(format: "%.3g", value)
  }

  static func distance(_ value: Double, _ stratum: Stratum) -> String {
    let digits = String(format: "%.4f", abs(value))
    return (value < 0 && digits != "0.0000" ? "−" : "") + digits + (stratum == .logprobs ? " nat" : "")
  }

  static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

  /// The verdict in one sentence.
  package var headline: String {
    switch result.verdict {
    case .same:
      let unconfirmed = result.suspicious
      guard unconfirmed.isEmpty else {
        return """
          no change was confirmed: what \(names(unconfirmed)) showed at first was not there in fresh answers, or is no larger than the floor
          """
      }
      return "no change was found"
    case .changed: return "the answers changed: \(names(result.changedStrata)), confirmed on fresh answers"
    case .inconclusive: return result.reason.map(Self.words) ?? "nothing was measured"
    }
  }

  private func names(_ strata: [Stratum]) -> String { strata.map(\.rawValue).joined(separator: " and ") }

  static func words(_ reason: CheckResult.Reason) -> String {
    switch reason {
    case .notComparable(let differences):
      let first = differences.first.map {
        "\($0.path) is \($0.current ?? "missing") now and was \($0.stored ?? "missing")"
      }
      return "not comparable with the baseline: \(first ?? "what is asked differs"): restore it, or make a new baseline"
    case .incomplete(let stage, let answered, let planned, let unanswered, let trouble):
      let silent =
        unanswered.isEmpty
        ? "" : "; \(count(unanswered.count, "probe")) without enough answers, such as \(unanswered[0])"
      return
        "\(answered) of \(planned) answers to the \(stage.rawValue) came\(silent)\(trouble.map { ": \(words($0))" } ?? "")"
    case .failsMoreOften(let missing, let planned, let pValue):
      return "\(missing) of \(planned) answers are missing, more than in the baseline (p = \(Self.pValue(pValue)))"
    case .notConfirmable(let strata, let left):
      return """
        \(strata.map(\.rawValue).joined(separator: " and ")) look changed, and \(count(left, "call")) left of the limit are too few to ask again: raise budget.max_calls
        """
    case .copies(let copies, let all):
      return """
        \(copies) of \(count(all, "answer")) came from a cache between here and the model, or repeat another answer's id: they are no samples; switch that cache off for these calls
        """
    case .powerless(let strata):
      return """
        not even a change of every answer would be found in \(strata.map(\.rawValue).joined(separator: " and ")): ask more often, or choose other probes
        """
    }
  }

  static func words(_ trouble: CheckResult.Trouble) -> String {
    switch trouble {
    case .told(let words): words
    case .noLogprobs: "no log-probabilities"
    }
  }

  package static func words(_ what: CheckResult.Declared.What) -> String {
    switch what {
    case .address: "address"
    case .requestedModel: "requested model"
    case .model: "model"
    case .fingerprint: "fingerprint"
    case .promptTokens(let probes):
      """
      tokens of the prompt, in \(probes.count) probes (\(probes.prefix(3).map(\.rawValue).joined(separator: ", "))\(probes.count > 3 ? " …" : ""))
      """
    }
  }

  /// What a change would have had to be to be found; one sentence for each stratum.
  package static func detectable(_ effects: [DetectableEffect]) -> [String] {
    effects.map { effect in
      var parts: [String] = []
      if let probes = effect.changedProbes { parts.append("new answers to \(probes) of \(effect.probes) probes") }
      if let share = effect.changedShare {
        parts.append("\(Int((share * 100).rounded())) % new answers to every probe")
      }
      let found = parts.isEmpty ? "nothing" : parts.joined(separator: ", or ")
      return "\(effect.stratum.rawValue): \(found), with 80 % probability"
    }
  }

  package var budgetLine: String {
    let rule = result.baseline.rule
    let promise =
      "at most \(String(format: "%g", rule.falseAlarms.atMost * 100)) % of all series of \(rule.falseAlarms.runs) runs see a false alarm"
    guard let account = result.account else {
      return "error control is per run only, without a ledger: level \(Self.pValue(rule.level)) for this confirmation"
    }
    let ledger = result.ledger?.findings.last.map { "; the ledger: \(Self.ledger($0))" } ?? ""
    return """
      false alarms: \(promise); \(account.confirmations) of \(Self.count(account.runs, "run")) in the window asked again\(ledger)
      """
  }

  /// What is wrong with a ledger, and what it means.
  package static func ledger(_ finding: Ledger.Finding) -> String {
    switch finding {
    case .cutOff(let line): "line \(line) is cut off: a check was stopped while it wrote it; it counts as a run"
    case .broken(let line):
      "line \(line) does not follow the one before it: lines were changed or removed, and runs may be missing"
    case .shorter(let lines, let seen, let place):
      "\(count(lines, "line")), of \(seen) that \(place) saw: runs are missing, and the bound on false alarms counts too few"
    case .replaced(let line, let place):
      "line \(line) is not the one that \(place) saw: this is another ledger, or an older copy"
    }
  }

  package var callsLine: String? {
    let calls = result.calls
    guard calls.planned > 0 else { return nil }
    return
      "\(calls.planned) planned of at most \(result.baseline.plan.maxCalls), \(calls.attempts) made, \(calls.answered) answered, \(calls.failures) failed, \(calls.tokens) tokens"
  }

  package var approvalLine: String {
    guard let approval = result.baseline.approval else { return "baseline of \(result.baseline.created), not approved" }
    return "baseline of \(result.baseline.created), approved by \(approval.by): \(approval.reason)"
  }

  package func line(_ finding: CheckRule.Finding) -> String {
    let distance = Self.distance(finding.distance, finding.stratum)
    let floor = Self.distance(finding.floor, finding.stratum)
    guard let adjusted = finding.adjusted else {
      return "p = \(Self.pValue(finding.pValue)), distance \(distance)\(finding.stands ? ": asked again" : "")"
    }
    let value = "p = \(Self.pValue(adjusted)) (limit \(Self.pValue(result.baseline.rule.level)))"
    return "\(value), distance \(distance) (floor \(floor))\(finding.stands ? ": changed" : "")"
  }

  package var declaredLines: [String] {
    result.declared.map { "\(Self.words($0.what)): \($0.then) → \($0.now) (declared, no evidence of a change)" }
  }

  package var performanceLine: String? {
    guard let now = result.medianMilliseconds else { return nil }
    guard let then = result.baseline.medianMilliseconds else { return "median \(now) ms an answer" }
    return "median \(now) ms an answer, \(then) ms in the baseline (never gates)"
  }

  package var sinceLatestLine: String? {
    guard let since = result.sinceLatest else { return nil }
    let moved = since.findings.filter(\.stands).map(\.stratum)
    return moved.isEmpty
      ? "since the last clean run (\(since.run), \(since.started)): no difference seen"
      : "since the last clean run (\(since.run), \(since.started)): \(names(moved)) moved"
  }

  /// What most speaks for a change; empty unless something was suspected.
  package var drivenBy: String? {
    guard !result.changes.isEmpty, result.verdict == .changed || !result.suspicious.isEmpty else { return nil }
    let shown = result.changes.prefix(3).map(\.probe.rawValue).joined(separator: ", ")
    return "driven by \(Self.count(result.changes.count, "probe")): \(shown)\(result.changes.count > 3 ? " …" : "")"
  }
}
