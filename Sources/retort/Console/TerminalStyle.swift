import Foundation

/// What may be written to a stream beside plain text.
///
/// `NO_COLOR` (no-color.org) forbids colours, else `CLICOLOR_FORCE` (bixense.com/clicolors) wants them even in a file,
/// else a terminal has them, unless it says with `TERM=dumb` that it has none.
struct TerminalStyle: Sendable {
  let hasColor: Bool
  /// Whether a line may be drawn anew in its place.
  let canRedraw: Bool

  init(isTerminal: Bool, environment: [String: String]) {
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

  static let standardError = TerminalStyle(
    isTerminal: isatty(STDERR_FILENO) == 1, environment: ProcessInfo.processInfo.environment)

  func error(_ text: String) -> String { hasColor ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
}
