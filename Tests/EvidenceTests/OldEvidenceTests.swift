import Custody
import Evidence
import Formats
import Foundation
import Probing
import TestSupport
import Testing

/// `Fixtures/every-dialect.tar`: evidence that the program made before requests and responses were read again (commit 9a790b4),
/// of one probe put to eleven dialects, each with and without a stream, as `Tests/Servers/dialects.py` answers.
@Suite("Evidence of an earlier version")
struct OldEvidenceTests {
  static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/every-dialect.tar").path

  private static func unpacked(in folder: TemporaryFolder) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar", "-xf", fixture, "-C", folder.path]
    try process.run()
    process.waitUntilExit()
    return folder.file("evidence")
  }

  @Test("it verifies, every dialect is read again, here and by the second verifier")
  func verifies() throws {
    let checks = try EvidenceVerification(of: try EvidencePlace.open(Self.fixture), reader: DialectReader()).checks
    #expect(checks.filter(\.failed) == [])
    let meaning = try #require(checks.first { $0.subject == .meaning })
    guard case .passed(let words) = meaning.finding else {
      Issue.record("\(meaning)")
      return
    }
    #expect(words.hasPrefix("27 requests ask what was planned, 27 responses say what was analysed"), "\(words)")
    #expect(!words.contains("not read"))
    guard IndependentPython.isHere else { return }
    let folder = try TemporaryFolder()
    let second = try SecondVerifier.run([Self.unpacked(in: folder)])
    #expect(second.status == 0 && second.output.contains("27 responses say what was analysed"), "\(second.output)")
  }

  @Test(
    "on random changes, left as they are or signed anew, both verifiers give one exit code",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func differences() throws {
    let folder = try TemporaryFolder()
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    try key.write(to: folder.file("lab.key"))
    let tool = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Bench/mutations.py").path
    let run = "import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    let output = try IndependentPython.run(
      run,
      arguments: [
        tool, "write", Self.fixture, folder.file("lab.key"), SecondVerifier.script, "15", "200", folder.file("changed"),
      ])
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 200)
    var codes: [Int: Int] = [:]
    for (number, line) in lines.enumerated() {
      let made = JSONValue(parsing: String(line))?.array
      let second = made?.last?.integer ?? -1
      let checks = try? EvidenceVerification(
        of: try EvidencePlace.open(folder.file("changed/\(number)")), reader: DialectReader()
      ).checks
      let own = checks.map { $0.filter(\.failed).map(\.promise).min().map { 20 + $0.rawValue } ?? 0 } ?? 3
      codes[own, default: 0] += 1
      #expect(own == second, "\(number) \(line): \(String(describing: checks?.filter(\.failed)))")
    }
    // The changes reach all kinds of promises that both look at.
    for code in [20, 21, 22, 23, 25] { #expect(codes[code, default: 0] > 0, "\(codes)") }
  }
}
