import Foundation

/// A file that only ever grows, held for one process at a time (`flock` on the file itself) from its opening on.
///
/// Where a file system has no such locks, additions still stand one after the other (`O_APPEND`); what is read before may
/// then be older than what others have just added.
package final class GrowingFile {
  private let file: String
  private let descriptor: Int32

  /// Makes the file if there is none. Waits for whoever has it open: nobody keeps it for long.
  package init(_ file: String) throws {
    self.file = file
    guard !FileBytes.isSpecial(file) else {
      throw FileError.unwritable(file: file, reason: "it is no file: what was added could not be read again")
    }
    descriptor = open(file, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileBytes.unwritable(file) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  deinit { close(descriptor) }

  /// The whole file.
  ///
  /// - Throws: `FileError`, also for more than `limit` bytes.
  package func bytes(upTo limit: Int = Limits.fileBytes) throws -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FileError.unreadable(file: file, reason: FileBytes.systemReason())
    }
    return try FileBytes.read(descriptor, of: file, upTo: limit)
  }

  /// All of it or nothing; on the disk when this returns.
  package func append(_ bytes: some Sequence<UInt8>) throws {
    let bytes = Array(bytes)
    let before = lseek(descriptor, 0, SEEK_END)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = FileBytes.systemReason()
        // A disk that is full takes a part: half a line is worse than none.
        if before >= 0, written > 0 { ftruncate(descriptor, before) }
        throw FileError.unwritable(file: file, reason: reason)
      }
      written += count
    }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw FileBytes.unwritable(file)
    }
  }
}
