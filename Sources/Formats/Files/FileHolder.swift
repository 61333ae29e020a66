import Foundation

/// The process that has a file locked.
package struct FileHolder: Hashable, Sendable {
  package let process: Int
  /// Its command line, where the system shows it.
  package let command: String?

  /// nil unless the text is the number of a process, as a lock's file holds it.
  init?(written text: String) {
    guard let process = Int(text.prefix { $0 != "\n" }), process > 0 else { return nil }
    self.init(process: process)
  }

  /// - Parameter process: its number.
  package init(process: Int) {
    self.process = process
    let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    command = words.isEmpty ? nil : words.joined(separator: " ")
  }
}
