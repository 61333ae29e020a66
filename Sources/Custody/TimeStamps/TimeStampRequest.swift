import Formats
import SwiftASN1

/// What is sent to a time-stamping authority (RFC 3161, 2.4.1): the SHA-256 of some bytes and a nonce, and never the bytes.
package struct TimeStampRequest: Hashable, Sendable {
  package let bytes: [UInt8]
  let imprint: Digest
  /// Without leading zeros.
  let nonce: [UInt8]

  /// - Parameter nonce: 8 random bytes unless given.
  package init(for message: [UInt8], nonce: [UInt8]? = nil) {
    let drawn = nonce ?? (0..<8).map { _ in UInt8.random(in: .min ... .max) }
    imprint = Digest(of: message)
    self.nonce = Array(drawn.drop { $0 == 0 })
    bytes = Self.encoded(imprint, self.nonce)
  }

  /// A request that was stored; nil for anything else.
  package init?(stored bytes: [UInt8]) {
    guard let fields = ASN1Node(value: bytes)?.parts(), fields.count == 4,
      let imprint = TimeStampToken.imprint(fields[1]), let nonce = fields[2].bytes(.integer)
    else { return nil }
    self.bytes = bytes
    self.imprint = imprint
    self.nonce = Array(nonce.drop { $0 == 0 })
  }

  private static func encoded(_ imprint: Digest, _ nonce: [UInt8]) -> [UInt8] {
    var serializer = DER.Serializer()
    serializer.appendConstructedNode(identifier: .sequence) { request in
      request.appendPrimitiveNode(identifier: .integer) { $0.append(1) }
      request.appendConstructedNode(identifier: .sequence) { stamped in
        stamped.appendConstructedNode(identifier: .sequence) { algorithm in
          algorithm.appendPrimitiveNode(identifier: .objectIdentifier) { $0 += sha256 }
          algorithm.appendPrimitiveNode(identifier: .null) { _ in }
        }
        stamped.appendPrimitiveNode(identifier: .octetString) { $0 += imprint.bytes }
      }
      request.appendPrimitiveNode(identifier: .integer) { content in
        // The first bit of an INTEGER is its sign.
        if nonce.first.map({ $0 >= 0x80 }) ?? true { content.append(0) }
        content += nonce
      }
      request.appendPrimitiveNode(identifier: .boolean) { $0.append(0xFF) }
    }
    return serializer.serializedBytes
  }

  /// 2.16.840.1.101.3.4.2.1
  private static let sha256: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
}
