import CZlib

/// Decompression of gzip files (RFC 1952), several members in a row included.
package enum Gzip {
  /// The bytes themselves unless they begin with gzip's magic number.
  ///
  /// - Throws: `FileError`, also for a file that unpacks to more than `Limits` allows: a bomb has a ratio that no text has.
  package static func inflateIfNeeded(_ bytes: [UInt8], file: String) throws -> [UInt8] {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    let most = Limits.unpackedBytes + bytes.count * Limits.unpackedRatio
    var stream = z_stream()
    guard retort_inflate_init_gzip(&stream) == Z_OK else { throw FileError.damagedGzip(file: file) }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var status = Z_OK
    try bytes.withUnsafeBufferPointer { input in
      // zlib counts what is left by 32 bits, so it gets a piece at a time.
      var given = 0
      func give() {
        guard stream.avail_in == 0, given < input.count else { return }
        let piece = min(input.count - given, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + given })
        stream.avail_in = UInt32(piece)
        given += piece
      }
      give()
      while status != Z_STREAM_END || stream.avail_in > 0 {
        if status == Z_STREAM_END, inflateReset(&stream) != Z_OK { throw FileError.damagedGzip(file: file) }
        let room = chunk.count
        let produced = chunk.withUnsafeMutableBufferPointer { buffer in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(room)
          status = inflate(&stream, Z_NO_FLUSH)
          return room - Int(stream.avail_out)
        }
        guard status == Z_OK || status == Z_STREAM_END else { throw FileError.damagedGzip(file: file) }
        guard output.count + produced <= most else {
          throw FileError.fileTooLarge(
            file: file,
            limit: "\(Limits.words(bytes: Limits.unpackedBytes)) and \(Limits.unpackedRatio) times its size, unpacked")
        }
        output.append(contentsOf: chunk[..<produced])
        give()
        // A cut file: nothing left to read, and no end of the stream.
        if status == Z_OK, stream.avail_in == 0, produced == 0 { throw FileError.damagedGzip(file: file) }
      }
    }
    return output
  }
}
