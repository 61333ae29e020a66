import Foundation
import Reporting

/// What is said beside the data: on standard error, neutralised, so that no model's name or answer can command the
/// terminal.
enum Talk {
  static func say(_ line: String) {
    FileHandle.standardError.write(Data((line.printable + "\n").utf8))
  }

  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }
}
