import Evidence
import Formats
import Foundation
import TestSupport
import Testing
import Workflows

/// Evidence that earlier versions made, in `Fixtures`: each holds what later versions judge otherwise, and verifies by its numbers.
@Suite("The report in evidence of an earlier version")
struct OldReportTests {
  private struct Fixture {
    let result: JSONValue
    let outcomes: [JSONValue]
    private let evidence: String
    private let folder: TemporaryFolder

    init(version: String) throws {
      folder = try TemporaryFolder()
      evidence = folder.file("evidence")
      let archive = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/version-\(version).tar.gz").path
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["tar", "-xzf", archive, "-C", folder.path]
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
      result = try #require(JSONValue(parsing: try FileBytes.read("\(evidence)/report/result.json"), upTo: .file))
      #expect(result["tool"]?.string == "retort \(version)")
      outcomes = try FileBytes.read("\(evidence)/outcomes.jsonl").split(separator: UInt8(ascii: "\n")).map { line in
        try #require(JSONValue(parsing: Array(line)))
      }
    }

    /// The present version and `Reports/verify.py` find nothing wrong, and all numbers are computed again.
    func comesOut() async throws {
      let checks = try await VerifyEvidence(of: evidence, tool: "retort 0.0.0 of a test").run()
      #expect(checks.filter(\.failed) == [])
      let report = try #require(checks.first { $0.subject == .report })
      #expect(report.finding == .passed("every number comes out again"))
      guard IndependentPython.isHere else { return }
      let run = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Reports/verify.py").path
      #expect(throws: Never.self) { try IndependentPython.run(run, arguments: [script, evidence]) }
    }
  }

  /// `version-0.6.0.tar.gz`: evidence that `retort 0.6.0` made of a case of its `serve-demo`. One model was asked, the answers of
  /// eleven were recorded before. Of `alder` a family alone is stated, of `birch` an undisclosed developer, of `elder` nothing; the
  /// base of suspect and `cedar` is `none`; and the commission asks against one base model with other tuning, of which the
  /// calibration bears a ratio on one side alone.
  @Test("of 0.6.0: every number comes out again by the rules that it had")
  func version0_6() async throws {
    let fixture = try Fixture(version: "0.6.0")
    let answer = try #require(fixture.result["answer"]?["candidates"]?.array?.first)
    #expect(answer["standing"]?.string == "for_neither" && answer["log10"]?.number != nil)
    let candidate = try #require(fixture.result["candidates"]?.array?.first)
    #expect(candidate["nothing_known_of"]?.array?.compactMap(\.string) == ["elder"])
    #expect(candidate["left_out"]?.array?.compactMap { $0["model"]?.string } == ["cedar"])
    try await fixture.comesOut()
  }

  /// `version-0.7.0.tar.gz`: evidence that `retort 0.7.0` made of a suspect that a small server answered for, and of eleven models
  /// whose answers were recorded before; all answers were put together by rule. The server sent log-probabilities that nobody had
  /// asked for: five times hundreds more than the answer has bytes, five times with seven alternatives each. All answers of the
  /// suspect and of `juniper`, a model of the cohort, begin with a mark of a template, and none of the candidate. Of `alder` a
  /// family alone is stated, of `elder` nothing.
  @Test("of 0.7.0: every number comes out again by the rules that it had")
  func version0_7() async throws {
    let fixture = try Fixture(version: "0.7.0")
    let tokens = fixture.outcomes.compactMap { outcome in
      outcome["tokens"]?.array.map { (all: $0, bytes: outcome["text"]?.string?.utf8.count ?? 0) }
    }
    #expect(tokens.count == 15 && tokens.count { $0.all.count > $0.bytes + 100 } == 5)
    #expect(tokens.count { $0.all.first?["top_logprobs"]?.array?.count == 7 } == 5)
    // The candidate has none, so that 0.8.0 gives no score with it.
    let debris = try #require(fixture.result["debris"])
    #expect(debris["found"]?.array?.compactMap { $0["model"]?.string } == ["juniper", "student"])
    #expect(debris["with"]?.array?.first?["log10"]?.number != nil)
    let answer = try #require(fixture.result["answer"])
    #expect(answer["candidates"]?.array?.first?["standing"]?.string == "link_indicated")
    // 0.8.0 counts `alder` as well.
    let limits = answer["limits"]?.array?.compactMap(\.string) ?? []
    #expect(limits.contains { $0.hasPrefix("Nothing is known of where 1 of 12 models come from: ") })
    try await fixture.comesOut()
  }

  /// `version-0.9.0.tar.gz`: evidence that `retort 0.9.0` made of a suspect that a small server answered for, and of eleven models
  /// whose answers were recorded before; all answers were put together by rule. Suspect, candidate and `juniper` say the prompt
  /// again before each answer, those of `fir` and `gorse` are objects in JSON, and the suspect tells of software that others made.
  /// `cedar` has the candidate's developer, spelled otherwise.
  @Test("of 0.9.0: every number comes out again by the rules that it had")
  func version0_9() async throws {
    let fixture = try Fixture(version: "0.9.0")
    let debris = try #require(fixture.result["debris"])
    #expect(debris["found"]?.array?.compactMap { $0["model"]?.string } == ["fir", "gorse"])
    let claims = try #require(fixture.result["identity_claims"]?.array?.first { $0["model"]?.string == "student" })
    #expect(claims["claims"]?.array?.compactMap { $0["maker"]?.string } == ["Google", "Meta"])
    let candidate = try #require(fixture.result["candidates"]?.array?.first)
    #expect(candidate["left_out"]?.array?.isEmpty == true)
    #expect(fixture.result["answer"]?["candidates"]?.array?.first?["standing"]?.string == "link_indicated")
    try await fixture.comesOut()
  }
}
