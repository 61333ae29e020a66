import CaseFile
import Foundation
import Monitoring
import Reporting

/// `retort baseline show` and `history`.
struct BaselineText {
  private let baseline: Monitoring.Baseline

  init(_ baseline: Monitoring.Baseline) { self.baseline = baseline }

  func write(json: Bool) throws {
    if json { return try StandardOutput.json(baseline.document) }
    try StandardOutput.say(lines)
  }

  private var lines: [String] {
    var lines = ["\(baseline.name): baseline of \(baseline.created), \(baseline.tool), sha256 \(baseline.digest.hex)"]
    lines.append(
      baseline.approval.map { "approved \($0.time) by \($0.by): \($0.reason)" } ?? "pending: nobody has approved it")
    if let endpoint = baseline.endpoint {
      lines.append(
        "endpoint \(endpoint.url), model \(endpoint.model); declares \(endpoint.declaredModels.joined(separator: ", "))"
      )
    }
    lines.append(
      "\(baseline.sessions.count) \(baseline.sessions.count == 1 ? "session" : "sessions"), \(baseline.answers) answers, "
        + "\(baseline.missing) missing, \(baseline.probes.count) probes")
    lines += baseline.stability.map {
      "\($0.stratum.rawValue): sessions differ by \(String(format: "%.4f", $0.distance)) on average, p = "
        + "\(String(format: "%.3g", $0.pValue)); floor \(String(format: "%.4f", baseline.rule.floors[$0.stratum] ?? 0))"
    }
    lines.append("a check makes \(baseline.plan.screenCalls) calls, at most \(baseline.plan.maxCalls)")
    lines += CheckWording.detectable(baseline.detectable).map { "would find, \($0)" }
    return lines
  }

  func writeHistory(json: Bool) throws {
    if json {
      return try StandardOutput.json(
        .object([
          "schema": .string("retort.approvals/1"), "tool": .string(Version.tool), "name": .string(baseline.name),
          "pending": .bool(baseline.approval == nil), "approvals": .array(baseline.approvals.map(\.json)),
        ]))
    }
    for approval in baseline.approvals {
      try StandardOutput.say(
        "\(approval.time) \(approval.by): \(approval.reason) (baseline of \(approval.created), \(approval.baseline.hex.prefix(16)))"
      )
    }
    if baseline.approval == nil { try StandardOutput.say("pending: nobody has approved the present contents") }
  }
}

/// `retort baseline diff`.
struct BaselineDifference {
  private let then: Monitoring.Baseline
  private let now: Monitoring.Baseline

  init(_ then: Monitoring.Baseline, _ now: Monitoring.Baseline) {
    self.then = then
    self.now = now
  }

  private var comparison: ProbeComparison { ProbeComparison(now.probes, baseline: then.probes) }

  func write(json: Bool) throws {
    let added = Set(now.probes.keys).subtracting(then.probes.keys).sorted()
    let removed = Set(then.probes.keys).subtracting(now.probes.keys).sorted()
    let influences = comparison.influences
    if json {
      return try StandardOutput.json(
        .object([
          "schema": .string("retort.baseline-diff/1"), "tool": .string(Version.tool), "then": .string(then.digest.hex),
          "now": .string(now.digest.hex), "added": .array(added.map { .string($0.rawValue) }),
          "removed": .array(removed.map { .string($0.rawValue) }),
          "probes": .array(
            influences.map {
              .object([
                "probe": .string($0.probe.rawValue), "stratum": .string($0.stratum.rawValue),
                "distance": Self.number($0.distance), "weight": Self.number($0.weight),
                "then": Self.counts(then.probes[$0.probe]), "now": Self.counts(now.probes[$0.probe]),
              ])
            }),
        ]))
    }
    for probe in added { try StandardOutput.say("+ \(probe)") }
    for probe in removed { try StandardOutput.say("- \(probe)") }
    for influence in influences {
      try StandardOutput.say(
        "\(influence.probe) (\(influence.stratum.rawValue)): distance \(String(format: "%.3f", influence.distance)), "
          + "\(Self.words(then.probes[influence.probe])) → \(Self.words(now.probes[influence.probe]))")
    }
    if added.isEmpty, removed.isEmpty, influences.isEmpty { try StandardOutput.say("no difference") }
  }

  private static func number(_ value: Double) -> JSONValue { .number(Double(String(format: "%.5e", value)) ?? value) }

  private static func counts(_ record: ProbeRecord?) -> JSONValue {
    .object((record?.answers ?? [:]).mapValues(JSONValue.integer))
  }

  private static func words(_ record: ProbeRecord?) -> String {
    let sorted = (record?.answers ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !sorted.isEmpty else { return "long answers" }
    return sorted.prefix(3).map { "\($0.value) × \($0.key)" }.joined(separator: ", ") + (sorted.count > 3 ? " …" : "")
  }
}
