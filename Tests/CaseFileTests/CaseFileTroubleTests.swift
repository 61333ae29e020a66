import CaseFile
import Cases
import Formats
import Foundation
import GRDB
import TestSupport
import Testing

/// Files that cannot be used, and disks that cannot be written.
struct CaseFileTroubleTests {
  let folder: TemporaryFolder
  var file: String { folder.file("x.retort") }

  /// The number of migrations of this version.
  static let version = 5

  init() throws { folder = try TemporaryFolder() }

  @Test("a missing file, a folder, a text and an empty file are told apart from a case")
  func noCase() throws {
    #expect(throws: FileError.unreadable(file: file, reason: "no such file or folder")) {
      try CaseStore.open(at: file)
    }
    #expect(throws: CaseFileError.isFolder(file: folder.path)) { try CaseStore.open(at: folder.path) }
    try folder.write("name: my-case\nseed: 1\n", to: "x.retort")
    #expect(throws: CaseFileError.notSQLite(file: file)) { try CaseStore.open(at: file) }
    try folder.write("", to: "x.retort")
    #expect(throws: CaseFileError.notSQLite(file: file)) { try CaseStore.open(at: file) }
  }

  @Test("a database of another program is no case", arguments: [CaseStore.Access.reading, .writing])
  func otherDatabase(access: CaseStore.Access) throws {
    let raw = try DatabaseQueue(path: file)
    try raw.write { try $0.execute(sql: "CREATE TABLE moz_places (id INTEGER)") }
    try raw.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(throws: CaseFileError.notACase(file: file)) { try CaseStore.open(at: file, for: access) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before, "not a byte is changed")
  }

  @Test("a case of a newer version is told from one of this version", arguments: [CaseStore.Access.reading, .writing])
  func newer(access: CaseStore.Access) throws {
    try SampleCase.store(at: file, try SampleCase.configuration()).close()
    let raw = try DatabaseQueue(path: file)
    try raw.write { try $0.execute(sql: "PRAGMA user_version = 7") }
    try raw.close()
    #expect(throws: CaseFileError.newerCase(file: file, version: 7, supported: CaseFileTroubleTests.version)) {
      try CaseStore.open(at: file, for: access)
    }
  }

  @Test("a case that exists is not written over")
  func exists() throws {
    try SampleCase.store(at: file, try SampleCase.configuration()).close()
    #expect(throws: CaseFileError.caseExists(file: file)) {
      try SampleCase.store(at: file, try SampleCase.configuration())
    }
  }

  @Test("a case that is being written is in use", arguments: [CaseStore.Access.reading, .writing])
  func inUse(access: CaseStore.Access) throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    #expect(throws: FileError.inUse(file: file)) { try CaseStore.open(at: file, for: access) }
    try store.close()
    try CaseStore.open(at: file, for: access).close()
  }

  @Test("a file cut in half is damaged, not a crash")
  func cut() throws {
    try SampleCase.store(at: file, try SampleCase.configuration(probes: 400)).close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: file))
    let error = #expect(throws: CaseFileError.self) { try CaseStore.open(at: file).contents() }
    guard case .caseDamaged(file, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("no changed bytes crash the reader", arguments: 0..<10)
  func randomDamage(seed: Int) throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    for item in try store.remaining() { try store.append(SampleCase.answered(item), run: run) }
    try store.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    for _ in 0..<20 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...40) { bytes[Int.random(in: 100..<bytes.count)] = .random(in: .min ... .max) }
      try bytes.write(to: URL(fileURLWithPath: file))
      do {
        _ = try CaseStore.open(at: file).contents()
      } catch is CaseFileError {
        // What may be said of a case.
      } catch is FileError {
        // What may be said of a file.
      }
    }
  }

  @Test(
    "a full disk is named, and nothing that was stored is lost",
    .enabled(if: SmallDisk.isPossible, "skipped: a small disk can be mounted by root on Linux only"))
  func fullDisk() throws {
    let disk = try SmallDisk(at: folder.file("disk"), kilobytes: 1_024)
    defer { disk.unmount() }
    let file = "\(disk.path)/x.retort"
    let store = try SampleCase.store(at: file, try SampleCase.configuration(probes: 200))
    let run = try store.beginRun(started: "", tool: "")
    let text = String(repeating: "A long answer. ", count: 300)
    var stored = 0
    let error = #expect(throws: CaseFileError.self) {
      for item in try store.remaining() {
        try store.append(SampleCase.answered(item, text: text), run: run)
        stored += 1
      }
    }
    #expect(error == .diskFull(file: file))
    #expect(stored > 5)
    let copy = folder.file("copy.retort")
    for ending in ["", "-wal"] { try FileManager.default.copyItem(atPath: file + ending, toPath: copy + ending) }
    try? store.close()
    let kept = try CaseStore.open(at: copy)
    #expect(try kept.spent().calls == stored)
    try kept.verifyChain()
    try kept.close()
    #expect(try SampleCase.integrity(copy) == ["ok"])
  }

  @Test(
    "a disk that cannot be written is named; reading a closed case from it works",
    .enabled(if: SmallDisk.isPossible, "skipped: a small disk can be mounted by root on Linux only"))
  func readOnlyDisk() throws {
    let disk = try SmallDisk(at: folder.file("disk"), kilobytes: 4_096)
    defer { disk.unmount() }
    let file = "\(disk.path)/x.retort"
    try SampleCase.store(at: file, try SampleCase.configuration()).close()
    try disk.remount("ro")
    let error = #expect(throws: FileError.self) { try CaseStore.open(at: file, for: .writing) }
    guard case .unwritable(file, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try CaseStore.open(at: file).contents().transcripts.count == 6)
    #expect(throws: FileError.self) {
      try SampleCase.store(at: "\(disk.path)/new.retort", try SampleCase.configuration())
    }
    try disk.remount("rw")
    let store = try CaseStore.open(at: file, for: .writing)
    try store.verifyChain()
    try store.close()
    #expect(try SampleCase.integrity(file) == ["ok"])
  }
}
