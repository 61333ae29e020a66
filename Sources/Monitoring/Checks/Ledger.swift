package import Formats
import Statistics

/// The checks so far, a line of JSON each, in the order in which they ended: by it the bound on false alarms is kept over runs,
/// and slow drift is seen. Only ever appended to (`LedgerBook`).
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

  /// How far a ledger went, to be known again: lines, and the SHA-256 of the last.
  package struct Head: Hashable, Sendable {
    package let lines: Int
    package let digest: Digest?

    package init(lines: Int, digest: Digest?) {
      self.lines = lines
      self.digest = digest
    }
  }

  /// What shows that a ledger is not as it was written.
  package enum Finding: Hashable, Sendable {
    /// A check was killed while it wrote the line.
    case cutOff(line: Int)
    /// The line does not follow the one before it.
    case broken(line: Int)
    /// A check saw more lines; where that is kept.
    case shorter(lines: Int, seen: Int, by: String)
    /// A check saw another line in that place.
    case replaced(line: Int, by: String)
  }

  package let entries: [Entry]
  /// Lines that checks began and did not end: each was a run, and counts as one.
  package private(set) var torn = 0
  package private(set) var findings: [Finding] = []
  /// SHA-256 of each line.
  private var digests: [Digest] = []

  package init(entries: [Entry]) { self.entries = entries }

  /// Whether a file that begins so is, or was to be, a ledger, of this version or of another.
  package static func isMeant(by start: [UInt8]) -> Bool {
    JSONValue(parsing: Array(start.prefix { $0 != UInt8(ascii: "\n") }))?["schema"]?.string?
      .hasPrefix("retort.ledger/") == true
  }

  package var head: Head { Head(lines: digests.count, digest: digests.last) }

  /// A ledger that does not exist yet is empty.
  ///
  /// - Throws: `FileError` if it cannot be read, `MonitoringError.ledgerLine` for a line that is none.
  package static func read(file: String) throws -> Ledger {
    guard FileBytes.exists(file) else { return Ledger(entries: []) }
    return try Ledger(bytes: FileBytes.read(file), file: file)
  }

  /// Lines written since there are numbers name their place and the line before them. A line that was cut off is known by that
  /// it is the last, or that the one after it says so.
  init(bytes: [UInt8], file: String) throws {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let isWhole = bytes.isEmpty || bytes.last == UInt8(ascii: "\n")
    let values = lines.map { JSONValue(parsing: Array($0), upTo: .response) }
    digests = lines.map { Digest(of: Array($0)) }
    var entries: [Entry] = []
    var isNumbered = false
    for (place, value) in values.enumerated() {
      guard let value, let entry = Entry(json: value) else {
        let after = place + 1 < values.count ? values[place + 1] : nil
        let isTorn = after == nil ? place + 1 == values.count && !isWhole : after?["torn"]?.bool == true
        guard isTorn else { throw MonitoringError.ledgerLine(file: file, line: place + 1) }
        torn += 1
        findings.append(.cutOff(line: place + 1))
        continue
      }
      if isNumbered || value["number"] != nil {
        let before = place > 0 ? digests[place - 1].hex : nil
        if value["number"]?.integer != place + 1 || value["previous"]?.string != before {
          findings.append(.broken(line: place + 1))
        }
        isNumbered = true
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// What another entry would be written as, with its line end.
  ///
  /// - Parameter torn: whether the line before was cut off.
  func line(after torn: Bool, _ entry: Entry) -> String {
    var members = entry.json.object ?? [:]
    members["number"] = .integer(digests.count + 1)
    if let last = digests.last { members["previous"] = .string(last.hex) }
    if torn { members["torn"] = .bool(true) }
    return JSONValue.object(members).canonical + "\n"
  }

  /// Whether it continues what was seen of it.
  package func difference(from seen: Head, by place: String) -> Finding? {
    guard seen.lines > 0 else { return nil }
    guard digests.count >= seen.lines else { return .shorter(lines: digests.count, seen: seen.lines, by: place) }
    return digests[seen.lines - 1] == seen.digest ? nil : .replaced(line: seen.lines, by: place)
  }

  /// The budget of a rule after one more run of this baseline.
  /// A run that was resumed has several lines, and is one.
  package func account(of baseline: Digest, run: String? = nil, confirming: Bool, window: Int) -> CheckResult.Account {
    let own = Self.once(entries.filter { $0.baseline == baseline && $0.run != run }).suffix(window - 1)
    return CheckResult.Account(
      runs: min(own.count + torn, window - 1) + 1, confirmations: own.count(where: \.confirmed) + (confirming ? 1 : 0),
      window: window)
  }

  /// The runs of the newest baseline that measured something, for the chart of drift.
  package var series: [Entry] {
    guard let newest = entries.last?.baseline else { return [] }
    return Self.once(entries.filter { $0.baseline == newest && $0.statistic != nil })
  }

  /// The last line of each run.
  private static func once(_ entries: [Entry]) -> [Entry] {
    let last = Dictionary(entries.enumerated().map { ($1.run, $0) }, uniquingKeysWith: max)
    return entries.enumerated().filter { last[$1.run] == $0 }.map(\.element)
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
      statistics: Dictionary(firstOf: findings.map { ($0.stratum, $0.statistic) }),
      pValues: Dictionary(firstOf: findings.map { ($0.stratum, $0.pValue) }))
  }

  package var json: JSONValue {
    func numbers(_ values: [Stratum: Double]) -> JSONValue {
      .object(
        Dictionary(firstOf: values.map { ($0.key.rawValue, JSONValue.number($0.value)) }))
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

extension Ledger.Head {
  package var json: JSONValue { .compact(["lines": .integer(lines), "sha256": JSONValue(digest?.hex)]) }

  /// nil for anything but what `json` writes.
  package init?(json: JSONValue?) {
    guard let lines = json?["lines"]?.integer, lines >= 0 else { return nil }
    self.init(lines: lines, digest: json?["sha256"]?.string.flatMap(Digest.init(hex:)))
  }
}
