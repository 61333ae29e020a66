import Formats
import Foundation
import Reporting
import Terminal

/// What is said beside the data: on standard error, neutralised, so that no model's name or answer can command the
/// terminal or the runner that keeps the log. It is talk: a stream that takes none of it changes nothing.
enum Talk {
  static func say(_ line: String) { write(line.harmless + "\n") }

  /// The last words of a command that failed.
  static func fail(_ line: String) {
    write(TerminalStyle.standardError.error("retort:") + " " + line.harmless + "\n")
  }

  static func json(_ document: JSONValue) { write(JSONText.inert(document.canonical) + "\n") }

  /// Text that is known to be harmless.
  static func write(_ text: String) { _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}
