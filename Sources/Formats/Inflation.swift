import CZlib

/// Decompression by zlib: of gzip (RFC 1952), zlib (RFC 1950) and deflate alone (RFC 1951), several members in a row included.
package enum Inflation {
  package enum Framing {
    /// With the head of gzip or of zlib, whichever it is.
    case headed
    /// Without one, as some servers send what they call deflate.
    case bare
  }

  package enum Problem: Error { case damaged, tooLong }

  /// - Parameters:
  ///   - limit: bytes of the result at most.
  ///   - takingCut: whether data that ends too early is taken for what there is of it, or for damaged.
  package static func bytes(
    of packed: [UInt8], _ framing: Framing, limit: Int, takingCut: Bool = false
  ) throws(Problem) -> [UInt8] {
    try packed.withUnsafeBufferPointer { input throws(Problem) in
      try inflate(input, framing, limit: limit, takingCut: takingCut)
    }
  }

  private static func inflate(
    _ input: UnsafeBufferPointer<UInt8>, _ framing: Framing, limit: Int, takingCut: Bool
  ) throws(Problem) -> [UInt8] {
    var stream = z_stream()
    // 32: the head says which of the two it is. Below 0: there is none.
    let window: Int32 = framing == .headed ? 15 + 32 : -15
    guard inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .damaged
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var status = Z_OK
    var given = 0
    while true {
      // zlib counts what is left by 32 bits, so it gets a piece at a time.
      if stream.avail_in == 0, given < input.count {
        let piece = min(input.count - given, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + given })
        stream.avail_in = UInt32(piece)
        given += piece
      }
      if status == Z_STREAM_END {
        if stream.avail_in == 0 { return output }
        guard inflateReset(&stream) == Z_OK else { throw .damaged }
      }
      let produced = chunk.withUnsafeMutableBufferPointer { buffer in
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        status = CZlib.inflate(&stream, Z_NO_FLUSH)
        return buffer.count - Int(stream.avail_out)
      }
      guard output.count + produced <= limit else { throw .tooLong }
      output.append(contentsOf: chunk[..<produced])
      switch status {
      case Z_OK, Z_STREAM_END: continue
      // Nothing left to read, and no end of the stream.
      case Z_BUF_ERROR where takingCut: return output
      default: throw .damaged
      }
    }
  }
}
