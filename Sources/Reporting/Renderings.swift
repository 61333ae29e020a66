package import CaseFile

extension Report {
  /// `report.md`.
  ///
  /// - Parameter result: SHA-256 of the `result.json` that stands beside it; nil computes it.
  package func markdown(result: Digest? = nil) throws -> String {
    try EscapedTemplate(
      .markdown, ReportTemplates.markdown,
      parts: [
        "markdown-table": ReportTemplates.markdownTable, "markdown-relations": RelationsTemplates.markdown,
        "markdown-block": ReportTemplates.markdownBlock, "markdown-section": ReportTemplates.markdownSection,
      ]
    ).render(ReportView(self, result: result ?? Digest(of: json())))
  }

  /// `report.html`: one file that needs no script and refers to nothing outside itself.
  package func html(result: Digest? = nil) throws -> String {
    try EscapedTemplate(
      .html, ReportTemplates.html,
      parts: [
        "html-table": ReportTemplates.htmlTable, "html-relations": RelationsTemplates.html,
        "html-block": ReportTemplates.htmlBlock, "html-section": ReportTemplates.htmlSection,
      ]
    ).render(ReportView(self, result: result ?? Digest(of: json())))
  }

  /// The verdict as the command prints it: one paragraph for each candidate, then what is not said.
  package var verdictLines: [String] {
    verdicts.map { "\($0.standing.mark) \($0.sentence)".harmless } + [likelihoodRatio.statement]
  }
}
