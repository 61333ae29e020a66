import Custody
import Evidence
import Formats
import Foundation
import Likelihood
import TestSupport
import Testing
import Workflows

@Suite("Making, verifying and cosigning evidence")
struct EvidenceWorkflowTests {
  private static let now = Date(timeIntervalSince1970: 1_790_000_000)

  /// The served case once more: what signs it changes it.
  private static func copy(in folder: TemporaryFolder) async throws -> String {
    let (file, _) = try await ServedCase.answered()
    try FileBytes.write(FileBytes.read(file), to: folder.file("served.retort"))
    return folder.file("served.retort")
  }

  private static func evidence(
    in folder: TemporaryFolder, withholding: EvidenceWithholding = .nothing, calibration: String? = nil
  ) async throws -> String {
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    _ = try await MakeEvidence(
      of: try await copy(in: folder), key: key, withholding: withholding, calibration: calibration, environment: [:],
      tool: "t"
    ).run(to: folder.file("served.evidence"))
    return folder.file("served.evidence")
  }

  private static func report(_ checks: [EvidenceCheck]) -> EvidenceCheck? { checks.first { $0.subject == .report } }

  @Test("evidence holds, and its report is the one that the case gives")
  func whole() async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder)
    let checks = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(checks.allSatisfy { !$0.failed } && Self.report(checks) != nil)
    let contents = try await AnswerSource(path: folder.file("served.retort")).contents()
    let files = try ReportFiles(try await AnalyseCase(tool: "t").report(contents))
    #expect(try FileBytes.read("\(evidence)/report/result.json") == files.result)
    let without = try await VerifyEvidence(of: evidence, tool: "t").run(withReport: false)
    let left = Set(checks.map(\.subject)).subtracting(without.map(\.subject))
    #expect(left == [.report, .sentences] && without.count == checks.count - 2)
  }

  @Test("a number that does not come out again is named; so is a calibration other than the log says")
  func changed() async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder)
    let path = "\(evidence)/report/result.json"
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let seed = #""seed" : "7""#
    try #require(text.contains(seed))
    try FileBytes.write(text.replacing(seed, with: #""seed" : "8""#).utf8, to: path)
    let checks = try await VerifyEvidence(of: evidence, tool: "t").run()
    // That the manifest names another file keeps nothing from being computed.
    guard case .failed(let words)? = Self.report(checks)?.finding else {
      Issue.record("\(checks)")
      return
    }
    #expect(words.contains(#"protocol.seed says ""8"", computed is ""7"""#), "\(words)")
    try FileBytes.write(text.utf8, to: path)
    try FileBytes.write(Calibration.demo().json.canonical.utf8, to: "\(evidence)/analysis/calibration.json")
    let other = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(
      Self.report(other)?.finding == .failed("analysis/calibration.json is not the one that the log names"),
      "\(String(describing: Self.report(other)))")
  }

  @Test(
    "a rendering that alone was changed is named, and so is one that is missing",
    arguments: ["report.md", "report.html"])
  func renderings(name: String) async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder)
    let path = "\(evidence)/report/\(name)"
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let changed = text.replacing("trained on answers", with: "never trained on answers")
    try #require(changed != text)
    try FileBytes.write(changed.utf8, to: path)
    let checks = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(Self.report(checks)?.finding == .passed("every number comes out again"))
    let found = try #require(checks.first { $0.subject == .sentences })
    #expect(
      found.failed && found.promise == .recomputation && "\(found.finding)".contains("report/\(name):"), "\(found)")
    try FileManager.default.removeItem(atPath: path)
    let without = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(Self.report(without)?.finding == .failed("report/\(name) is missing"))
  }

  @Test(
    "sentences are not compared of a program that the log names, and this is said; one that no record names is refused")
  func otherProgram() async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder)
    let later = try await VerifyEvidence(of: evidence, tool: "u").run()
    #expect(later.allSatisfy { !$0.failed })
    let said =
      "report.md, report.html and its sentences may say anything and are not compared: \"t\" made them, and this is u"
    #expect(later.first { $0.subject == .sentences }?.finding == .notChecked(said))
    let path = "\(evidence)/report/result.json"
    let text = String(decoding: try FileBytes.read(path), as: UTF8.self)
    let member = #""tool" : "t""#
    try #require(text.contains(member))
    try FileBytes.write(text.replacing(member, with: #""tool" : "retort 99""#).utf8, to: path)
    let forged = try await VerifyEvidence(of: evidence, tool: "t").run()
    let words = "report/result.json says that \"retort 99\" made it, which no record of the log names"
    #expect(Self.report(forged)?.finding == .failed(words))
    #expect(!forged.contains { $0.subject == .sentences })
  }

  @Test("an analysis that is made again as the protocol says is the one that the log names last")
  func analysedAgain() async throws {
    let folder = try TemporaryFolder()
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    let file = try await Self.copy(in: folder)
    for (name, calibration) in [("a", "demo"), ("b", nil)] as [(String, String?)] {
      _ = try await MakeEvidence(of: file, key: key, calibration: calibration, environment: [:], tool: "t").run(
        to: folder.file("\(name).evidence"))
      let checks = try await VerifyEvidence(of: folder.file("\(name).evidence"), tool: "t").run()
      #expect(checks.filter(\.failed) == [], "\(name)")
    }
  }

  @Test("another calibration than the protocol's is a deviation that the log tells, and the report follows it")
  func deviation() async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder, calibration: "demo")
    #expect(
      try FileBytes.read("\(evidence)/analysis/calibration.json") == Array(Calibration.demo().json.canonical.utf8))
    let checks = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(checks.allSatisfy { !$0.failed })
  }

  @Test("without texts there is no report to compute, and that is no failure")
  func withheld() async throws {
    let folder = try TemporaryFolder()
    let evidence = try await Self.evidence(in: folder, withholding: .texts)
    let checks = try await VerifyEvidence(of: evidence, tool: "t").run()
    guard case .notChecked? = Self.report(checks)?.finding else {
      Issue.record("checked")
      return
    }
    #expect(checks.allSatisfy { !$0.failed })
    // Nobody can compute it without the texts, but it was made, and it is there.
    try FileManager.default.removeItem(atPath: "\(evidence)/report/report.html")
    let without = try await VerifyEvidence(of: evidence, tool: "t").run()
    #expect(Self.report(without)?.finding == .failed("report/report.html is missing"))
  }

  @Test("a head goes out, comes back with another signature, and is kept; another's log is not spoken for")
  func cosign() async throws {
    let folder = try TemporaryFolder()
    let file = try await Self.copy(in: folder)
    let own = try #require(SigningKey(newNamed: "lab.example.org"))
    let other = try #require(SigningKey(newNamed: "other.example.org"))
    try other.write(to: folder.file("other.key"))
    let head = try CosignHeads.own(file, by: own, since: nil)
    let note = try folder.write(head.written, to: "head.note")
    #expect(throws: CustodyError.notSignedBy(file: note, "other.example.org")) {
      try CosignHeads.cosigned(note, by: folder.file("other.key"), expecting: other.key, now: Self.now)
    }
    let signed = try CosignHeads.cosigned(note, by: folder.file("other.key"), expecting: own.key, now: Self.now)
    #expect(Set(signed.note.signatures.map(\.name)) == ["lab.example.org", "other.example.org"])
    let back = try folder.write(signed.written, to: "back.note")
    #expect(try CosignHeads.accept(back, into: file).note.signatures.count == 2)
    let none = try folder.write("no note", to: "none")
    #expect(throws: CustodyError.noCheckpoint(file: none)) { try CosignHeads.accept(none, into: file) }
  }
}
