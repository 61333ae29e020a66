import CaseFile
import Cases
import Foundation
import GRDB
import TestSupport
import Testing

struct CapabilityStoreTests {
  private let folder: TemporaryFolder
  private var file: String { folder.file("x.retort") }

  init() throws { folder = try TemporaryFolder() }

  private func check(_ standing: CapabilityFinding.Standing) -> CapabilityCheck {
    let request = Attempt.Request(url: "http://h/v1", headers: [], body: Array("{}".utf8))
    let exchange = CapabilityExchange(
      name: "short", started: "2026-11-23T12:44:10.123Z", ended: "2026-11-23T12:44:11.000Z", request: request,
      response: Attempt.HTTPResponse(status: 200, headers: [], body: [1, 2], isRedacted: false), problem: nil,
      chargedTokens: 9)
    return CapabilityCheck(
      model: ModelID("s"), exchanges: [exchange],
      findings: [CapabilityFinding(.seed, standing, requested: "one seed twice", observed: "equal \u{1F600} answers")])
  }

  @Test("the latest check of an endpoint counts, and every request of a check counts against the budget")
  func roundTrip() throws {
    let store = try SampleCase.store(at: file, try SampleCase.configuration())
    try store.append(check(.ignored), tool: "test")
    try store.append(check(.obeyed), tool: "test")
    let stored = try #require(try store.capabilities()[ModelID("s")])
    #expect(stored.findings == check(.obeyed).findings && stored.recorded == "2026-11-23T12:44:11.000Z")
    #expect(!stored.isOfAnswering)
    #expect(try store.spent() == (calls: 2, tokens: 18))
    #expect(try store.spending().map(\.tokens) == [9, 9])
    try store.close()
    let contents = try CaseStore.open(at: file).contents()
    #expect(contents.run?.endpoints.first?.capabilities == check(.obeyed).findings)
  }

  @Test("a case of the first version is read as it is, and brought up to date when it is written")
  func firstVersion() throws {
    let configuration = try SampleCase.configuration()
    let store = try SampleCase.store(at: file, configuration)
    let run = try store.beginRun(started: "", tool: "")
    try store.append(SampleCase.answered(try store.remaining()[0]), run: run)
    try store.close()
    let raw = try DatabaseQueue(path: file)
    try raw.write { db in
      try db.execute(
        sql: """
          DROP TABLE cosigned; DROP TABLE time_stamp; DROP TABLE checkpoint; DROP TABLE probe_salt; DROP TABLE record;
          DROP TABLE in_flight; DROP TABLE capability_exchange; DROP TABLE capability;
          DELETE FROM grdb_migrations WHERE identifier NOT LIKE '1 %'; PRAGMA user_version = 1
          """)
    }
    try raw.close()
    let old = try CaseStore.open(at: file)
    #expect(try old.contents().run?.endpoints.first?.capabilities == [])
    #expect(try old.spent().calls == 1 && old.spending().count == 1)
    try old.close()
    let new = try CaseStore.resume(
      at: file, configuration: configuration, plan: SampleCase.plan(configuration), tool: "test 2")
    try new.append(check(.obeyed), tool: "test")
    #expect(try new.spent().calls == 2)
    try new.close()
  }
}
