import CZlib

/// What a compressed body says, as far as it must be known to find a key in it. Nobody asks endpoints for compression.
enum InflatedBody {
  case plain
  case inflated([UInt8])
  /// Compressed in a way that is not known, damaged, or longer than a body may be.
  case unknown

  /// - Parameters:
  ///   - encoding: value of `content-encoding`; nil if the response has none.
  ///   - limit: bytes that are read at most.
  init(_ body: [UInt8], encoding: String?, limit: Int) {
    let names = (encoding ?? "").lowercased().split { $0 == "," || $0 == " " }.filter { $0 != "identity" }
    let known: Set<Substring> = ["gzip", "x-gzip", "deflate"]
    var bytes = body
    // Compressed several times over: three times is more than anybody has a reason for.
    for _ in 0..<3 {
      let isMarked = bytes.starts(with: [0x1F, 0x8B]) || Self.isZlib(bytes)
      guard isMarked || !names.isEmpty else { break }
      guard let next = Self.inflate(bytes, wrapped: isMarked, limit: limit) else {
        self =
          names.allSatisfy(known.contains) && !bytes.starts(with: [0x1F, 0x8B]) && Self.isText(bytes)
          ? .plain : .unknown
        return
      }
      bytes = next
      if bytes.isEmpty || Self.isText(bytes) { break }
    }
    self = bytes == body ? .plain : .inflated(bytes)
  }

  /// RFC 1950: method 8, and a check of the first two bytes.
  private static func isZlib(_ bytes: [UInt8]) -> Bool {
    bytes.count > 2 && bytes[0] & 0x0F == 8 && bytes[0] >> 4 <= 7 && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
      && !isText(bytes)
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
      && !bytes.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }
  }

  /// - Parameter wrapped: with the head of gzip or zlib; without it, as some servers send what they call deflate.
  /// - Returns: as much as there is of a body that was cut; nil for what is no such data, or too much of it.
  private static func inflate(_ bytes: [UInt8], wrapped: Bool, limit: Int) -> [UInt8]? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard bytes.count <= limit, inflateInit2_(&stream, wrapped ? 15 + 32 : -15, ZLIB_VERSION, size) == Z_OK else {
      return nil
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var status = Z_OK
    return bytes.withUnsafeBufferPointer { input -> [UInt8]? in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      while stream.avail_in > 0 || status == Z_OK {
        // Several members may follow each other.
        if status == Z_STREAM_END, inflateReset(&stream) != Z_OK { return nil }
        let room = chunk.count
        let produced = chunk.withUnsafeMutableBufferPointer { buffer in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return room - Int(stream.avail_out)
        }
        output.append(contentsOf: chunk[..<produced])
        guard output.count <= limit else { return nil }
        // Nothing more is to be had: the body was cut.
        if status == Z_BUF_ERROR { break }
        guard status == Z_OK || status == Z_STREAM_END else { return nil }
      }
      return output
    }
  }
}
