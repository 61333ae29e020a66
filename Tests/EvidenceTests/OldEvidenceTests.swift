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
}
