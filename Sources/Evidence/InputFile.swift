import Formats
import Foundation

/// A file that is read at any place.
final class InputFile: Sendable {
  let size: Int
  private let path: String
  private let descriptor: Int32

  /// nil if there is no such file. Never waits: a pipe is opened like a file, and then told apart.
  init?(_ path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    self.path = path
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw FileError.unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError.unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    // A pipe or a device has no size, and so is no archive.
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Fewer than `count` only at the end of the file.
  func bytes(from offset: Int, count: Int) throws -> [UInt8] {
    let wanted = max(0, min(count, size - offset))
    return try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      while filled < wanted, let start = buffer.baseAddress {
        let read = pread(descriptor, start + filled, wanted - filled, off_t(offset + filled))
        if read < 0, errno == EINTR { continue }
        guard read >= 0 else { throw FileError.unreadable(file: path, reason: String(cString: strerror(errno))) }
        if read == 0 { break }
        filled += read
      }
    }
  }
}
