import Formats
import Rendering
package import Reporting

/// A report as its three files: `result.json`, and two renderings that name its digest.
package struct ReportFiles: Sendable {
  package let result: [UInt8]
  package let markdown: String
  package let html: String

  package init(_ report: Report) throws {
    result = try report.json()
    let digest = Digest(of: result)
    markdown = try report.markdown(result: digest)
    html = try report.html(result: digest)
  }

  package var named: [(name: String, bytes: [UInt8])] {
    [("result.json", result), ("report.md", Array(markdown.utf8)), ("report.html", Array(html.utf8))]
  }

  package func write(to folder: String) throws {
    for (name, bytes) in named { try FileBytes.write(bytes, to: "\(folder)/\(name)") }
  }
}
