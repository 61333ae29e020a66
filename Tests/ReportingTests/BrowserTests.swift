import Foundation
import Likelihood
import Reporting
import TestSupport
import Testing

/// The report as a reader sees it: in a browser, on paper.
@Suite("Report in a browser", .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
struct BrowserTests {
  static let hostile = [
    "<script>parent.reached=true</script>", "<img src=http://127.0.0.1:9/x onerror=parent.reached=true>",
    "a\u{202E}b|c`d`", "\u{1B}]0;t\u{7}\u{1B}[2J", "\"onload=\"parent.reached=true", "::error::x%0A{{{html}}}",
  ]

  @Test("no name makes a script run or a request leave, and each is there as text")
  func hostileNames() async throws {
    let html = try await ReportTests.report(ReportTests.contents(names: Self.hostile)).html()
    let found = try #require(try HeadlessBrowser.layouts(of: html, widths: [1_280]).first)
    #expect(!found.reached && found.scripts == 0 && found.requests.isEmpty && found.errors.isEmpty)
    for name in Self.hostile { #expect(found.text.contains(name.printable), "\(name.printable)") }
  }

  @Test("the watching page sees scripts and requests where there are some")
  func watching() throws {
    let html =
      "<p>x<img src='http://127.0.0.1:9/x'><script>parent.reached = true</script><div style='width:999px'>wide</div>"
    let found = try #require(try HeadlessBrowser.layouts(of: html, widths: [390]).first)
    #expect(found.reached)
    #expect(found.scripts == 1)
    #expect(found.scrollWidth > 390)
    #expect(!found.requests.isEmpty)
  }

  @Test("nothing hangs over on a phone, a laptop and at the width of a printed page")
  func fits() async throws {
    let html = try await ReportTests.ratios().report.html()
    for found in try HeadlessBrowser.layouts(of: html, widths: [390, 794, 1_280]) {
      #expect(found.scrollWidth <= found.width, "\(found.scrollWidth) at \(found.width)")
      #expect(found.errors.isEmpty && found.requests.isEmpty)
    }
  }

  @Test(
    "on paper every page has its number, and no word lies outside",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext"), "skipped: no pdftotext here"))
  func paper() async throws {
    let pdf = try HeadlessBrowser.pdf(of: try await ReportTests.ratios().report.html())
    let boxes = try Self.boxes(pdf)
    let pages = boxes.components(separatedBy: "<page ").dropFirst()
    #expect(pages.count > 1)
    for (index, page) in pages.enumerated() {
      let words = page.matches(of: /xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</)
      let width = try #require(page.firstMatch(of: /width="([\d.]+)"/).flatMap { Double($0.1) })
      #expect(words.allSatisfy { (Double($0.1) ?? -1) >= 0 && (Double($0.3) ?? width + 1) <= width })
      let lowest = words.sorted { (Double($0.2) ?? 0) < (Double($1.2) ?? 0) }.suffix(3).map { String($0.5) }
      #expect(lowest == ["\(index + 1)", "/", "\(pages.count)"])
    }
  }

  /// Words of a PDF with their places, by poppler's pdftotext.
  private static func boxes(_ pdf: Data) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a.pdf"), text = folder.appendingPathComponent("a.xml")
    try pdf.write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/pdftotext")
    process.arguments = ["-bbox", file.path, text.path]
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: text), as: UTF8.self)
  }
}
