import Crypto

/// SHA-256 of some bytes (FIPS 180-4).
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  package let bytes: [UInt8]

  package init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    let copied: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if copied == nil { hash.update(data: Array(bytes)) }
    self.bytes = Array(hash.finalize())
  }

  package init(of text: String) { self.init(of: text.utf8) }

  /// The digest of bytes that come in pieces.
  struct Running {
    private var hash = SHA256()

    mutating func add(_ piece: [UInt8]) { hash.update(data: piece) }

    var finished: Digest { Digest(finished: Array(hash.finalize())) }
  }

  private init(finished bytes: [UInt8]) { self.bytes = bytes }

  /// A digest that was stored; nil unless it is 32 bytes long.
  package init?(stored bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// A digest that was written down; nil unless it is 64 hexadecimal digits.
  package init?(hex: String) {
    let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64, hex.utf8.count == 64 else { return nil }
    bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// 64 hexadecimal digits, lower case.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package var description: String { hex }
}
