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

  /// - Parameter patience: how long another process is waited for.
  /// - Returns: nil where the file system has no locks.
  /// - Throws: `CaseFileError.caseInUse` with the process that holds the name, `.unwritable`.
  package static func take(beside target: String, patience: Duration) throws -> FileLock? {
    let file = UnfinishedFile.hidden(target, ending: "lock")
    let end = ContinuousClock.now + patience
    while true {
      let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw CaseFileError.unwritable(file: target, reason: FileBytes.systemReason()) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        // Whoever held it before may have taken the file away between our opening and our locking.
        guard UnfinishedFile.isSame(descriptor, file) else {
          close(descriptor)
          continue
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
      guard ContinuousClock.now < end else { throw CaseFileError.caseInUse(file: target, holder: holder) }
      usleep(20_000)
    }
  }
}

private func release(_ descriptor: Int32, _ file: String) {
  // Taken away while it is held: whoever waits for it sees that and makes a new one.
  if UnfinishedFile.isSame(descriptor, file) { unlink(file) }
  close(descriptor)
}
