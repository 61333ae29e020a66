import Evidence
import Formats
import Foundation
import TestSupport
import Testing
import Workflows

/// `Fixtures/version-0.6.0.tar.gz`: evidence that `retort 0.6.0` made of a case of its `serve-demo`, and verifies. One model was asked,
/// the answers of eleven were recorded before. It holds what later versions judge otherwise: of `alder` a family alone is stated, of
/// `birch` an undisclosed developer, of `elder` nothing; the base of suspect and `cedar` is `none`; and the commission asks
/// against one base model with other tuning, of which the calibration bears a ratio on one side alone.
@Suite("The report in evidence of an earlier version")
struct OldReportTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/version-0.6.0.tar.gz").path

  private static func unpacked(in folder: TemporaryFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xzf", fixture, "-C", folder.path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return folder.file("evidence")
  }

  @Test("every number comes out again by the rules that the version had")
  func numbers() async throws {
    let folder = try TemporaryFolder()
    let evidence = try Self.unpacked(in: folder)
    let result = try #require(JSONValue(parsing: try FileBytes.read("\(evidence)/report/result.json"), upTo: .file))
    #expect(result["tool"]?.string == "retort 0.6.0")
    let answer = try #require(result["answer"]?["candidates"]?.array?.first)
    #expect(answer["standing"]?.string == "for_neither" && answer["log10"]?.number != nil)
    let candidate = try #require(result["candidates"]?.array?.first)
    #expect(candidate["nothing_known_of"]?.array?.compactMap(\.string) == ["elder"])
    #expect(candidate["left_out"]?.array?.compactMap { $0["model"]?.string } == ["cedar"])
    let checks = try await VerifyEvidence(of: evidence, tool: "retort 0.7.0").run()
    #expect(checks.filter(\.failed) == [])
    let report = try #require(checks.first { $0.subject == .report })
    #expect(report.finding == .passed("every number comes out again"))
  }
}
