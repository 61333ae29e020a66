import CaseFile
import Cases
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Requests in flight")
struct InFlightTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func begin(_ item: PlannedItem, in store: CaseStore, run: Int) throws {
    try store.begin(
      item, request: SampleCase.answered(item).request, started: "2026-11-24T10:00:00.000Z", startedNanoseconds: 7,
      run: run)
  }

  @Test("a request whose attempt was never stored is found after a crash, with its bytes; one that ended is not")
  func lost() throws {
    let file = folder.file("a.retort")
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    let items = try store.remaining()
    for item in items.prefix(3) { try begin(item, in: store, run: run) }
    try store.append(SampleCase.failed(items[0]), run: run)
    try store.append(SampleCase.answered(items[1]), run: run)
    // What a crash leaves: the file and its log as they are now.
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: file + ending, toPath: folder.file("crashed.retort") + ending)
    }
    let crashed = try CaseStore.open(at: folder.file("crashed.retort"), for: .writing)
    let lost = try crashed.lost()
    #expect(lost.map(\.item) == [items[2]] && lost.map(\.run) == [run])
    #expect(lost[0].request == SampleCase.answered(items[2]).request)
    #expect(lost[0].started == "2026-11-24T10:00:00.000Z" && lost[0].startedNanoseconds == 7)
    #expect(try crashed.remaining().map(\.order) == items.map(\.order).filter { $0 != items[1].order })

    try crashed.append(SampleCase.failed(items[2]), run: lost[0].run)
    #expect(try crashed.lost().isEmpty)
    try crashed.verifyChain()
    try crashed.close()
    try store.close()
  }

  @Test("one item is in flight once, and a note that fails leaves the next attempt as safe as before")
  func twice() throws {
    let store = try SampleCase.store(at: folder.file("a.retort"), try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    let item = try store.remaining()[0]
    try begin(item, in: store, run: run)
    #expect(throws: CaseFileError.self) { try begin(item, in: store, run: run) }
    try store.append(SampleCase.failed(item), run: run)
    try begin(item, in: store, run: run)
    #expect(try store.lost().map(\.item) == [item])
    try store.close()
  }

  @Test("a case of the version before gets the table when it is opened for writing, and is read as it is")
  func earlierVersion() throws {
    let file = folder.file("old.retort")
    try SampleCase.store(at: file, try SampleCase.configuration()).close()
    let raw = try DatabaseQueue(path: file)
    try raw.write { db in
      try db.execute(
        sql: """
          DROP TABLE cosigned; DROP TABLE time_stamp; DROP TABLE checkpoint; DROP TABLE probe_salt; DROP TABLE record;
          DROP TABLE in_flight;
          DELETE FROM grdb_migrations WHERE identifier LIKE '3 %' OR identifier LIKE '4 %';
          PRAGMA user_version = 2
          """)
    }
    try raw.close()
    let reader = try CaseStore.open(at: file)
    #expect(try reader.contents().transcripts.count == 6)
    try reader.close()
    let writer = try CaseStore.open(at: file, for: .writing)
    #expect(try writer.lost().isEmpty)
    try writer.close()
  }
}
