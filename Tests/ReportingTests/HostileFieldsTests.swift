import Cases
import Formats
import Foundation
import Likelihood
import Monitoring
import Rendering
import Reporting
import Terminal
import TestSupport
import Testing

/// Text in every field that others can fill, with each delimiter hidden beside every class of joining code points.
@Suite("Hostile text in every field")
struct HostileFieldsTests {
  /// Pieces of hostile text; each field takes the next ones.
  final class Pieces {
    private let all: [String]
    private var next = 0

    init(port: Int) {
      let url = "http://127.0.0.1:\(port)"
      all = GraphemeBreaks.hiding(
        "\"'><meta http-equiv=refresh content=0;url=\(url)/m><style>*{background:url(\(url)/s)}</style><img src=\(url)/i "
          + "onerror=parent.reached=true><script>parent.reached=true</script><form action=\(url)/f></p></text></svg>")
    }

    /// - Parameter count: how many pieces.
    func take(_ count: Int = 3) -> String {
      defer { next += count }
      return (0..<count).map { all[(next + $0) % all.count] }.joined(separator: " ")
    }

    var count: Int { all.count }
  }

  static func contents(port: Int) -> CaseContents {
    let pieces = Pieces(port: port)
    // Every piece is the name of some model in part: names come into tables, figures, sentences and attributes.
    let names = (0..<12).map { "m\($0) " + pieces.take(pieces.count / 12 + 1) }
    let models = names.map { ModelID($0) }
    let prompts = (0..<6).map { PromptID("p\($0) " + pieces.take()) }
    let transcripts = models.enumerated().map { place, model in
      Transcript(
        model: model,
        responses: prompts.enumerated().map { number, prompt in
          Response(
            prompt: prompt, sample: 0,
            text: place < 2
              ? "\(pieces.take(40)) \(number)" : pieces.take() + ReportFixtures.voice(place, number))
        }, source: Digest(of: model.rawValue))
    }
    let run = RunSummary(
      endpoints: models.map {
        .init(
          model: $0, dialect: pieces.take(), url: pieces.take(), requestedModel: pieces.take(),
          declaredModels: [pieces.take()], declaredFingerprints: [pieces.take()], planned: 6, attempts: 6,
          outcomes: ["ok": 6],
          capabilities: [.init(.temperature, .refused, requested: pieces.take(), observed: pieces.take())])
      }, firstAttempt: pieces.take(), lastAttempt: pieces.take(), chainHead: pieces.take(), configuration: pieces.take()
    )
    let ledger = AttemptLedger(
      attempts: prompts.flatMap { prompt in models.map { (prompt, $0) } }.enumerated().map { place, item in
        .init(
          number: place + 1, model: item.1, probe: item.0, sample: 0, outcome: "ok",
          started: "2026-11-23T00:00:\(String(format: "%02d", place % 60)).000Z",
          ended: "2026-11-23T00:01:00.000Z", hash: Digest(of: "\(place)").hex)
      }, commitments: [:])
    return CaseContents(
      name: pieces.take(), suspect: models[0], candidates: [models[1]], cohort: Array(models[2...]),
      transcripts: Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }),
      lineage: Lineage(
        Dictionary(
          uniqueKeysWithValues: models[1...].map {
            ($0, Lineage.Entry(developer: pieces.take(), base: pieces.take(), family: pieces.take()))
          })),
      probes: Dictionary(
        uniqueKeysWithValues: prompts.map {
          (
            $0,
            Probe(
              id: $0, prompt: pieces.take(30), system: pieces.take(), category: pieces.take(), language: pieces.take())
          )
        }), seed: 3, run: run, ledger: ledger,
      commission: Commission(
        by: pieces.take(), question: pieces.take(), information: pieces.take(), withheld: pieces.take(),
        conflicts: pieces.take()))
  }

  static func report(port: Int) async throws -> Report {
    Report(
      contents(port: port), try await CohortAnalysis(replicates: 10).run(contents(port: port)), sameModel: [:],
      tool: Pieces(port: port).take(), excerpts: true)
  }

  /// Figures that stand alone.
  static func figures(port: Int) async throws -> [(name: String, svg: String)] {
    let contents = contents(port: port)
    let tree = try await ModelTree.make(contents.transcripts, replicates: 0, seed: 1)
    let files = RelationFiles(tree, suspects: [contents.suspect], candidates: contents.candidates)
    let pieces = Pieces(port: port)
    let entries = [CheckResult.Verdict.same, .changed, .inconclusive].map { verdict in
      var result = CheckResult(
        name: pieces.take(), run: pieces.take(30), started: pieces.take(), baseline: Self.baseline)
      result.verdict = verdict
      return Ledger.Entry(result)
    }
    let history = CheckTimeline.svg(Ledger(entries: entries), name: pieces.take(60), seed: 1)
    return [("tree.svg", files.treeSVG), ("heatmap.svg", files.heatMapSVG), ("timeline.svg", history)]
  }

  @Test("to a tokeniser the pages and figures hold our elements and attributes alone")
  func tokens() async throws {
    let report = try await Self.report(port: 9)
    let html = try report.html()
    #expect(MarkupScan.foreign(in: html) == [])
    // Links lead to places of the page itself.
    #expect(html.matches(of: /href="[^#]/).isEmpty)
    #expect(MarkupScan.elements(of: html).count { $0.name == "meta" } == 3)
    for figure in try await Self.figures(port: 9) {
      #expect(MarkupScan.foreign(in: figure.svg) == [], "\(figure.name)")
      #expect(MarkupScan.elements(of: figure.svg).count { $0.name == "svg" } == 1, "\(figure.name)")
    }
    for text in [html, try report.markdown(), String(decoding: try report.json(), as: UTF8.self)] {
      #expect(CommandScalars.found(in: text, but: [0x0A]) == [])
    }
    // Markdown lets HTML through: there must be none, and no line of a table has a cell too many.
    let markdown = try report.markdown()
    #expect(!markdown.utf8.contains(UInt8(ascii: "<")))
    let tables = Self.tables(in: markdown)
    #expect(tables.count > 5)
    for table in tables { #expect(Set(table.map(Self.cells)).count == 1, "\(table.prefix(3))") }
  }

  private static let baseline = Baseline(
    name: "b", created: "c", tool: "t", configuration: nil, suite: .null, endpoint: nil, sessions: [], stability: [],
    probes: [:], rule: CheckRule(falseAlarms: .init(), strata: [], floors: [:], seed: 1),
    plan: SamplingPlan(samples: [:], maxCalls: 0), detectable: [], medianMilliseconds: nil)

  /// Lines of each table.
  private static func tables(in markdown: String) -> [[Substring]] {
    markdown.split(separator: "\n", omittingEmptySubsequences: false)
      .split(whereSeparator: { !$0.utf8.starts(with: "|".utf8) }).map(Array.init)
  }

  /// Cells of a row, as GitHub's Markdown counts them: a bar behind an odd number of backslashes is text.
  private static func cells(_ row: Substring) -> Int {
    var bars = 0
    var isEscaped = false
    for byte in row.utf8 {
      if byte == UInt8(ascii: "|"), !isEscaped { bars += 1 }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return bars - 1
  }

  @Test("a cell too many is seen, and a bar that is text is none")
  func rows() {
    let table = ["| a | b |", "|---|---|", "| 1 \\| 2 | 3 |", "| 1 \\\\| 2 | 3 |"]
    #expect(Self.tables(in: "x\n" + table.joined(separator: "\n") + "\n\n| y |").map(\.count) == [4, 1])
    #expect(table.map { Self.cells($0[...]) } == [2, 2, 2, 3])
  }

  @Test(
    "in the browser pages and figures send no request, and the document holds nothing but text",
    .enabled(if: HeadlessBrowser.isHere, "\(HeadlessBrowser.note)"))
  func browser() async throws {
    let trap = try Trap()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pages =
      [("report.html", try await Self.report(port: trap.port).html())]
      + (try await Self.figures(port: trap.port)).map { ($0.name, $0.svg) }
    for (name, page) in pages {
      try FileBytes.write(page.utf8, to: "\(folder)/\(name)")
      let dom = try HeadlessBrowser.dom(at: "file://\(folder)/\(name)", within: .seconds(60))
      // The browser shows a figure within a page of its own.
      #expect(dom.contains(name == "report.html" ? "</html>" : "</svg>"), "\(name)")
      #expect(MarkupScan.foreign(in: dom) == [], "\(name)")
      #expect(!trap.wasReached, "\(name)")
    }
    let layout = try #require(try HeadlessBrowser.layouts(of: pages[0].1, widths: [1_280]).first)
    #expect(!layout.reached && layout.scripts == 0 && layout.requests.isEmpty && layout.errors.isEmpty)
    #expect(layout.text.contains("<meta") || layout.text.contains("meta http-equiv"))
    #expect(!trap.wasReached)
  }
}
