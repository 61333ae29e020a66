import Foundation

/// What may be written to a stream beside plain text.
///
/// `NO_COLOR` (no-color.org) forbids colours, else `CLICOLOR_FORCE` (bixense.com/clicolors) wants them even in a file,
/// else a terminal has them, unless it says with `TERM=dumb` that it has none.
package struct TerminalStyle: Sendable {
  let hasColor: Bool
  /// Whether a line may be drawn anew in its place.
  package let canRedraw: Bool

  package init(isTerminal: Bool, environment: [String: String]) {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    let isDumb = environment["TERM"] == "dumb"
    canRedraw = isTerminal && !isDumb
    if isSet("NO_COLOR") {
      hasColor = false
    } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
      hasColor = true
    } else {
      hasColor = isTerminal && !isDumb
    }
  }

  package static let standardError = TerminalStyle(
    isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)

  package static let standardOutput = TerminalStyle(
    isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment)

  /// Columns of the terminal that standard output goes to; nil where it goes elsewhere.
  package static var width: Int? {
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  package func bold(_ text: String) -> String { hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  package func error(_ text: String) -> String { hasColor ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
}
