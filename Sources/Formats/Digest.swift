import Crypto

/// SHA-256 of some bytes (FIPS 180-4).
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes as four numbers, the first byte on top: many digests are held at once, and none of these needs memory
  /// of its own.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// 32 bytes.
  package var bytes: [UInt8] {
    let words = words
    return [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      let big = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
      withUnsafeBytes(of: big) { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      count = 32
    }
  }

  package init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    let copied: Void? = bytes.withContiguousStorageIfAvailable {
      hash.update(bufferPointer: UnsafeRawBufferPointer($0))
    }
    if copied == nil { hash.update(data: Array(bytes)) }
    self.init(hash.finalize())
  }

  package init(of text: String) { self.init(of: text.utf8) }

  /// The digest of bytes that come in pieces.
  package struct Running {
    private var hash = SHA256()

    package init() {}

    package mutating func add(_ piece: [UInt8]) { hash.update(data: piece) }

    package mutating func add(_ piece: Digest) {
      withUnsafeBytes(of: piece.bigEndian) { hash.update(bufferPointer: $0) }
    }

    package var finished: Digest { Digest(hash.finalize()) }
  }

  private var bigEndian: (UInt64, UInt64, UInt64, UInt64) {
    (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
  }

  private init(_ finished: SHA256.Digest) {
    words = finished.withUnsafeBytes { Self.words($0) }
  }

  /// A digest that was stored; nil unless it is 32 bytes long.
  package init?(stored bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    words = bytes.withUnsafeBytes { Self.words($0) }
  }

  /// - Precondition: there are 32 bytes.
  private static func words(_ bytes: UnsafeRawBufferPointer) -> (UInt64, UInt64, UInt64, UInt64) {
    func word(_ place: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
    }
    return (word(0), word(1), word(2), word(3))
  }

  /// Stands where there is none before: no bytes are known that have it.
  package static let zero = Digest(words: (0, 0, 0, 0))

  private init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// A digest that was written down; nil unless it is 64 hexadecimal digits.
  package init?(hex: String) {
    let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64, hex.utf8.count == 64 else { return nil }
    self.init(stored: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }

  /// A digest as `hex` writes it; nil for any other text.
  package init?(lowerHex text: String) {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
    self.init(hex: text)
  }

  /// 64 hexadecimal digits, lower case.
  package var hex: String { Hexadecimal.text(bytes) }

  package var description: String { hex }

  package static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

  package func hash(into hasher: inout Hasher) {
    // Any part of a digest is as good as all of it.
    hasher.combine(words.0)
    hasher.combine(words.3)
  }
}

/// In the order of their bytes, which is that of their hexadecimal digits.
extension Digest: Comparable {
  package static func < (a: Digest, b: Digest) -> Bool { a.words < b.words }
}
