import Escaping
package import Formats
import Foundation

/// Everything that a command says on standard output. What cannot be written whole is an error, never a silence: a script that
/// reads exit codes must not take half a result for a result.
package enum StandardOutput {
  /// Lines of plain text: no control characters, no command of a terminal or of a runner, whatever a model's name holds.
  package static func say(_ line: String) throws { try say([line]) }

  package static func say(_ lines: [String]) throws { try write(lines.map { $0.harmless + "\n" }.joined()) }

  /// Lines in which every text is harmless already, and the program's own marks for a terminal are not.
  package static func lines(_ lines: [String]) throws { try write(lines.map { $0 + "\n" }.joined()) }

  /// A document of canonical JSON on one line, written so that it commands nothing; its shape is in `Reports/schema`.
  package static func json(_ document: JSONValue) throws { try write(JSONText.inert(document.canonical) + "\n") }

  /// - Parameters:
  ///   - document: what is printed if `json` is asked for.
  ///   - lines: printed otherwise.
  package static func write(
    _ document: @autoclosure () -> JSONValue, or lines: @autoclosure () -> [String], json: Bool
  ) throws {
    if json { try self.json(document()) } else { try say(lines()) }
  }

  /// Text that was escaped for its own format.
  package static func write(_ text: String) throws { try write(Array(text.utf8)) }

  package static func write(_ bytes: [UInt8]) throws {
    if let code = StandardStream.write(bytes, to: STDOUT_FILENO) { throw OutputLost(code: code) }
  }
}
