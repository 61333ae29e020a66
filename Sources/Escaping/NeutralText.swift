/// Text that a model, an endpoint or a file brought, made harmless for the place where it is shown: one function for each
/// target. A runner takes a line of a log for a command, a comment takes a name for a mention, a page takes a tag for markup.
///
/// JSON is in `JSONText`, tables for spreadsheets in `CSVField`, trees in Newick's notation in `NeighbourTree`.
package enum NeutralText {
  private static let gap = "\u{200B}"

  /// For a line of a terminal or a log: printable, and nothing that a runner takes for a command. Those of GitHub, Azure and
  /// TeamCity begin with `::` or with `##` and a bracket (`##[`, `##vso[`, `##teamcity[`); GitLab's sections need a control
  /// character.
  ///
  /// A runner that skips the gap when it compares, as .NET does for a culture, does not skip it when it cuts the name of the
  /// command out, and finds none of that name.
  package static func log(_ text: String) -> String {
    text.replacingScalars { scalar, before in
      switch scalar {
      case ":" where before == ":": gap + ":"
      case "#" where before == "#": gap + "#"
      // Harmless itself, so that what was made harmless before stays as it is.
      case "\u{200B}": nil
      default: scalar.printable
      }
    }
  }

  /// For text or an attribute in quotes of HTML, SVG and XML; line ends stay. Printed into a log it commands nothing either.
  ///
  /// A mark in front of the text is written as a reference; what joins the text to the tag behind it (U+0600 and its like)
  /// has no such form and needs none.
  package static func markup(_ text: String) -> String {
    text.replacingScalars { scalar, before in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      case ":" where before == ":", "#" where before == "#": scalar.reference
      case "\n": nil
      default: scalar.printable ?? (before == nil && scalar.isMark ? scalar.reference : nil)
      }
    }
  }

  /// The same on one line.
  package static func xml(_ text: String) -> String { markup(text.printable) }

  /// For a line of Markdown, or a part of one: see ``MarkdownText``.
  package static func markdown(_ text: String) -> String { MarkdownText().escapeText(text) }

  /// For a block of its own in Markdown: between fences that are longer than any run of backticks in it.
  package static func fenced(_ text: String) -> String {
    var (run, longest) = (0, 0)
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return "\(fence)text\n\(lines.map { log(String($0)) }.joined(separator: "\n"))\n\(fence)"
  }

  /// The message of a workflow command.
  ///
  /// - Source: `command.ts` of actions/toolkit: `%`, CR and LF are escaped in a message, `:` and `,` in a property as well.
  package static func workflowMessage(_ text: String) -> String {
    log(text).replacingScalars { scalar, _ in scalar == "%" ? "%25" : nil }
  }

  package static func workflowProperty(_ text: String) -> String {
    workflowMessage(text).replacingScalars { scalar, _ in scalar == ":" ? "%3A" : scalar == "," ? "%2C" : nil }
  }
}

extension String {
  /// The text as a line of a terminal or of a log that a runner reads: no control characters, and no workflow commands.
  package var harmless: String { NeutralText.log(self) }

  /// The text as Markdown that shows it and does nothing else.
  package var markdown: String { NeutralText.markdown(self) }

  /// The text as text or an attribute of HTML, SVG and XML.
  package var markup: String { NeutralText.markup(self) }
}
