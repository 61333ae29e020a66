package import CaseFile
import Statistics

/// The checks so far, a line of JSON each, in the order in which they ended: by it the bound on false alarms is kept over runs,
/// and slow drift is seen. Only ever appended to.
package struct Ledger: Sendable {
  package struct Entry: Hashable, Sendable {
    package let run: String
    package let started: String
    package let baseline: Digest
    package let verdict: CheckResult.Verdict
    /// Whether fresh answers were asked for.
    package let confirmed: Bool
    package let calls: Int
    /// Of the screening, or of recorded answers.
    package let statistics: [Stratum: Double]
    package let pValues: [Stratum: Double]

    /// One number for the chart of drift: the mean of the strata's statistics; nil where nothing was measured.
    package var statistic: Double? {
      guard !statistics.isEmpty else { return nil }
      let sorted = statistics.sorted { $0.key < $1.key }.map(\.value)
      return sorted.reduce(0, +) / Double(sorted.count)
    }
  }

  package let entries: [Entry]

  package init(entries: [Entry]) { self.entries = entries }

  /// A ledger that does not exist yet is empty.
  ///
  /// - Throws: `CaseFileError` if it cannot be read, `MonitoringError.ledgerLine` for a line that is none.
  package static func read(file: String) throws -> Ledger {
    guard FileBytes.exists(file) else { return Ledger(entries: []) }
    var entries: [Entry] = []
    for (number, line) in try FileBytes.read(file).split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let value = JSONValue(parsing: Array(line), upTo: .response), let entry = Entry(json: value) else {
        throw MonitoringError.ledgerLine(file: file, line: number + 1)
      }
      entries.append(entry)
    }
    return Ledger(entries: entries)
  }

  package func appending(_ entry: Entry, to file: String) throws {
    let lines = (entries + [entry]).map { $0.json.canonical + "\n" }.joined()
    try FileBytes.write(lines.utf8, to: file)
  }

  /// The budget of a rule after one more run of this baseline.
  package func account(of baseline: Digest, confirming: Bool, window: Int) -> CheckResult.Account {
    let own = entries.filter { $0.baseline == baseline }.suffix(window - 1)
    return CheckResult.Account(
      runs: own.count + 1, confirmations: own.count(where: \.confirmed) + (confirming ? 1 : 0), window: window)
  }

  /// The runs of the newest baseline that measured something, for the chart of drift.
  package var series: [Entry] {
    guard let newest = entries.last?.baseline else { return [] }
    return entries.filter { $0.baseline == newest && $0.statistic != nil }
  }

  /// Evidence of drift after each run of `series`; see `ConformalDrift`.
  package func drift(seed: UInt64) -> [Double] {
    ConformalDrift.steps(series.compactMap(\.statistic), seed: seed).map(\.evidence)
  }
}

extension Ledger.Entry {
  static let schema = "retort.ledger/1"

  package init(_ result: CheckResult) {
    let findings = result.screening.isEmpty ? result.confirmation : result.screening
    self.init(
      run: result.run, started: result.started, baseline: result.baseline.digest, verdict: result.verdict,
      confirmed: !result.confirmation.isEmpty, calls: result.calls.attempts,
      statistics: Dictionary(findings.map { ($0.stratum, $0.statistic) }, uniquingKeysWith: { first, _ in first }),
      pValues: Dictionary(findings.map { ($0.stratum, $0.pValue) }, uniquingKeysWith: { first, _ in first }))
  }

  package var json: JSONValue {
    func numbers(_ values: [Stratum: Double]) -> JSONValue {
      .object(
        Dictionary(
          values.map { ($0.key.rawValue, JSONValue.number($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
    return .object([
      "schema": .string(Self.schema), "run": .string(run), "started": .string(started),
      "baseline": .string(baseline.hex), "verdict": .string(verdict.rawValue), "confirmed": .bool(confirmed),
      "calls": .integer(calls), "statistic": numbers(statistics), "p": numbers(pValues),
    ])
  }

  init?(json: JSONValue) {
    func numbers(_ key: String) -> [Stratum: Double] {
      (json[key]?.object ?? [:]).reduce(into: [:]) { values, member in
        if let stratum = Stratum(rawValue: member.key), let value = member.value.number { values[stratum] = value }
      }
    }
    guard json["schema"]?.string == Self.schema, let run = json["run"]?.string, let started = json["started"]?.string,
      let baseline = json["baseline"]?.string.flatMap(Digest.init(hex:)),
      let verdict = json["verdict"]?.string.flatMap(CheckResult.Verdict.init(rawValue:)),
      let confirmed = json["confirmed"]?.bool, let calls = json["calls"]?.integer
    else { return nil }
    self.init(
      run: run, started: started, baseline: baseline, verdict: verdict, confirmed: confirmed, calls: calls,
      statistics: numbers("statistic"), pValues: numbers("p"))
  }
}
