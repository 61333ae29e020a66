import CaseFile
import Cases
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Copies of a case to read")
struct CaseSnapshotTests {
  @Test("a case is read while another process could not open it, with all that was stored so far, and stays as it was")
  func whileHeld() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("a.retort")
    let configuration = try SampleCase.configuration()
    let plan = SampleCase.plan(configuration)
    let writer = try SampleCase.store(at: file, configuration)
    let run = try writer.beginRun(started: "2026-11-23T12:44:10.123Z", tool: "test")
    for item in plan.prefix(5) { try writer.append(SampleCase.answered(item, text: "Early answer."), run: run) }
    #expect(throws: FileError.self) { try CaseStore.open(at: file) }
    let bytes = try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: file + $0)) }
    let names = try folder.names()
    let copy = try CaseSnapshot(of: file)
    #expect(try copy.store.countAttempts() == 5)
    #expect(try copy.store.contents().transcripts.values.reduce(0) { $0 + $1.responses.count } == 5)
    #expect(try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: file + $0)) } == bytes)
    #expect(try folder.names() == names)
    // The writer goes on; the copy stays, a new one has more.
    for item in plan.dropFirst(5).prefix(200) { try writer.append(SampleCase.answered(item), run: run) }
    #expect(try copy.store.countAttempts() == 5)
    #expect(try CaseSnapshot.State(of: file) != copy.state)
    let later = try CaseSnapshot(of: file)
    #expect(try later.store.countAttempts() == min(plan.count, 205))
    try writer.close()
    #expect(try CaseSnapshot(of: file).store.countAttempts() == min(plan.count, 205))
  }

  @Test("what is wrong with a file is told under the name that the user gave")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    #expect(throws: CaseFileError.notSQLite(file: try folder.write(String(repeating: "text ", count: 50), to: "t"))) {
      try CaseSnapshot(of: folder.file("t"))
    }
    #expect(throws: FileError.unreadable(file: folder.file("none"), reason: "no such file or folder")) {
      try CaseSnapshot(of: folder.file("none"))
    }
    #expect(throws: CaseFileError.isFolder(file: folder.path)) { try CaseSnapshot(of: folder.path) }
  }

  @Test(
    "a device, and a pipe that nobody writes to, are refused at once", arguments: ["/dev/zero", "/dev/null", "pipe"])
  func special(name: String) throws {
    let folder = try TemporaryFolder()
    let file = name == "pipe" ? folder.file(name) : name
    if name == "pipe" { try #require(mkfifo(file, 0o600) == 0) }
    let refused = FileError.unreadable(file: file, reason: "it is a \(name == "pipe" ? name : "device"), not a file")
    #expect(throws: refused) { try CaseSnapshot(of: file) }
    #expect(throws: refused) { try CaseStore.open(at: file) }
    // Through a link as well.
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: file)
    #expect(throws: FileError.self) { try CaseSnapshot(of: folder.file("link")) }
  }

  @Test("attempts are found by model, outcome and words, and shown whole")
  func browsing() throws {
    let folder = try TemporaryFolder()
    let configuration = try SampleCase.configuration()
    let plan = SampleCase.plan(configuration)
    let store = try SampleCase.store(at: folder.file("a.retort"), configuration)
    let run = try store.beginRun(started: "2026-11-23T12:44:10.123Z", tool: "test")
    try store.append(SampleCase.failed(plan[0]), run: run)
    try store.append(SampleCase.answered(plan[0], text: "Grüße \"quoted\"\n\\n é"), run: run)
    for item in plan.dropFirst() { try store.append(SampleCase.answered(item), run: run) }
    #expect(try store.countAttempts(AttemptFilter(outcome: "failed")) == 1)
    #expect(try store.attempts(AttemptFilter(model: plan[0].model.rawValue), offset: 1, limit: 1).map(\.id) == [2])
    #expect(try store.search("GRÜSSE", limit: 10).isEmpty)
    #expect(try store.search("grüße \"QUOTED\"\n\\N", limit: 10).map(\.id) == [2])
    #expect(try store.search("oops", limit: 10).map(\.outcome) == ["failed"])
    #expect(try store.search("an answer", after: 4, limit: 3).map(\.id) == [5, 6, 7])
    #expect(try store.search("50%_", limit: 10).isEmpty)
    let whole = try #require(try store.attempt(2))
    #expect(whole.answer?.text == "Grüße \"quoted\"\n\\n é" && whole.summary.text == whole.answer?.text)
    #expect(String(decoding: whole.request, as: UTF8.self) == "request 0")
    #expect(whole.requestDigest == Digest(of: whole.request).hex && whole.hash.count == 64)
    #expect(try store.attempt(1)?.failureKind == "transient" && store.attempt(999) == nil)
    #expect(try store.outcomes()[plan[0].model]?["failed"] == 1)
    #expect(try store.answersByProbe()[plan[0].probe] == 6)
    try store.close()
  }
}
