import Formats
import Foundation

extension FileHolder {
  /// The process that has a case file locked, as the system tells it: nothing is written beside the file, so nothing is left
  /// behind by a process that was killed.
  ///
  /// nil if no other process holds a lock that SQLite would wait for, or if it runs where its number means nothing.
  ///
  /// - Source: "Database File Format" and "File Locking" of SQLite: locks are taken on 512 bytes from 2³⁰ on.
  init?(of file: String) {
    let descriptor = open(file, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 0x4000_0000
    lock.l_len = 512
    guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK), lock.l_pid > 0 else { return nil }
    self.init(process: Int(lock.l_pid))
  }
}
