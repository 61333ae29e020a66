import Escaping
package import Formats
import Foundation

/// What is said beside the data: on standard error, neutralised, so that no model's name or answer can command the
/// terminal or the runner that keeps the log. It is talk: a stream that takes none of it changes nothing.
package enum Talk {
  package static func say(_ line: String) { write(line.harmless + "\n") }

  /// The last words of a command that failed.
  package static func fail(_ line: String) {
    write(TerminalStyle.standardError.error("retort:") + " " + line.harmless + "\n")
  }

  package static func json(_ document: JSONValue) { write(JSONText.inert(document.canonical) + "\n") }

  /// Text that is known to be harmless.
  package static func write(_ text: String) { _ = StandardStream.write(Array(text.utf8), to: STDERR_FILENO) }
}
