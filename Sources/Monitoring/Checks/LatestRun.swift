package import Cases
import Escaping
package import Formats

/// The second anchor: what the last check that found nothing saw. It shows when a change came, and never gates.
package struct LatestRun: Sendable {
  package let run: String
  package let started: String
  package let baseline: Digest
  package let probes: [PromptID: ProbeRecord]
  /// How far the ledger went with it; nil in a file of an older version.
  package let ledger: Ledger.Head?

  package init(
    run: String, started: String, baseline: Digest, probes: [PromptID: ProbeRecord], ledger: Ledger.Head?
  ) {
    self.ledger = ledger
    self.run = run
    self.started = started
    self.baseline = baseline
    self.probes = probes
  }

  private static let schema = "retort.latest/1"

  /// - Returns: nil if there is none, or none of this baseline. One that cannot be read is as good as none.
  package static func read(file: String, of baseline: Digest) throws -> LatestRun? {
    guard FileBytes.exists(file), let document = JSONValue(parsing: try FileBytes.read(file), upTo: .file),
      document["schema"]?.string == schema, document["baseline"]?.string == baseline.hex,
      let run = document["run"]?.string, let started = document["started"]?.string
    else { return nil }
    var probes: [PromptID: ProbeRecord] = [:]
    for (id, value) in document["probes"]?.object ?? [:] { probes[PromptID(id)] = ProbeRecord(json: value) }
    return LatestRun(
      run: run, started: started, baseline: baseline, probes: probes,
      ledger: Ledger.Head(json: document["ledger"]))
  }

  package func write(to file: String) throws {
    let document = JSONValue.compact([
      "schema": .string(Self.schema), "run": .string(run), "started": .string(started),
      "baseline": .string(baseline.hex), "ledger": ledger?.json ?? .null,
      "probes": .object(
        Dictionary(firstOf: probes.map { ($0.key.rawValue, $0.value.json) })),
    ])
    try FileBytes.write(JSONText.inert(document.lines(depth: 2)).utf8, to: file)
  }

  /// Probe by probe against this run, at the level of a screening; border inputs by their sessions, as in every round of a check.
  package func since(_ now: [PromptID: ProbeRecord], baseline: Baseline, seed: UInt64) -> CheckResult.SinceLatest {
    CheckResult.SinceLatest(
      run: run, started: started,
      findings: baseline.rule.screen(
        ProbeComparison(now, baseline: probes).blocks,
        sessions: BorderSessions.of(now, since: probes, baseline: baseline.probes), run: seed &+ 1))
  }
}
