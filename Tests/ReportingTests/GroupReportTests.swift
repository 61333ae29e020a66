import Cases
import Formats
import Foundation
import Likelihood
import Rendering
import Reporting
import SameModel
import Similarity
import Terminal
import TestSupport
import Testing

/// Groups of candidates in the report: before their members, everywhere the same.
@Suite("Groups in the report")
struct GroupReportTests {
  private static let developers = ["teacher1": "Alder", "teacher2": "Alder", "teacher3": "Birch"]

  private static func found(
    candidates: Int = 3, developers: [String: String] = developers, bounds: (Double, Double) = (-1, 1.5),
    groups: Bool = true, sameModel: [ModelID: SameModelGate.Result] = [:], commission: Commission = Commission()
  ) async throws -> AnswerTests.Found {
    try await AnswerTests.found(
      candidates: candidates, bounds: bounds, developers: developers, commission: commission, sameModel: sameModel,
      groups: groups)
  }

  private static func group(_ found: AnswerTests.Found, _ name: String) -> JSONValue? {
    found.json["groups"]?.array?.first { $0["group"]?.string == name }
  }

  @Test("the group's sentence comes first, then its members, in the answer, the table and on the terminal")
  func first() async throws {
    let found = try await Self.found()
    let alder = try #require(Self.group(found, "Alder"))
    #expect(alder["standing"]?.string == "link_indicated" && alder["rank"]?.integer == 1)
    #expect(alder["nearest"]?.string == "teacher1")
    let text = try #require(found.text("link"))
    #expect(
      text.hasPrefix("A link between suspect and some model of Alder, of which 2 are named, is indicated: "), "\(text)")
    let times = "times as probable if suspect was trained on answers of some model of Alder as if there is no link"
    #expect(text.contains("\(times) between suspect and any of them"))
    #expect(text.contains("of its members the highest ratio is that of teacher1"))
    #expect(text.contains("for teacher3, "))
    let lines = found.markdown.split(separator: "\n").map(String.init)
    let row = try #require(lines.firstIndex { $0.hasPrefix("| Alder: some of 2 |") })
    #expect(lines[row + 1].hasPrefix("| – teacher1 |") && lines[row + 2].hasPrefix("| – teacher2 |"))
    #expect(lines[row].contains(" groups |"))
    let spoken = AnswerText(found.report.spokenAnswer, width: nil).lines
    #expect(spoken[0].hasPrefix("◆ some model of Alder: a link is indicated: "), "\(spoken[0])")
    #expect(spoken[1].contains("number 1 of ") && spoken[1].contains("developers and groups"))
    let member = try #require(spoken.firstIndex { $0.contains("teacher1: ") })
    #expect(member > 1)
    // The same number stands in all of them.
    let log10 = try #require(alder["log10"]?.number)
    let number = RatioWording.ratio(log10: log10)
    for place in [text, lines[row], spoken[1]] { #expect(place.contains(number), "\(place)") }
  }

  @Test("a group of one is its member: it is said, and nothing is weighed twice")
  func single() async throws {
    let found = try await Self.found()
    let birch = try #require(Self.group(found, "Birch"))
    #expect(birch["log10"] == nil && birch["interval_log10"] == nil)
    #expect(birch["standing"]?.string == found.finding("teacher3")?["standing"]?.string)
    #expect(
      birch["sentence"]?.string
        == "teacher3 is the only candidate of Birch: what is found for it is found for the group.")
    #expect(!AnswerText(found.report.spokenAnswer, width: nil).lines.joined().contains("some model of Birch"))
    // One candidate, or one a developer: no groups at all.
    let none = try await Self.found(candidates: 1)
    #expect(none.json["groups"]?.array == [])
  }

  @Test("all candidates of one developer are a group too, and of many the groups stand on the first page")
  func one() async throws {
    let found = try await Self.found(candidates: 2, developers: ["teacher1": "Alder", "teacher2": "Alder"])
    #expect(found.json["groups"]?.array?.count == 1 && found.answer["groups"]?.array == [])
    #expect(found.text("link")?.hasPrefix("A link between suspect and some model of Alder") == true)
    let names = Dictionary(uniqueKeysWithValues: (1...8).map { ("teacher\($0)", $0 < 5 ? "Alder" : "Birch") })
    let many = try await Self.found(candidates: 8, developers: names)
    let front = try #require(many.markdown.components(separatedBy: "## Contents").first)
    #expect(front.contains("| Alder: some of 4 |") && front.contains("| Birch: some of 4 |"))
  }

  @Test("a calibration of pairs alone says nothing of groups on the first page, and the section says why")
  func pairsAlone() async throws {
    let found = try await Self.found(groups: false)
    #expect(Self.group(found, "Alder")?["reason_code"]?.string == "groups_not_fitted")
    #expect(found.text("link")?.contains("some model of") == false)
    #expect(found.report.spokenAnswer.groups.isEmpty)
    #expect(found.markdown.contains("is not evaluated as one question: the calibration was fitted on pairs alone."))
  }

  @Test("of a group whose member may be the suspect itself nothing is weighed")
  func same() async throws {
    let same = SameModelGate.Result.tested(
      [.init(test: .answers, prompts: 40, statistic: 0.001, pValue: 0.4, adjusted: 0.4, permutations: 199)],
      together: 0.4, power: nil)
    let found = try await Self.found(sameModel: [ModelID("teacher2"): same])
    let alder = try #require(Self.group(found, "Alder"))
    #expect(alder["standing"]?.string == "same_model" && alder["log10"] == nil)
    #expect(alder["sentence"]?.string?.hasPrefix("teacher2 of Alder is the same model as the suspect") == true)
  }

  @Test("asked about another alternative, the pair's sentence leads")
  func alternative() async throws {
    let found = try await Self.found(commission: Commission(alternative: "common_teacher"))
    #expect(found.text("link")?.contains("some model of") == false)
  }

  @Test("groups follow the schema", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schema() async throws {
    for found in [
      try await Self.found(), try await Self.found(groups: false), try await Self.found(bounds: (-0.1, 0.1)),
    ] {
      #expect(try Schemas.violations(of: String(decoding: try found.report.json(), as: UTF8.self), "result") == "")
    }
    let text = try AnswerFixtures.calibration(groups: true).json.canonical
    #expect(try Schemas.violations(of: text, "calibration") == "")
  }

  @Test("verification compares a group's numbers, not its sentences; a document from before has none")
  func compared() async throws {
    let found = try await Self.found()
    let document = try #require(found.json.object)
    func stated(_ change: (inout [String: JSONValue]) throws -> Void) throws -> StatedReport.Finding {
      var changed = document
      try change(&changed)
      let bytes = Array(JSONValue.object(changed).canonical.utf8)
      return try StatedReport(result: bytes, markdown: [], html: []).compare(with: found.report, tool: "another")
    }
    func group(_ change: [String: JSONValue]) throws -> StatedReport.Finding {
      try stated { document in
        let groups = try #require(document["groups"]?.array)
        let first = try #require(groups.first?.object)
        document["groups"] = .array([.object(first.merging(change) { $1 })] + groups.dropFirst())
      }
    }
    guard case .differs(let place, _, _) = try group(["log10": .number(0.123)]) else {
      Issue.record("a changed number passes")
      return
    }
    #expect(place == "report/result.json, groups[0].log10")
    #expect(try group(["sentence": .string("better words")]) == .same(sentencesBy: "retort test"))
    #expect(try stated { $0["groups"] = nil } == .same(sentencesBy: "retort test"))
  }
}
