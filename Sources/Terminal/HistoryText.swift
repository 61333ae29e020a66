import CaseFile
package import Formats
import Foundation
package import Monitoring
import Reporting

/// The checks of a ledger, and what they say together.
package struct HistoryText {
  private let ledger: Ledger
  /// By run and time of its start.
  private let drift: [String: Double]
  private let evidence: Double?

  /// Drift is pointed out from here on: without any, one series in twenty ever gets there.
  private static let notable = 20.0

  /// - Parameter seed: of the ties of the chart of drift.
  package init(_ ledger: Ledger, seed: UInt64) {
    self.ledger = ledger
    let values = ledger.drift(seed: seed)
    drift = Dictionary(firstOf: zip(ledger.series.map { $0.run + $0.started }, values))
    evidence = values.last
  }

  package var lines: [String] {
    let runs = ledger.entries.map { entry in
      let statistic = entry.statistic.map { String(format: "%6.2f", $0) } ?? "     –"
      let evidence = drift[entry.run + entry.started].map { String(format: "%8.2f", $0) } ?? "       –"
      return
        "\(entry.started)  \(entry.verdict.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0))  \(statistic)  \(evidence)  \(entry.run)"
    }
    guard let evidence else { return runs + ["no run of the present baseline has measured anything yet"] }
    let verdict =
      evidence >= Self.notable
      ? ": the runs move away from the baseline; look into the newest with retort review"
      : ", below \(Int(Self.notable)): no drift to speak of"
    return runs + ["evidence of drift: \(String(format: "%.2f", evidence))\(verdict) (advisory; never gates)"]
  }

  /// - Parameter file: the ledger's.
  package func document(file: String, tool: String) -> JSONValue {
    .compactDocument(
      "retort.history/1", tool: tool,
      [
        "ledger": .string(file),
        "evidence": evidence.map(Figure.json) ?? .null,
        "runs": .array(
          ledger.entries.map { entry in
            .compact([
              "run": .string(entry.run), "started": .string(entry.started),
              "verdict": .string(entry.verdict.rawValue),
              "baseline": .string(entry.baseline.hex), "calls": .integer(entry.calls),
              "confirmed": .bool(entry.confirmed), "statistic": entry.statistic.map(Figure.json) ?? .null,
              "evidence": drift[entry.run + entry.started].map { Figure.json($0) } ?? .null,
            ])
          }),
      ])
  }
}
