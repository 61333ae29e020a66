import CZlib

/// Decompression of gzip files (RFC 1952), several members in a row included.
package enum Gzip {
  /// The bytes themselves unless they begin with gzip's magic number.
  package static func inflateIfNeeded(_ bytes: [UInt8], file: String) throws -> [UInt8] {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    var stream = z_stream()
    guard retort_inflate_init_gzip(&stream) == Z_OK else { throw FileError.damagedGzip(file: file) }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 4)
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var status = Z_OK
    try bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
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
        output.append(contentsOf: chunk[..<produced])
        // A cut file: nothing left to read, and no end of the stream.
        if status == Z_OK, stream.avail_in == 0, produced == 0 { throw FileError.damagedGzip(file: file) }
      }
    }
    return output
  }
}
