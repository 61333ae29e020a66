import Escaping
import Formats
import Foundation
import Likelihood
import Rendering
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

  @Test("on a laptop no name, number or moment is broken in a table, and a broken one is seen")
  func words() async throws {
    for shape in [Shape.groups, .longNames] {
      let html = try await shape.report().html
      let found = try #require(try HeadlessBrowser.layouts(of: html, widths: [1_280]).first)
      #expect(found.broken.isEmpty && found.scrollWidth <= found.width, "\(found.broken)")
    }
    let narrow = "<table style='width:60px'><tbody><tr><td>gpt-4-0125-preview<td>two words</table>"
    #expect(try HeadlessBrowser.layouts(of: narrow, widths: [1_280]).first?.broken == ["gpt-4-0125-preview"])
  }

  @Test("tables say which of their columns may be broken: none where all fit on a sheet, else those of most words")
  func columns() async throws {
    let html = try await Shape.longNames.report().html
    func style(_ caption: String) -> String? {
      html.components(separatedBy: "<table").first { $0.contains("</b> \(caption)") }?.components(separatedBy: ">")
        .first
    }
    let channels = try #require(style("Channels of teacher"))
    #expect(channels.contains(#/class="cards k[0-9a-f]+ fit/#), "\(channels)")
    // Sentences are broken, the numbers beside them are not.
    let ratios = try #require(style("Likelihood ratios of teacher"))
    #expect(ratios.contains(#/class="cards k[0-9a-f]+ fit b5"/#), "\(ratios)")
  }

  @Test("each cell of a card has the head of its column before it, from the style sheet alone")
  func cards() async throws {
    let html = try await Shape.groups.report().html
    let sheet = try #require(html.components(separatedBy: "</style>").first)
    let tables = html.components(separatedBy: "<table class=\"cards ").dropFirst()
    #expect(tables.count > 5 && !html.contains("data-label"))
    for table in tables {
      let style = table.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
      let heads = table.components(separatedBy: "<tbody>")[0].matches(of: /<th scope=col>([^<\n]*)/).map {
        String($0.1)
      }
      #expect(heads.count > 3)
      for (place, head) in heads.enumerated().dropFirst() where !head.isEmpty {
        // Escaped there as here but for marks: letters are the same.
        let start = ".\(style) td:nth-child(\(place + 1))::before{content:\""
        let rule = try #require(sheet.components(separatedBy: start).dropFirst().first, "\(head)")
        let words = head.prefix { $0.isASCII && $0.isLetter || $0 == " " }
        #expect(rule.hasPrefix(words) && rule.prefix(400).contains(": \"}"), "\(head)")
      }
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

  /// A case by what its first page has to hold.
  enum Shape: String, CaseIterable {
    case demo, twenty, groups, many, longNames

    func report() async throws -> AnswerTests.Found {
      switch self {
      case .demo: return try await AnswerTests.found(candidates: 2, cohort: 7)
      case .twenty: return try await AnswerTests.found(candidates: 20)
      case .groups:
        return try await AnswerTests.found(
          candidates: 3, developers: ["teacher1": "Alder", "teacher2": "Alder", "teacher3": "Birch"], groups: true)
      case .many:
        // Eight rows, and on the scale one for each of six candidates.
        let developers = (1...6).map { ("teacher\($0)", $0 < 4 ? "Alder" : "Birch") }
        return try await AnswerTests.found(
          candidates: 6, developers: Dictionary(uniqueKeysWithValues: developers), groups: true)
      case .longNames:
        let names = ["suspect", "teacher", "Llama-next"].map { "\($0)-405B-Instruct-Turbo-2026-11" }
        let contents = ReportFixtures.contents(
          models: names + (1...8).map { "c\($0)" }, candidates: 2, prompts: 40
        ) { ReportFixtures.voice($0, $1) }
        let report = try await ReportFixtures.report(contents, calibration: try AnswerFixtures.calibration())
        return try AnswerTests.Found(report)
      }
    }
  }

  @Test(
    "the first page is whole on one sheet: its answers, tables, figures and limits; the contents begin the second",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdftotext"), "skipped: no pdftotext here"),
    arguments: Shape.allCases)
  func firstSheet(shape: Shape) async throws {
    let found = try await shape.report()
    let pages = try Self.pages(HeadlessBrowser.pdf(of: found.html)).map(Self.letters)
    try #require(pages.count > 2)
    let sentences = (found.answer["sentences"]?.array ?? []).compactMap { $0["text"]?.string }
    let limits = (found.answer["limits"]?.array ?? []).compactMap(\.string)
    #expect(sentences.count >= 3 && limits.count >= 3)
    for text in sentences + limits { #expect(pages[0].contains(Self.letters(text)), "\(text)") }
    // Every table and figure that comes before the contents, by its number.
    let front = try #require(found.html.components(separatedBy: "<nav").first)
    let numbers = front.matches(of: /<b>((?:Table|Figure) \d+)<\/b>/).map { String($0.1) }
    #expect(numbers.contains("Figure 1") && numbers.contains("Table 1"))
    for number in numbers { #expect(pages[0].contains(Self.letters(number)), "\(number)") }
    #expect(pages.firstIndex { $0.contains("Contents1.") } == 1)
    // Before them the second sheet has nothing but its number.
    #expect(pages[1].replacing("2/\(pages.count)", with: "", maxReplacements: 1).hasPrefix("Contents1."))
  }

  /// Text without what differs by where its lines end.
  private static func letters(_ text: String) -> String {
    String(text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" }.map(Character.init))
  }

  /// The text of each page, in the order in which it was drawn.
  private static func pages(_ pdf: Data) throws -> [String] {
    try text(pdf, "-raw").components(separatedBy: "\u{0C}").filter { !$0.isEmpty }
  }

  /// Words of a PDF with their places, by poppler's pdftotext.
  private static func boxes(_ pdf: Data) throws -> String { try text(pdf, "-bbox") }

  private static func text(_ pdf: Data, _ option: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a.pdf"), text = folder.appendingPathComponent("a.xml")
    try pdf.write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/pdftotext")
    process.arguments = [option, file.path, text.path]
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: text), as: UTF8.self)
  }
}
