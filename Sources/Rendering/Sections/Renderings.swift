import Escaping
package import Formats
import Reporting

extension Report {
  /// `report.md`.
  ///
  /// - Parameter result: SHA-256 of the `result.json` that stands beside it; nil computes it.
  package func markdown(result: Digest? = nil) throws -> String {
    try EscapedTemplate(
      .markdown, ReportTemplates.markdown,
      parts: [
        "markdown-table": ReportTemplates.markdownTable,
        "markdown-block": ReportTemplates.markdownBlock, "markdown-section": ReportTemplates.markdownSection,
      ]
    ).render(ReportDocument(self, result: result ?? Digest(of: json())))
  }

  /// `report.html`: one file that needs no script and refers to nothing outside itself.
  package func html(result: Digest? = nil) throws -> String {
    try EscapedTemplate(
      .html, ReportTemplates.html,
      parts: [
        "html-table": ReportTemplates.htmlTable,
        "html-block": ReportTemplates.htmlBlock, "html-section": ReportTemplates.htmlSection,
      ]
    ).render(ReportDocument(self, result: result ?? Digest(of: json())))
  }
}
