import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import TestSupport
import Testing

/// Tree and heat map in the report.
@Suite("All models in the report")
struct RelationsTests {
  private static func names(_ count: Int) -> [String] { ["suspect", "teacher"] + (2..<count).map { "c\($0)" } }

  private static func relations(_ report: Report) throws -> JSONValue {
    try #require(JSONValue(parsing: try report.json())?["relations"])
  }

  @Test("student and teacher are each other's nearest, and every rendering has the numbers of the figures")
  func small() async throws {
    let report = try await ReportTests.report(ReportTests.contents(names: Self.names(9)))
    let relations = try Self.relations(report)
    #expect(relations["models"]?.integer == 9 && relations["shown"]?.array?.count == 9)
    let nearest = (relations["nearest"]?.array ?? []).reduce(into: [String: String]()) {
      $0[$1["model"]?.string ?? ""] = $1["nearest"]?.string
    }
    #expect(nearest["suspect"] == "teacher" && nearest["teacher"] == "suspect")
    let rows = try #require(relations["likeness"]?.array)
    #expect(rows.map { $0.array?.count } == (0..<9).map { $0 })
    let html = try report.html()
    let markdown = try report.markdown()
    #expect(html.components(separatedBy: "<svg class=\"rt\"").count == 3)
    #expect(!markdown.contains("<svg"))
    for text in [html, markdown] {
      #expect(text.contains("All models") && text.contains("Where the drawing hangs is no ancestor"))
      #expect(text.contains("likeness of") && text.contains("to teacher"))
    }
    let branches = try #require(relations["branches"]?.array)
    #expect(branches.allSatisfy { ($0["support"]?.number ?? 0) >= 0.5 })
    for branch in branches {
      let names = (branch["models"]?.array ?? []).compactMap(\.string)
      #expect(html.contains("<th scope=row>\(names.joined(separator: ", "))<td>"))
    }
    #expect(relations["newick"]?.string?.hasSuffix(";\n") == true)
  }

  @Test(
    "of many models the suspect, the candidates and the nearest are shown, and the document follows its schema",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func many() async throws {
    let report = try await ReportTests.report(ReportTests.contents(names: Self.names(60)))
    #expect(try Schemas.violations(of: String(decoding: try report.json(), as: UTF8.self), "result") == "")
    let relations = try Self.relations(report)
    let shown = (relations["shown"]?.array ?? []).compactMap(\.string)
    #expect(
      relations["models"]?.integer == 60 && shown.count == 40 && Set(shown).isSuperset(of: ["suspect", "teacher"]))
    let html = try report.html()
    #expect(html.contains("Of 60 models 40 are shown"))
    // One leaf a model in the tree, one name a model in the heat map.
    for figure in html.components(separatedBy: "<svg class=\"rt\"").dropFirst() {
      let svg = figure.prefix { _ in true }.components(separatedBy: "</svg>")[0]
      for name in shown { #expect(svg.components(separatedBy: ">\(name)</text>").count == 2, "\(name)") }
      for name in Set(Self.names(60)).subtracting(shown) { #expect(!svg.contains(">\(name)</text>"), "\(name)") }
    }
    // All are in Newick's text.
    let newick = try #require(relations["newick"]?.string)
    for name in Self.names(60) { #expect(newick.contains("'\(name)':")) }
  }

  @Test("with too few models for a tree the report says nothing of one")
  func few() async throws {
    let contents = ReportTests.contents(names: Self.names(6))
    let gone = ModelID("c5")
    let transcripts = contents.transcripts.filter { $0.key != gone }.merging([
      gone: Transcript(
        model: gone, responses: [Response(prompt: PromptID("elsewhere"), sample: 0, text: "x y z")],
        source: Digest(of: "gone"))
    ]) { $1 }
    let odd = CaseContents(
      name: "n", suspect: contents.suspect, candidates: contents.candidates, cohort: contents.cohort,
      transcripts: transcripts, lineage: Lineage(), seed: 1)
    let report = try await ReportTests.report(odd)
    #expect(JSONValue(parsing: try report.json())?["relations"] == nil)
    #expect(try !report.html().contains("All models") && !report.markdown().contains("All models"))
  }
}
