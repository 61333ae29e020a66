import Formats
import Foundation
import Rendering
import Reporting
import Testing

/// What verification compares of a report: of another program's numbers, names and codes, of its own the sentences and both
/// renderings too.
@Suite("Reports compared by numbers")
struct NumbersComparisonTests {
  static let now = "retort test"
  static let older = "retort 0.0.1"

  static func report(by tool: String) async throws -> Report {
    try await ReportFixtures.report(
      ReportSectionTests.contents(), calibration: try ReportTests.calibration(), tool: tool)
  }

  /// Compares a report with itself, after a change of the document that is stated.
  static func compare(
    by tool: String, _ change: (JSONValue) -> JSONValue
  ) async throws -> StatedReport.Finding {
    let report = try await report(by: tool)
    let document = try #require(JSONValue(parsing: try report.json()))
    let changed = change(document)
    #expect(changed != document)
    let stated = StatedReport(
      result: Array(changed.canonical.utf8), markdown: Array(try report.markdown().utf8),
      html: Array(try report.html().utf8))
    #expect(stated.tool == tool)
    return try stated.compare(with: report, tool: now)
  }

  /// The value with the one at a path replaced; nil takes a member away.
  static func edited(_ value: JSONValue, _ path: [String], _ change: (JSONValue) -> JSONValue?) -> JSONValue {
    guard let name = path.first else { return change(value) ?? .null }
    switch value {
    case .object(var members):
      guard let member = members[name] else { return value }
      members[name] = path.count == 1 ? change(member) : edited(member, Array(path.dropFirst()), change)
      return .object(members)
    case .array(var values):
      guard let place = Int(name), values.indices.contains(place) else { return value }
      values[place] = edited(values[place], Array(path.dropFirst()), change)
      return .array(values)
    default: return value
    }
  }

  @Test(
    "units that earlier versions left unmarked where answers loop are no difference; of later ones they are",
    arguments: [("retort 0.6.0", true), ("retort 0.7.0", false)])
  func marks(tool: String, passes: Bool) async throws {
    for side in ["suspect", "candidate"] {
      let path = ["candidates", "0", "evidence", "shown", "0", side, "shared"]
      let finding = try await Self.compare(by: tool) { document in
        Self.edited(document, path) { $0.integer.map { .integer($0 + 1) } }
      }
      guard case .differs(let place, _, _) = finding else {
        #expect(passes && finding == .same(sentencesBy: tool))
        continue
      }
      #expect(!passes && place == "report/result.json, candidates[0].evidence.shown[0].\(side).shared")
    }
  }

  @Test(
    "a better sentence and a member that is new spoil no report that was made before",
    arguments: [
      ["verdicts", "0", "sentence"], ["likelihood_ratio", "statement"], ["limits", "0"], ["claims_not_made", "1"],
      ["candidates", "0", "conditions"], ["items", "0", "access"], ["identical_answers", "sentence"],
      ["recomputation", "tolerance"], ["method", "name"],
    ])
  func words(path: [String]) async throws {
    let finding = try await Self.compare(by: Self.older) { document in
      let reworded = Self.edited(document, path) { _ in .string("said otherwise") }
      return Self.edited(reworded, ["candidates", "0", "applicability_code"]) { _ in nil }
    }
    #expect(finding == .same(sentencesBy: Self.older))
  }

  @Test(
    "a number, a name, a raw word or a member that is gone is found, whoever made the report",
    arguments: [
      ["candidates", "0", "combined", "score"], ["candidates", "0", "combined", "rank"],
      ["candidates", "0", "channels", "1", "normalised"], ["candidates", "0", "cohort_scores", "0", "model"],
      ["verdicts", "0", "standing"], ["protocol", "seed"], ["probes", "sha256"], ["method", "reference"],
      ["candidates", "0", "likelihood_ratios"],
    ])
  func numbers(path: [String]) async throws {
    for tool in [Self.older, Self.now] {
      let finding = try await Self.compare(by: tool) { document in
        Self.edited(document, path) { value in
          switch value {
          case .integer(let number): .integer(number + 1)
          case .number(let number): .number(number + max(1e-4, abs(number) * 3e-5))
          case .string(let text): .string(text + "x")
          default: nil
          }
        }
      }
      guard case .differs(let place, _, _) = finding else {
        Issue.record("\(path) by \(tool): \(finding)")
        continue
      }
      #expect(place.hasPrefix("report/result.json, \(path[0])"))
    }
  }

  @Test("the last digit of a figure may differ, as kernels do")
  func tolerance() async throws {
    let finding = try await Self.compare(by: Self.older) { document in
      Self.edited(document, ["candidates", "0", "combined", "score"]) { .number(($0.number ?? 0) * (1 + 8e-6)) }
    }
    #expect(finding == .same(sentencesBy: Self.older))
  }

  @Test("of this version's own reports every sentence and every rendering is compared")
  func sameVersion() async throws {
    let report = try await Self.report(by: Self.now)
    let (result, markdown, html) = (
      String(decoding: try report.json(), as: UTF8.self), try report.markdown(), try report.html()
    )
    func finding(_ result: String, _ markdown: String, _ html: String) throws -> StatedReport.Finding {
      try StatedReport(result: Array(result.utf8), markdown: Array(markdown.utf8), html: Array(html.utf8))
        .compare(with: report, tool: Self.now)
    }
    #expect(try finding(result, markdown, html) == .same(sentencesBy: nil))
    let said = "They do not cover what another cohort would have given."
    for (place, changed) in [
      ("report/result.json", (result.replacing(said, with: "They cover it."), markdown, html)),
      ("report/report.md", (result, markdown.replacing(said, with: "They cover it."), html)),
      ("report/report.html", (result, markdown, html.replacing(said, with: "They cover it."))),
    ] {
      #expect(changed != (result, markdown, html), "\(place) does not say it")
      guard case .saysOtherwise(let found, _, _) = try finding(changed.0, changed.1, changed.2) else {
        Issue.record("\(place) was not found")
        continue
      }
      #expect(found.hasPrefix(place))
    }
    #expect(try finding("{", markdown, html) == .noDocument)
  }
}
