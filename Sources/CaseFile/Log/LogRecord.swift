import Custody
package import Formats

/// One record of a case's log: a canonical JSON document, whose bytes are a leaf of the Merkle tree.
///
/// Each has its place in the log (`seq`, from 0), the leaf of the record before it (`prev`, 64 zeros at the beginning), its
/// kind and the version of its form. The record of an attempt holds every column of its row that is not null: texts and
/// numbers as they are (from 2⁵³ on as text), headers as lists, bodies, answers and failures by the SHA-256 of their
/// bytes, and the row's own hash; so a record shows no word of an answer, and can be shown to anybody.
package enum LogRecord {
  package enum Kind: String, CaseIterable, Sendable {
    /// What was planned. Always the first.
    case `protocol`
    /// Name, lineage and limits, and what of them changed since.
    case circumstances
    /// The beginning of a run.
    case run
    case attempt
    /// What an endpoint was seen to obey, with the digests of the requests and responses that show it.
    case capability
    /// An analysis that is not the one of the protocol.
    case analysis
    /// The other end of a connection, as TLS showed it; before the first request that went over it.
    case connection
    /// The machine's clock beside another's.
    case clock
  }

  package static let version = 1

  static func text(_ kind: Kind, seq: Int, previous: Digest?, _ members: [String: JSONValue]) -> String {
    JSONValue.object(
      members.merging([
        "v": .integer(version), "kind": .string(kind.rawValue), "seq": .integer(seq),
        "prev": .string((previous ?? .zero).hex),
      ]) { _, own in own }
    ).canonical
  }

  package static func leaf(_ text: String) -> Digest { MerkleTree.leaf(text.utf8) }

  /// Members of the record of an attempt.
  ///
  /// - Parameter fields: of the row, in the order of `AttemptRow.columns`.
  static func attempt(_ fields: [HashChain.Field], hash: [UInt8]) -> [String: JSONValue] {
    var members: [String: JSONValue] = ["hash": .string(Hexadecimal.text(hash))]
    for (column, field) in zip(AttemptRow.columns, fields) where column.content != .link {
      let name = column.rawValue
      switch (field, column.content) {
      case (.null, _): break
      case (.integer(let value), _):
        members[name] = value.magnitude < 9_007_199_254_740_992 ? .integer(value) : .string(String(value))
      case (.text(let text), .said): members[name] = .string(Digest(of: text).hex)
      case (.text(let text), .headers): members[name] = JSONValue(parsing: text) ?? .string(text)
      case (.text(let text), _): members[name] = .string(text)
      case (.bytes(let bytes), _): members[name] = .string(Hexadecimal.text(bytes))
      }
    }
    return members
  }
}
