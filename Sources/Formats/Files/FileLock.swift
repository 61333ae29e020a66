import Foundation

/// Holds a name for one process at a time while something is made under it: an advisory lock (`flock`) on a file beside it, which
/// says who holds it. It goes with the process, however that ends; the file goes with the lock.
///
/// Where a file system has no such locks (some network shares), nothing is held: what is made is then still linked without
/// replacing anything, and remains of others are left alone.
package final class FileLock: Sendable {
  private let file: String
  private let descriptor: Int32

  private init(file: String, descriptor: Int32) {
    self.file = file
    self.descriptor = descriptor
  }

  deinit { release(descriptor, file) }

  private static let ending = "retort-lock"

  /// - Parameter patience: how long another process is waited for.
  /// - Returns: nil where the file system has no locks.
  /// - Throws: `FileError.inUse` with the process that holds the name, `.unwritable`, also where a file that is no lock has
  ///   its name: it is somebody's, and stays as it is.
  package static func take(beside target: String, patience: Duration) throws -> FileLock? {
    let file = UnfinishedFile.hidden(target, ending: ending)
    let end = ContinuousClock.now + patience
    while true {
      let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw FileBytes.unwritable(target) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        // Whoever held it before may have taken the file away between our opening and our locking.
        guard UnfinishedFile.isSame(descriptor, file) else {
          close(descriptor)
          continue
        }
        guard isLock(descriptor) else {
          close(descriptor)
          throw FileError.unwritable(file: target, reason: "\(file) is in the way, and is no lock of this program")
        }
        let owner = Array("\(getpid())\n".utf8)
        ftruncate(descriptor, 0)
        _ = pwrite(descriptor, owner, owner.count, 0)
        return FileLock(file: file, descriptor: descriptor)
      }
      let code = errno
      let holder = FileHolder(written: FileBytes.start(of: descriptor, count: 20))
      close(descriptor)
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else { return nil }
      guard ContinuousClock.now < end else { throw FileError.inUse(file: target, holder: holder) }
      usleep(20_000)
    }
  }
}

extension FileLock {
  /// Whether a file is empty, or holds the number of a process and nothing more, as a killed one leaves it.
  private static func isLock(_ descriptor: Int32) -> Bool {
    let most = 20
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= most else {
      return false
    }
    let text = FileBytes.start(of: descriptor, count: most).utf8
    return text.isEmpty
      || (text.last == UInt8(ascii: "\n")
        && text.dropLast().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  }
}

private func release(_ descriptor: Int32, _ file: String) {
  // Taken away while it is held: whoever waits for it sees that and makes a new one.
  if UnfinishedFile.isSame(descriptor, file) { unlink(file) }
  close(descriptor)
}
