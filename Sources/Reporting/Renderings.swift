package import Formats
import Foundation
import Mustache

extension Report {
  /// `report.md`.
  ///
  /// - Parameter result: SHA-256 of the `result.json` that stands beside it; nil computes it.
  package func markdown(result: Digest? = nil) throws -> String {
    try Self.render(ReportTemplates.markdown, ReportView(self, result: result ?? Digest(of: json())))
  }

  /// `report.html`: one file that needs no script and refers to nothing outside itself.
  package func html(result: Digest? = nil) throws -> String {
    // See `json()`: for whoever prints the file into a log.
    try Self.render(ReportTemplates.html, ReportView(self, result: result ?? Digest(of: json())))
      .replacingOccurrences(of: "##[", with: "##&#91;")
  }

  /// The verdict as the command prints it: one paragraph for each candidate, then what is not said.
  package var verdictLines: [String] {
    verdicts.map { "\($0.standing.mark) \($0.sentence)".printable } + [likelihoodRatio.statement]
  }

  private static func render(_ template: String, _ view: ReportView) throws -> String {
    MustacheContentTypes.register(MarkdownText(), named: "MARKDOWN")
    var library = MustacheLibrary()
    try library.register(ReportTemplates.markdownTable, named: "markdown-table")
    try library.register(ReportTemplates.htmlTable, named: "html-table")
    try library.register(RelationsTemplates.markdown, named: "markdown-relations")
    try library.register(RelationsTemplates.html, named: "html-relations")
    try library.register(ReportTemplates.markdownBlock, named: "markdown-block")
    try library.register(ReportTemplates.htmlBlock, named: "html-block")
    try library.register(ReportTemplates.markdownSection, named: "markdown-section")
    try library.register(ReportTemplates.htmlSection, named: "html-section")
    return try MustacheTemplate(string: template).render(view, library: library)
  }
}

extension String {
  /// The text as Markdown that shows it and does nothing else.
  package var markdown: String { MarkdownText().escapeText(printable) }
}

/// Escapes what Markdown or the HTML within it would take for markup.
struct MarkdownText: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var result = ""
    var before: Character?
    for character in text {
      defer { before = character }
      switch character {
      // Two colons begin a command where a line of a log does.
      case ":" where before == ":": result += "\\:"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~", "@": result += "\\\(character)"
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
