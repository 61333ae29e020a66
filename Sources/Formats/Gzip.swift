/// Decompression of gzip files (RFC 1952), several members in a row included.
package enum Gzip {
  /// The bytes themselves unless they begin with gzip's magic number.
  ///
  /// - Parameter limit: bytes of the result at most, whatever the size of the file.
  /// - Throws: `FileError`, also for a file that unpacks to more than `Limits` allows: a bomb has a ratio that no text has.
  package static func inflateIfNeeded(
    _ bytes: [UInt8], file: String, upTo limit: Int = Limits.fileBytes
  ) throws -> [UInt8] {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return bytes }
    let byRatio = Limits.unpackedBytes + bytes.count * Limits.unpackedRatio
    do {
      return try Inflation.bytes(of: bytes, .headed, limit: min(byRatio, limit))
    } catch .damaged {
      throw FileError.damagedGzip(file: file)
    } catch .tooLong {
      let ratio = "\(Limits.words(bytes: Limits.unpackedBytes)) and \(Limits.unpackedRatio) times its size"
      throw FileError.fileTooLarge(
        file: file, limit: "\(byRatio <= limit ? ratio : Limits.words(bytes: limit)), unpacked")
    }
  }
}
