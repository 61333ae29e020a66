import Mustache

extension Report {
  /// `report.md`.
  package func markdown() throws -> String { try Self.render(ReportTemplates.markdown, ReportView(self)) }

  /// `report.html`: one file that needs no script and refers to nothing outside itself.
  package func html() throws -> String { try Self.render(ReportTemplates.html, ReportView(self)) }

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
    for character in text {
      switch character {
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
