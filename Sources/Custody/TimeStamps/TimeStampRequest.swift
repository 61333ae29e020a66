import Formats

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
    typealias Tag = DERValue.Tag
    bytes = DERValue.encoded(
      Tag.sequence,
      DERValue.encoded(unsigned: [1])
        + DERValue.encoded(
          Tag.sequence,
          DERValue.encoded(Tag.sequence, ObjectIdentifier.sha256 + DERValue.encoded(0x05, []))
            + DERValue.encoded(Tag.octetString, imprint.bytes))
        + DERValue.encoded(unsigned: drawn)
        + DERValue.encoded(Tag.boolean, [0xFF]))
  }

  /// A request that was stored; nil for anything else.
  package init?(stored bytes: [UInt8]) {
    guard let fields = DERValue(bytes)?.parts(DERValue.Tag.sequence), fields.count == 4,
      let imprint = TimeStampToken.imprint(fields[1]), let nonce = fields[2].bytes(DERValue.Tag.integer)
    else { return nil }
    self.bytes = bytes
    self.imprint = imprint
    self.nonce = Array(nonce.drop { $0 == 0 })
  }

  private enum ObjectIdentifier {
    /// 2.16.840.1.101.3.4.2.1
    static let sha256 = DERValue.encoded(
      DERValue.Tag.identifier, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01])
  }
}
