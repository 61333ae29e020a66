package import Cases
package import Custody
package import Formats
import Foundation

extension CustodySummary {
  /// Gathers a summary from the records of a log and the notes that sign it.
  package struct Builder {
    private var tree = CompactRange()
    private var protocolDigest: Digest?
    private var frozen = ""
    private var tool: String?
    private var analysis: JSONValue?
    private var planned: Planned?
    private var deviations: [Deviation] = []
    private var connections: [Connection] = []
    package private(set) var clocks: [Clock] = []

    package init() {}

    /// - Parameter json: the record's members; nil for an attempt, which deviates from nothing.
    package mutating func add(_ json: JSONValue?, leaf: Digest) {
      tree.append(leaf)
      guard let json else { return }
      let recorded = json["recorded"]?.string ?? json["started"]?.string ?? ""
      switch json["kind"]?.string.flatMap(LogRecord.Kind.init) {
      case .connection:
        if let facts = ConnectionFacts(record: json) { connections.append(Connection(facts)) }
      case .clock: if let reading = ClockReading(record: json) { clocks.append(Clock(reading, recorded: recorded)) }
      default: break
      }
      if let stated = json["protocol"] {
        protocolDigest = Digest(of: stated.canonical)
        frozen = recorded
        analysis = stated["analysis"]
        planned = Planned(protocol: stated)
      }
      if let named = json["tool"]?.string, let before = tool, before != named {
        deviations.append(Deviation(recorded: recorded, what: "program", before: before, after: named))
      }
      tool = json["tool"]?.string ?? tool
      for change in json["changes"]?.array ?? [] {
        deviations.append(
          Deviation(
            recorded: recorded, what: change["what"]?.string ?? "", before: change["before"]?.string,
            after: change["after"]?.string))
      }
      if let made = json["analysis"] {
        func differs(_ name: String) {
          guard made[name] != analysis?[name] else { return }
          func words(_ value: JSONValue?) -> String? { value.map { $0.string ?? $0.canonical } }
          deviations.append(
            Deviation(
              recorded: recorded, what: "analysis.\(name)", before: words(analysis?[name]), after: words(made[name])))
        }
        differs("method")
        differs("calibration_sha256")
      }
    }

    /// nil while there is no protocol.
    package func summary(_ checkpoints: [SignedHead]) -> CustodySummary? {
      protocolDigest.map {
        CustodySummary(
          protocolDigest: $0.hex, frozen: frozen, records: tree.size, root: tree.root.hex,
          checkpoints: checkpoints, deviations: deviations, connections: Set(connections).sorted(),
          clocks: clocks, planned: planned)
      }
    }
  }
}

extension CustodySummary.SignedHead {
  package init(
    _ checkpoint: Checkpoint, key: String, cosigned: SignedNote?, stamps: [(authority: String, response: [UInt8])]
  ) {
    self.init(
      size: checkpoint.size, key: key,
      cosigners: Set((cosigned?.signatures ?? []).map(\.name).filter { $0 != key }).sorted(),
      timeStamps: stamps.compactMap { stamp in
        TimeStampToken(response: stamp.response).map {
          .init(authority: stamp.authority, time: UTCTime.text($0.time))
        }
      })
  }
}
