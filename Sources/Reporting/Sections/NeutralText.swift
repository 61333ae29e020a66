import Foundation

/// Text that a model or an endpoint wrote, made harmless for the place where it is shown. A runner of GitHub takes a line of a log
/// for a command, a comment takes a name for a mention, a page takes a tag for markup.
enum NeutralText {
  /// For a log: no control characters, and nothing that a runner takes for a command (`::warning::`, `##[error]`).
  static func log(_ text: String) -> String {
    text.printable.replacingOccurrences(of: "::", with: ":\u{200B}:").replacingOccurrences(
      of: "##[", with: "#\u{200B}#[")
  }

  /// For a line of Markdown: escaped, and no mention; nothing that a log takes for a command either, since reports are printed.
  static func markdown(_ text: String) -> String {
    MarkdownText().escapeText(log(text)).replacingOccurrences(of: "@", with: "@\u{200B}")
  }

  /// For a block of its own in Markdown: between fences that are longer than any run of backticks in it.
  static func fenced(_ text: String) -> String {
    let longest = text.split(omittingEmptySubsequences: true, whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return
      "\(fence)text\n\(text.split(separator: "\n", omittingEmptySubsequences: false).map { log(String($0)) }.joined(separator: "\n"))\n\(fence)"
  }

  /// For text or an attribute of XML and HTML, where a log may show it too.
  static func xml(_ text: String) -> String { markup(log(text)) }

  /// Printable text for XML and HTML, as text or an attribute: nothing in it is markup.
  static func markup(_ text: String) -> String {
    // The last two code points of a plane are no characters in XML.
    let characters = text.unicodeScalars.map { $0.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(characters)).replacingOccurrences(of: "&", with: "&amp;")
      .replacingOccurrences(of: "<", with: "&lt;").replacingOccurrences(of: ">", with: "&gt;")
      .replacingOccurrences(of: "\"", with: "&quot;").replacingOccurrences(of: "'", with: "&#39;")
  }

  /// The message of a workflow command.
  ///
  /// - Source: `command.ts` of actions/toolkit: `%`, CR and LF are escaped in a message, `:` and `,` in a property as well.
  static func workflowMessage(_ text: String) -> String {
    log(text).replacingOccurrences(of: "%", with: "%25").replacingOccurrences(of: "\r", with: "%0D")
      .replacingOccurrences(of: "\n", with: "%0A")
  }

  static func workflowProperty(_ text: String) -> String {
    workflowMessage(text).replacingOccurrences(of: ":", with: "%3A").replacingOccurrences(of: ",", with: "%2C")
  }
}

extension String {
  /// The text as it may stand in a log that a runner reads: no control characters, and no workflow commands.
  package var harmless: String { NeutralText.log(self) }
}
