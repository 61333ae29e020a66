import CaseFile
import Foundation
import Monitoring
import Reporting

/// `retort history`: the checks of a ledger, and what they say together.
struct HistoryText {
  let path: String
  let svg: String?

  /// Drift is pointed out from here on: without any, one series in twenty ever gets there.
  private static let notable = 20.0

  func write(json: Bool) throws {
    let file = path.hasSuffix(".jsonl") ? path : CheckFiles(baseline: path).ledger
    guard FileBytes.exists(file) else {
      throw CaseFileError.unreadable(file: file, reason: "no such file: retort check writes it")
    }
    let ledger = try Ledger.read(file: file)
    for finding in ledger.findings { Talk.say("\(file): \(CheckWording.ledger(finding))") }
    let seed: UInt64 = 1
    let drift = Dictionary(
      zip(ledger.series.map { $0.run + $0.started }, ledger.drift(seed: seed)), uniquingKeysWith: { first, _ in first })
    if let svg {
      try FileBytes.write(CheckTimeline.svg(ledger, name: CheckFiles(baseline: path).name, seed: seed).utf8, to: svg)
      Talk.say("timeline: \(svg)")
    }
    let evidence = ledger.drift(seed: seed).last
    if json {
      return try StandardOutput.json(
        .compact([
          "schema": .string("retort.history/1"), "tool": .string(Version.tool), "ledger": .string(file),
          "evidence": evidence.map(Self.number) ?? .null,
          "runs": .array(
            ledger.entries.map { entry in
              .compact([
                "run": .string(entry.run), "started": .string(entry.started),
                "verdict": .string(entry.verdict.rawValue),
                "baseline": .string(entry.baseline.hex), "calls": .integer(entry.calls),
                "confirmed": .bool(entry.confirmed), "statistic": entry.statistic.map(Self.number) ?? .null,
                "evidence": drift[entry.run + entry.started].map { Self.number($0) } ?? .null,
              ])
            }),
        ]))
    }
    for entry in ledger.entries {
      let statistic = entry.statistic.map { String(format: "%6.2f", $0) } ?? "     –"
      let evidence = drift[entry.run + entry.started].map { String(format: "%8.2f", $0) } ?? "       –"
      try StandardOutput.say(
        "\(entry.started)  \(entry.verdict.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))  \(statistic)  \(evidence)  \(entry.run)"
      )
    }
    guard let evidence else {
      return try StandardOutput.say("no run of the present baseline has measured anything yet")
    }
    try StandardOutput.say(
      String(format: "evidence of drift: %.2f", evidence)
        + (evidence >= Self.notable
          ? ": the runs move away from the baseline; look into the newest with retort review"
          : ", below \(Int(Self.notable)): no drift to speak of") + " (advisory; never gates)")
  }

  private static func number(_ value: Double) -> JSONValue { .number(Double(String(format: "%.5e", value)) ?? value) }
}
