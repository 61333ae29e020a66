import CaseFile
import Cases
import Formats

/// Each attempt carries the hash of its row, which names that of the row before (`HashChain`): computed again from the record
/// and what came of the attempt, so that a record cannot state another than that of what it tells.
struct AttemptHashes: ConcludingCheck {
  private var previous: Digest
  private var computed = 0
  private var kept = 0

  /// - Parameters:
  ///   - measurement: of the protocol.
  ///   - source: has the plan.
  init(_ measurement: JSONValue, _ source: any EvidenceSource) throws {
    var genesis = HashChain.Genesis(protocolDigest: Digest(of: measurement.canonical))
    try source.forEachLine(of: EvidenceLayout.plan) { line, _ in
      if let item = JSONValue(parsing: Array(line)).flatMap(PlannedItem.init(json:)) { genesis.add(item) }
    }
    previous = genesis.finished
  }

  mutating func follow(_ attempt: EvidenceLog.Attempt, said: ArraySlice<UInt8>?) throws {
    defer { previous = attempt.hash }
    // The text itself is part of the row.
    guard let said else { return kept += 1 }
    let fields = AttemptRow.columns.map { Self.field($0, attempt.json, said: said, previous: previous) }
    guard HashChain.hash(fields) == attempt.hash else {
      throw EvidenceFault("the hash of attempt \(attempt.number) is not that of what it says and of the one before")
    }
    computed += 1
  }

  func finding() -> EvidenceCheck.Finding {
    let withheld = kept > 0 ? "; \(kept) withheld, not computed" : ""
    return .passed("\(computed) attempts, each with the hash of the one before\(withheld)")
  }

  private static func field(
    _ column: AttemptRow.Column, _ json: JSONValue, said: ArraySlice<UInt8>, previous: Digest
  ) -> HashChain.Field {
    guard column.content != .link else { return .bytes(previous.bytes) }
    guard let value = json[column.rawValue] else { return .null }
    switch column.content {
    case .said: return .text(String(decoding: said, as: UTF8.self))
    case .headers: return .text(value.canonical)
    case .body: return value.string.flatMap(Digest.init(hex:)).map { .bytes($0.bytes) } ?? .null
    case .long: return EvidenceForm.long(value).map(HashChain.Field.integer) ?? .null
    case .plain, .link:
      return value.string.map(HashChain.Field.text) ?? value.integer.map(HashChain.Field.integer) ?? .null
    }
  }
}
