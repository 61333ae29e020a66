import Foundation

/// The process that has a case file locked, as the system tells it: nothing is written beside the file, so nothing is left
/// behind by a process that was killed.
package struct FileHolder: Hashable, Sendable {
  package let process: Int
  /// Its command line, where the system shows it.
  package let command: String?

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

  /// nil unless the text is the number of a process, as a lock's file holds it.
  init?(written text: String) {
    guard let process = Int(text.prefix { $0 != "\n" }), process > 0 else { return nil }
    self.init(process: process)
  }

  private init(process: Int) {
    self.process = process
    let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    command = words.isEmpty ? nil : words.joined(separator: " ")
  }
}
