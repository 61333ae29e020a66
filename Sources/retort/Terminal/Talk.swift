import Foundation
import Reporting

/// What is said beside the data: on standard error, neutralised, so that no model's name or answer can command the
/// terminal.
enum Talk {
  static func say(_ line: String) { write(line.printable + "\n") }

  /// The last words of a command that failed.
  static func fail(_ line: String) {
    write(TerminalStyle.standardError.error("retort:") + " " + line.printable + "\n")
  }

  /// Text that is known to be harmless.
  static func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
