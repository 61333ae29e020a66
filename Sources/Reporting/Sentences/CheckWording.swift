import Cases
import Escaping
import Foundation
package import Monitoring

/// A check in sentences, without any markup: every rendering takes its words from here.
package struct CheckWording: Sendable {
  package let result: CheckResult

  package init(_ result: CheckResult) { self.result = result }

  static func pValue(_ value: Double) -> String {
    value < 0.001 ? String(format: "%.1e", value) : String(format: "%.3g", value)
  }

  static func distance(_ value: Double, _ stratum: Stratum) -> String {
    let digits = String(format: "%.4f", abs(value))
    return (value < 0 && digits != "0.0000" ? "−" : "") + digits + (stratum == .logprobs ? " nat" : "")
  }

  /// What is asked again: strata, and single probes.
  package static func suspects(_ strata: [Stratum], probes: Int) -> String {
    let names = strata.map(\.rawValue).joined(separator: ", ")
    guard probes > 0 else { return names }
    return names.isEmpty ? count(probes, "probe") : "\(names) and \(count(probes, "probe"))"
  }

  package static func count(_ number: Int, _ thing: String) -> String { "\(number) \(thing)\(number == 1 ? "" : "s")" }

  /// The verdict in one sentence.
  package var headline: String {
    [finding, expectationWords, limitWords, formWords, troubleWords, withoutTextWords].compactMap(\.self).joined(
      separator: "; ")
  }

  /// Which two propositions the verdict is about.
  package var meaning: String {
    switch result.verdict {
    case .same:
      "these answers do not speak for another model or other settings rather than those of the baseline"
    case .changed:
      "these answers speak for another model or other settings rather than those of the baseline; which of the two, and why, they do not tell"
    case .inconclusive:
      "neither the model and settings of the baseline nor others are supported"
    }
  }

  /// Attempts that failed though all answers came: the same behind a load balancer of which a part is broken.
  private var troubleWords: String? {
    guard let trouble = result.trouble, trouble.isTold else { return nil }
    let said = trouble.detail.isEmpty ? "" : " (\(trouble.detail.printable.shortened(to: 80)))"
    return "but \(trouble.failures) of \(trouble.attempts) attempts failed\(said)"
  }

  private var expectationWords: String? {
    let broken = result.brokenExpectations
    guard let first = broken.first else { return nil }
    let more = broken.count > 1 ? ", and \(Self.count(broken.count - 1, "other expectation"))" : ""
    return "not as expected: \(Self.line(first))\(more)"
  }

  /// A probe, how many of its answers are as expected, and one that is not.
  package static func line(_ finding: Expectation.Finding) -> String {
    let expected =
      switch finding.expectation.condition {
      case .oneOf(let answers): answers.map { "“\($0.printable.shortened(to: 40))”" }.joined(separator: " or ")
      case .schema: "as the JSON Schema says"
      case .regex(let pattern): "/\(pattern.printable.shortened(to: 60))/"
      }
    let share = String(format: "%g", finding.expectation.atLeast * 100)
    let example = finding.example.map { "; one says “\($0.printable.shortened(to: 60))”" } ?? ""
    return """
      \(finding.expectation.probe.rawValue): \(finding.met) of \(count(finding.answers, "answer")) \(finding.met == 1 ? "is" : "are") \(expected), \(share) % are expected\(example)
      """
  }

  private var withoutTextWords: String? {
    guard result.verdict != .inconclusive, result.withoutText > 0 else { return nil }
    return
      "\(Self.count(result.withoutText, "answer")) without text \(result.withoutText == 1 ? "was" : "were") left out"
  }

  private var finding: String {
    switch result.verdict {
    case .same where result.between != nil: return "no difference between the two was found"
    case .changed where result.between != nil:
      return "the two answer differently: \(names(result.changedStrata))"
    case .same:
      let unconfirmed = result.suspicious
      guard unconfirmed.isEmpty else {
        return """
          no change was confirmed: what \(names(unconfirmed)) showed at first was not there in fresh answers, or is no larger than the floor
          """
      }
      return "no change was found"
    case .changed:
      let basis = result.screening.isEmpty ? "in the recorded answers" : "confirmed on fresh answers"
      return "the answers changed: \(names(result.changedStrata)), \(basis)"
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
    case .cached(let all):
      return """
        equal ones of \(count(all, "answer")) follow each other as no model gives them: something between here and the model gives answers again; switch that cache off for these calls
        """
    case .answersWithoutText(let without, let all, let kind, let sentence, _):
      return "\(without) of \(count(all, "answer")) \(words(kind, sentence)), more than in the baseline"
    case .keyRefused(let host, let detail):
      return "\(host) refuses the key (\(detail.printable.shortened(to: 120))): check the key and its rights"
    case .powerless(let strata):
      return """
        not even a change of every answer would be found in \(strata.map(\.rawValue).joined(separator: " and ")): ask more often, or choose other probes
        """
    }
  }

  /// What is wrong with answers, as what they do.
  package static func words(_ kind: AnswerOutcomes.Kind, _ sentence: String?) -> String {
    switch kind {
    case .empty: "are empty"
    case .cut: "reached the limit of tokens before any text came"
    case .filtered: "were withheld by a content filter"
    case .refused: "are declared refusals"
    case .debris: "are pages or error objects of a server"
    case .oneForAll:
      "are one sentence, given to probes that have nothing in common (“\((sentence ?? "").printable.shortened(to: 60))”)"
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
    guard result.between == nil else {
      return "two endpoints that are one are said to differ with a probability of at most \(Self.pValue(rule.level))"
    }
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
    if let between = result.between { return "\(between.joined(separator: " beside ")), without a baseline" }
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

  package var quarantineLine: String? {
    result.quarantined.isEmpty
      ? nil
      : "in quarantine, neither asked nor compared: \(result.quarantined.map(\.rawValue).joined(separator: ", "))"
  }

  /// Probes that were added since the baseline, and what is expected of them in vain.
  package var addedLines: [String] {
    guard !result.added.isEmpty else { return [] }
    let number = result.added.count
    var lines = [
      """
      \(Self.count(number, "probe")) \(number == 1 ? "is" : "are") not in the baseline, and \(number == 1 ? "is" : "are") not asked: \(Self.list(result.added))
      """
    ]
    if !result.unjudged.isEmpty {
      lines.append("what is expected of \(Self.list(result.unjudged)) is not judged: not in the baseline")
    }
    return lines
  }

  /// The first ten by name.
  private static func list(_ probes: [PromptID]) -> String {
    "\(probes.prefix(10).map(\.rawValue).joined(separator: ", "))\(probes.count > 10 ? " …" : "")"
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

  /// A probe, what it answered most often then, and what it answers more often now, each with its two counts.
  package static func line(_ change: CheckResult.ProbeChange) -> String {
    func share(_ answers: [CheckResult.AnswerCount], _ answer: String, of all: Int) -> Double {
      Double(answers.first { $0.answer == answer }?.count ?? 0) / Double(max(1, all))
    }
    let grown = change.now.max {
      (share(change.now, $0.answer, of: change.all.now) - share(change.then, $0.answer, of: change.all.then), $1.answer)
        < (
          share(change.now, $1.answer, of: change.all.now) - share(change.then, $1.answer, of: change.all.then),
          $0.answer
        )
    }
    func words(_ answer: CheckResult.AnswerCount, of all: Int) -> String {
      let text = answer.answer.isEmpty ? "(empty)" : answer.answer.printable.shortened(to: 40)
      return "\(text) \(answer.count)/\(all)"
    }
    guard let grown, let then = change.then.first else {
      return "\(change.probe.rawValue): distance \(distance(change.distance, change.stratum))"
    }
    return
      "\(change.probe.rawValue): \(words(then, of: change.all.then)) → \(words(grown, of: change.all.now))"
  }

  /// The changed probes of a stratum, the most influential first.
  package func changedProbes(of stratum: Stratum) -> [CheckResult.ProbeChange] {
    result.changedStrata.contains(stratum) ? result.changes.filter { $0.stratum == stratum } : []
  }
}
