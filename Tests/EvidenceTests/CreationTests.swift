import CaseFile
import Custody
import Evidence
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Files that are made")
struct CreationTests {
  let folder: TemporaryFolder
  var file: String { folder.file("x.retort") }

  init() throws { folder = try TemporaryFolder() }

  private func names() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  private func make() throws { try SampleCase.store(at: file, try SampleCase.configuration()).close() }

  private func export(_ name: String) throws {
    let key = try #require(SigningKey(newNamed: "lab.example.org"))
    let store = try EvidenceSample.store(at: folder.file("\(name).retort"), key: key)
    defer { try? store.close() }
    _ = try EvidenceExport(store, key: key, withholding: .nothing, attachments: []).write(to: folder.file(name))
  }

  @Test("what a user called NAME.new stays, as it is")
  func userFiles() throws {
    for name in ["x.retort.new", "e.evidence.new", "t.tar.new"] { try folder.write("mine", to: name) }
    try make()
    try export("e.evidence")
    try export("t.tar")
    for name in ["x.retort.new", "e.evidence.new", "t.tar.new"] {
      #expect(try FileBytes.read(folder.file(name)) == Array("mine".utf8), "\(name)")
    }
  }

  @Test("a case, an archive and a folder of evidence leave nothing beside them")
  func nothingBeside() throws {
    try make()
    #expect(try names() == ["x.retort"])
    try export("t.tar")
    try export("e.evidence")
    #expect(try names() == ["x.retort", "t.tar", "t.tar.retort", "e.evidence", "e.evidence.retort"])
  }

  @Test("what a killed process left of the same name is removed, and nothing that is only called alike")
  func remains() throws {
    let left = [
      ".x.retort.0123456789abcdef.unfinished", ".x.retort.0123456789abcdef.unfinished-journal",
      ".x.retort.ffffffffffffffff.unfinished", ".x.retort.retort-lock",
    ]
    let alike = [
      ".x.retort.0123456789abcdeg.unfinished", ".x.retort.unfinished", ".x.retort.notes", "x.retort.unfinished",
      ".y.retort.0123456789abcdef.unfinished", ".x.retort.0123456789abcdef.unfinished.txt", ".x.retort.lock",
    ]
    for name in left + alike { try folder.write("", to: name) }
    try make()
    #expect(try names() == Set(alike + ["x.retort"]))
  }

  @Test("an empty file may hold the place of a case; a file with anything in it, or a link to nowhere, may not")
  func placeholder() throws {
    try folder.write("", to: "x.retort")
    try make()
    #expect(try CaseStore.open(at: file).remaining().count == 18)
    try folder.write("x", to: "y.retort")
    #expect(throws: CaseFileError.caseExists(file: folder.file("y.retort"))) {
      try SampleCase.store(at: folder.file("y.retort"), try SampleCase.configuration())
    }
    #expect(try FileBytes.read(folder.file("y.retort")) == Array("x".utf8))
    try FileManager.default.createSymbolicLink(atPath: folder.file("z.retort"), withDestinationPath: "nowhere")
    #expect(throws: CaseFileError.caseExists(file: folder.file("z.retort"))) {
      try SampleCase.store(at: folder.file("z.retort"), try SampleCase.configuration())
    }
    #expect(try names() == ["x.retort", "y.retort", "z.retort"], "nothing is left of what was refused")
  }

  @Test("a name that is being made is held: a second process is told by whom")
  func held() throws {
    let lock = try FileLock.take(beside: folder.file("t.tar"), patience: .zero)
    #expect(lock != nil)
    let error = #expect(throws: FileError.self) { try export("t.tar") }
    guard case .inUse(_, let holder?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(holder.process == Int(getpid()))
    withExtendedLifetime(lock) {}
  }

  @Test(
    "a file that has the name of a lock and is none stays as it is, and nothing is made", arguments: ["notes", "12a\n"])
  func notALock(contents: String) throws {
    let name = ".x.retort.retort-lock"
    try folder.write(contents, to: name)
    #expect(
      throws: FileError.unwritable(
        file: file, reason: "\(folder.file(name)) is in the way, and is no lock of this program")
    ) { try make() }
    #expect(try names() == [name] && FileBytes.read(folder.file(name)) == Array(contents.utf8))
    // What a killed process leaves is taken over.
    try folder.write("4194303\n", to: name)
    try make()
    #expect(try names() == ["x.retort"])
  }

  @Test("names as long as names may be are no obstacle")
  func longNames() throws {
    let long = String(repeating: "n", count: 240) + ".retort"
    try SampleCase.store(at: folder.file(long), try SampleCase.configuration()).close()
    #expect(try names() == [long])
  }

  @Test("a new file replaces none, and stands there whole")
  func created() throws {
    try FileBytes.create("one".utf8, at: folder.file("a"))
    #expect(throws: FileError.wouldOverwrite(file: folder.file("a"))) {
      try FileBytes.create("two".utf8, at: folder.file("a"))
    }
    try FileBytes.writeDurably("three".utf8, to: folder.file("a"))
    #expect(try FileBytes.read(folder.file("a")) == Array("three".utf8))
    #expect(try names() == ["a"])
  }

  @Test("what many add to one file at once stands there, each line whole")
  func appended() async throws {
    let file = folder.file("lines")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for number in 0..<20 {
            try FileBytes.append((String(repeating: "\(writer)", count: 300) + " \(number)\n").utf8, to: file)
          }
        }
      }
      try await group.waitForAll()
    }
    let lines = String(decoding: try FileBytes.read(file), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 160 && Set(lines).count == 160)
    #expect(lines.allSatisfy { Set($0.prefix(300)).count == 1 })
  }
}
