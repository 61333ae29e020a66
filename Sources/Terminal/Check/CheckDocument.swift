import CaseFile
import Cases
package import Formats
package import Monitoring
import Reporting

/// The result of a check as JSON, `retort.check/1`: its shape is in `Reports/schema/check.schema.json`.
extension CheckResult {
  package static let schema = "retort.check/1"

  package func document(tool: String) -> JSONValue {
    .compactDocument(
      Self.schema, tool: tool,
      [
        "name": .string(name), "run": .string(run),
        "started": .string(started), "verdict": .string(verdict.rawValue),
        "exit": .integer(exit),
        "sentence": .string(CheckWording(self).headline),
        "reason": JSONValue(reason.map(Self.name) ?? gateName),
        "baseline": .compact([
          "digest": .string(baseline.digest.hex), "created": .string(baseline.created),
          "approved_by": JSONValue(baseline.approval?.by), "approved": JSONValue(baseline.approval?.time),
        ]),
        "declared": .array(
          declared.map {
            .object(["what": .string(CheckWording.words($0.what)), "then": .string($0.then), "now": .string($0.now)])
          }),
        "behaviour": .compact([
          "level": Figure.json(baseline.rule.level), "screening": .array(screening.map(Self.json)),
          "second_look": look.isEmpty ? .null : .array(look.map(Self.json)),
          "confirmation": .array(confirmation.map(Self.json)),
          "detectable": .array(detectable.map(\.json)), "changes": .array(changes.map(Self.json)),
        ]),
        "performance": .compact([
          "median_milliseconds": JSONValue(medianMilliseconds),
          "baseline_median_milliseconds": JSONValue(baseline.medianMilliseconds),
        ]),
        "quarantined": Self.names(quarantined), "not_in_baseline": Self.names(added),
        "not_judged": Self.names(unjudged),
        "expectations": expectations.isEmpty
          ? .null
          : .array(
            expectations.map {
              .object([
                "probe": .string($0.expectation.probe.rawValue), "met": .integer($0.met),
                "answers": .integer($0.answers), "at_least": .number($0.expectation.atLeast),
                "broken": .bool($0.isBroken), "sentence": .string(CheckWording.line($0)),
              ])
            }),
        "limits": limits.isEmpty
          ? .null
          : .array(
            limits.map {
              .object([
                "limit": .string($0.kind.rawValue), "at_most": .number($0.limit), "found": Figure.json($0.found),
                "exceeded": .bool($0.isExceeded), "sentence": .string(CheckWording.line($0)),
              ])
            }),
        "form": form.isEmpty
          ? .null
          : .array(
            form.map {
              .object([
                "aspect": .string($0.aspect.name), "then": .integer($0.then.count), "then_all": .integer($0.then.of),
                "now": .integer($0.now.count), "now_all": .integer($0.now.of), "adjusted_p": Figure.json($0.adjusted),
                "changed": .bool($0.stands),
              ])
            }),
        "between": between.map { .array($0.map(JSONValue.string)) } ?? .null,
        "since_latest": sinceLatest.map {
          .object([
            "run": .string($0.run), "started": .string($0.started), "screening": .array($0.findings.map(Self.json)),
          ])
        } ?? .null,
        "calls": .object([
          "limit": .integer(baseline.plan.maxCalls), "planned": .integer(calls.planned),
          "attempts": .integer(calls.attempts), "answered": .integer(calls.answered),
          "failures": .integer(calls.failures), "tokens": .integer(calls.tokens),
          "without_text": .integer(withoutText),
        ]),
        "false_alarms": .compact([
          "at_most": .number(baseline.rule.falseAlarms.atMost), "per_runs": .integer(baseline.rule.falseAlarms.runs),
          "control": .string(account == nil ? "per run" : "ledger"), "runs": JSONValue(account?.runs),
          "confirmations": JSONValue(account?.confirmations),
        ]),
        "ledger": ledger.map { ledger in
          .compact([
            "file": .string(ledger.file), "lines": .integer(ledger.head.lines),
            "sha256": JSONValue(ledger.head.digest?.hex),
            "findings": .array(ledger.findings.map { .string(CheckWording.ledger($0)) }),
          ])
        } ?? .null,
      ])
  }

  /// Left out where there are none.
  private static func names(_ probes: [PromptID]) -> JSONValue {
    probes.isEmpty ? .null : .array(probes.map { .string($0.rawValue) })
  }

  /// Why a check ends with 1 that found no change, by the user's choice.
  private var gateName: String? {
    if !brokenExpectations.isEmpty { return "expectation" }
    if !exceededLimits.isEmpty { return "limit" }
    if gates.form, !changedForm.isEmpty { return "form" }
    return gates.declared && !declared.isEmpty && verdict == .same ? "declared" : nil
  }

  private static func json(_ finding: CheckRule.Finding) -> JSONValue {
    .compact([
      "stratum": .string(finding.stratum.rawValue), "probes": .integer(finding.probes),
      "telling": .integer(finding.telling), "statistic": Figure.json(finding.statistic),
      "p": Figure.json(finding.pValue), "by": .string(finding.by),
      "adjusted_p": finding.adjusted.map(Figure.json) ?? .null,
      "distance": Figure.json(finding.distance), "floor": Figure.json(finding.floor), "stands": .bool(finding.stands),
    ])
  }

  private static func json(_ change: ProbeChange) -> JSONValue {
    func counts(_ answers: [AnswerCount]) -> JSONValue {
      .array(answers.map { .object(["answer": .string($0.answer), "count": .integer($0.count)]) })
    }
    return .object([
      "probe": .string(change.probe.rawValue), "stratum": .string(change.stratum.rawValue),
      "distance": Figure.json(change.distance), "weight": Figure.json(change.weight), "then": counts(change.then),
      "now": counts(change.now), "then_all": .integer(change.all.then), "now_all": .integer(change.all.now),
    ])
  }

  private static func name(_ reason: Reason) -> String {
    switch reason {
    case .notComparable: "not_comparable"
    case .incomplete: "incomplete"
    case .failsMoreOften: "fails_more_often"
    case .notConfirmable: "not_confirmable"
    case .powerless: "powerless"
    case .copies: "copies"
    case .cached: "cached"
    case .answersWithoutText: "answers_without_text"
    case .keyRefused: "key_refused"
    }
  }
}
