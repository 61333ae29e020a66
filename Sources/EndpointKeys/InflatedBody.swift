import Formats

/// What a compressed body says, to read it and to find a key in it. Nobody asks endpoints for compression.
package enum InflatedBody {
  case plain
  case inflated([UInt8])
  /// Compressed in a way that is not known, more often than anybody has a reason for, damaged, or longer than a body may be.
  case unknown

  /// Compressions within each other that are taken off.
  private static let deepest = 3

  /// - Parameters:
  ///   - encoding: value of `content-encoding`; nil if the response has none.
  ///   - limit: bytes that are read at most.
  ///   - takingCut: whether there is as much to read of a body that was cut off as came of it.
  package init(_ body: [UInt8], encoding: String?, limit: Int, takingCut: Bool) {
    let names = (encoding ?? "").lowercased().split { $0 == "," || $0 == " " }.filter { $0 != "identity" }
    let known: Set<Substring> = ["gzip", "x-gzip", "deflate"]
    var bytes = body
    for _ in 0..<Self.deepest {
      let isHeaded = Self.isGzip(bytes) || Self.isZlib(bytes)
      guard isHeaded || !names.isEmpty else { break }
      guard bytes.count <= limit,
        let next = try? Inflation.bytes(of: bytes, isHeaded ? .headed : .bare, limit: limit, takingCut: takingCut)
      else {
        self = names.allSatisfy(known.contains) && !Self.isGzip(bytes) && Self.isText(bytes) ? .plain : .unknown
        return
      }
      bytes = next
      if bytes.isEmpty || Self.isText(bytes) { break }
    }
    self = Self.isCompressed(bytes) ? .unknown : bytes == body ? .plain : .inflated(bytes)
  }

  /// Whether bytes begin as those of a usual format do.
  private static func isCompressed(_ bytes: [UInt8]) -> Bool {
    isGzip(bytes) || isZlib(bytes) || (marks.contains { bytes.starts(with: $0) } && !isText(bytes))
  }

  /// Zstandard (RFC 8878) and its skippable frames, xz, bzip2, LZ4, compress, zip, 7z.
  private static let marks: [[UInt8]] =
    [[0x28, 0xB5, 0x2F, 0xFD]] + (0x50...0x5F).map { [$0, 0x2A, 0x4D, 0x18] }
    + [
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Array("BZh".utf8), [0x04, 0x22, 0x4D, 0x18], [0x1F, 0x9D],
      [0x50, 0x4B, 0x03, 0x04], [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
    ]

  private static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// RFC 1950: method 8, and a check of the first two bytes.
  private static func isZlib(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2 && bytes[0] & 0x0F == 8 && bytes[0] >> 4 <= 7 && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
      && !isText(bytes)
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
      && !bytes.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }
  }
}
