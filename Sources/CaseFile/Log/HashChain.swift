package import Cases
package import Formats

/// The chain of hashes through the attempts of a case: each row carries its own hash and that of the row before.
///
/// `hash = SHA-256("retort.attempt/1" ‖ field₁ ‖ field₂ ‖ …)` over all columns of the row but `hash` itself, in the order
/// of the table, `previous` included. A field is one byte for its kind (0 null, 1 integer, 2 text, 3 bytes), the
/// length of its content in bytes as 8 bytes, and the content; an integer is 8 bytes, all big-endian. Bodies enter as
/// the SHA-256 of their bytes, under which they are stored. The first row's `previous` is `genesis`.
///
/// A changed, inserted, moved or removed row is found, except when rows are missing at the end or the whole chain was
/// computed anew: against both, keep `chainHead` elsewhere.
package enum HashChain {
  /// A column's value, as far as the hash is concerned.
  package enum Field: Hashable {
    case null
    case integer(Int)
    case text(String)
    case bytes([UInt8])
  }

  /// What the first attempt follows: the protocol and the order that was planned.
  static func genesis(protocolDigest: Digest, plan: some Sequence<PlannedItem>) -> Digest {
    var genesis = Genesis(protocolDigest: protocolDigest)
    for item in plan { genesis.add(item) }
    return genesis.finished
  }

  /// The same, item by item: a plan can be long.
  package struct Genesis {
    private var hash = Digest.Running()

    package init(protocolDigest: Digest) {
      hash.add(Array("retort.plan/1".utf8))
      hash.add(HashChain.bytes(of: [.bytes(protocolDigest.bytes)]))
    }

    package mutating func add(_ item: PlannedItem) {
      hash.add(
        HashChain.bytes(of: [
          .integer(item.order), .text(item.model.rawValue), .text(item.probe.rawValue), .integer(item.sample),
          .integer(item.requestSeed),
        ]))
    }

    package var finished: Digest { hash.finished }
  }

  package static func hash(_ fields: [Field]) -> Digest {
    Digest(of: Array("retort.attempt/1".utf8) + bytes(of: fields))
  }

  private static func bytes(of fields: [Field]) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ tag: UInt8, _ content: some Collection<UInt8>) {
      bytes.append(tag)
      withUnsafeBytes(of: UInt64(content.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: content)
    }
    for field in fields {
      switch field {
      case .null: append(0, [])
      case .integer(let value): append(1, withUnsafeBytes(of: UInt64(bitPattern: Int64(value)).bigEndian, Array.init))
      case .text(let value): append(2, value.utf8)
      case .bytes(let value): append(3, value)
      }
    }
    return bytes
  }

  /// A row as it was read, and which of the bodies that it names are stored unchanged.
  struct Link {
    let attempt: Int
    let fields: [Field]
    let previous: [UInt8]
    let hash: [UInt8]
    let request: Body
    let response: Body?

    enum Body {
      case intact, altered, missing
    }
  }

  /// Follows the chain row by row.
  struct Verifier {
    private(set) var head: Digest
    private(set) var count = 0

    init(genesis: Digest) { head = genesis }

    /// - Throws: `ChainBreak` for the first row that does not fit.
    mutating func follow(_ link: Link) throws(ChainBreak) {
      guard link.attempt == count + 1 else { throw ChainBreak(attempt: count + 1, .attemptMissing) }
      guard link.previous == head.bytes else { throw ChainBreak(attempt: link.attempt, .previousDiffers) }
      let computed = HashChain.hash(link.fields)
      guard link.hash == computed.bytes else { throw ChainBreak(attempt: link.attempt, .contentDiffers) }
      switch link.request {
      case .intact: break
      case .altered: throw ChainBreak(attempt: link.attempt, .requestBodyDiffers)
      case .missing: throw ChainBreak(attempt: link.attempt, .requestBodyMissing)
      }
      switch link.response {
      case .intact, nil: break
      case .altered: throw ChainBreak(attempt: link.attempt, .responseBodyDiffers)
      case .missing: throw ChainBreak(attempt: link.attempt, .responseBodyMissing)
      }
      head = computed
      count = link.attempt
    }
  }
}
