import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("Cosigning")
struct CosignTests {
  let folder: TemporaryFolder
  let key: SigningKey
  let witness: SigningKey
  var file: String { folder.file("x.retort") }
  var witnessFile: String { folder.file("witness.key") }

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
    witness = try #require(SigningKey(newNamed: "other.example.org"))
  }

  /// What the witness does with a head, with the memory of its key as it is on the disk.
  private func cosign(_ update: HeadUpdate) throws -> SignedNote {
    let read = try #require(HeadUpdate(parsing: Array(update.written.utf8)))
    #expect(read == update, "what was written reads back")
    var memory = try CosignedHeads(ofKey: witnessFile)
    try memory.admit(read, file: "head.note")
    return try read.note.cosigned(by: witness, time: 1_700_000_000)
  }

  private func answer(_ store: CaseStore, _ count: Int, run: Int = 1, text: String = "More.") throws {
    for item in try store.remaining().prefix(count) {
      try store.append(SampleCase.answered(item, text: text), run: run)
    }
  }

  private func started() throws -> CaseStore {
    let configuration = try SampleCase.configuration(probes: 10)
    let store = try CaseStore.create(
      at: file, configuration: configuration, plan: SampleCase.plan(configuration), tool: "test 1", signer: key)
    _ = try store.beginRun(started: "2026-11-23T12:44:10.123Z", tool: "test 1")
    try answer(store, 9)
    return store
  }

  @Test("the first head stands alone; a later one carries the proof from the last that was cosigned")
  func grows() throws {
    let store = try started()
    let first = try store.headToCosign(by: key)
    #expect(first.proof == ConsistencyProof(old: 0, nodes: []) && first.written == first.note.written)
    try store.add(cosigned: try cosign(first), file: "head.note")
    try answer(store, 8)
    _ = try store.signedHead(by: key)
    try answer(store, 6)
    let second = try store.headToCosign(by: key)
    #expect(second.proof.old == 12, "not from the head between, which nobody cosigned")
    #expect(second.written.hasPrefix("old 12\n"))
    try store.add(cosigned: try cosign(second), file: "head.note")
    // The same head again is the same statement.
    _ = try cosign(second)
    try answer(store, 3)
    #expect(try store.headToCosign(by: key).proof.old == 26)
    #expect(try store.headToCosign(by: key, since: 5).proof.old == 5)
    #expect(throws: CaseFileError.noSuchSize(file: file, 99)) { try store.headToCosign(by: key, since: 99) }
    try store.close()
    let kept = String(decoding: try FileBytes.read("\(witnessFile).heads"), as: UTF8.self)
    #expect(kept == second.note.text + "\n", "the last head of the log, as a checkpoint")
  }

  @Test("a later head is not cosigned without a proof from the one that the key signed")
  func proofMissing() throws {
    let store = try started()
    _ = try cosign(try store.headToCosign(by: key))
    try answer(store, 5)
    // The signature did not come back, so that the case knows of none.
    let bare = try store.headToCosign(by: key)
    #expect(bare.proof.old == 0)
    #expect(throws: CustodyError.proofMissing(file: "head.note", signed: 12)) { try cosign(bare) }
    #expect(throws: CustodyError.proofMissing(file: "head.note", signed: 12)) {
      try cosign(try store.headToCosign(by: key, since: 11))
    }
    _ = try cosign(try store.headToCosign(by: key, since: 12))
    try store.close()
  }

  @Test("a log that was begun anew from a copy is not cosigned, whatever proof comes with it")
  func forked() throws {
    let store = try started()
    try store.close()
    let copy = folder.file("copy.retort")
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    let one = try CaseStore.open(at: file, for: .writing, signer: key)
    try answer(one, 6)
    let shown = try one.headToCosign(by: key)
    _ = try cosign(shown)
    try one.close()
    let two = try CaseStore.open(at: copy, for: .writing, signer: key)
    try answer(two, 6, text: "Something better.")
    // As long as the one that was shown, and another.
    let other = try two.headToCosign(by: key)
    #expect(Checkpoint(other.note.text)?.origin == Checkpoint(shown.note.text)?.origin)
    #expect(throws: CustodyError.notContinued(file: "head.note", signed: 18)) { try cosign(other) }
    try answer(two, 6)
    let later = try two.headToCosign(by: key, since: 18)
    #expect(throws: CustodyError.notContinued(file: "head.note", signed: 18)) { try cosign(later) }
    // Shorter than what was shown.
    try two.close()
    let three = try CaseStore.open(at: copy, for: .writing, signer: key)
    let first = try #require(try three.checkpoints().first)
    #expect(first.checkpoint.size == 18)
    try three.close()
    let fresh = try started(at: folder.file("fresh.retort"))
    _ = try cosign(try fresh.headToCosign(by: key))
    try fresh.close()
  }

  private func started(at file: String) throws -> CaseStore {
    let configuration = try SampleCase.configuration(probes: 10)
    return try CaseStore.create(
      at: file, configuration: configuration, plan: SampleCase.plan(configuration), tool: "test 1", signer: key)
  }

  @Test("a head below the one that was cosigned is refused, and a damaged memory is told, not overwritten")
  func memory() throws {
    let store = try started()
    let early = try store.headToCosign(by: key)
    try answer(store, 4)
    _ = try cosign(try store.headToCosign(by: key))
    #expect(throws: CustodyError.notContinued(file: "head.note", signed: 16)) { try cosign(early) }
    try store.close()
    try folder.write("lab.example.org/case/x\nmany\n", to: "witness.key.heads")
    #expect(throws: CustodyError.memoryDamaged(file: "\(witnessFile).heads")) { try cosign(early) }
    #expect(try FileBytes.read("\(witnessFile).heads") == Array("lab.example.org/case/x\nmany\n".utf8))
  }

  @Test("what is no request of C2SP's tlog-witness is not read")
  func requests() throws {
    let store = try started()
    let first = try store.signedHead(by: key).checkpoint.size
    try answer(store, 7)
    let text = try store.headToCosign(by: key, since: first).written
    try store.close()
    #expect(HeadUpdate(parsing: Array(text.utf8)) != nil)
    let line = try #require(text.split(separator: "\n").dropFirst().first.map(String.init))
    for changed in [
      text.replacingOccurrences(of: "old 12", with: "old 012"), text.replacingOccurrences(of: "old 12", with: "old -1"),
      text.replacingOccurrences(of: line, with: line.dropLast(4) + "===="), String(text.dropLast()),
      text.replacingOccurrences(of: "\n\n", with: "\n"), String(text.dropFirst(4)), "old 12\n\n", "",
      text.replacingOccurrences(of: line, with: Array(repeating: line, count: 64).joined(separator: "\n")),
    ] { #expect(HeadUpdate(parsing: Array(changed.utf8)) == nil, "\(changed)") }
  }

  @Test("a file of the version before, whose log had no room for connections, gets it, record by record as it was")
  func migrated() throws {
    let store = try started()
    let head = try store.signedHead(by: key).checkpoint
    try store.close()
    let raw = try DatabaseQueue(path: file)
    try raw.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA foreign_keys = OFF;
          DELETE FROM grdb_migrations WHERE identifier LIKE '5 %';
          PRAGMA user_version = 4;
          DROP TRIGGER record_is_not_changed;
          DROP TRIGGER record_is_not_deleted;
          CREATE TABLE old (
            seq INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('protocol', 'circumstances', 'run', 'attempt', 'capability', 'analysis')),
            attempt INTEGER REFERENCES attempt(id),
            content TEXT,
            leaf BLOB NOT NULL,
            CHECK ((kind = 'attempt') = (attempt IS NOT NULL) AND (attempt IS NULL) = (content IS NOT NULL))
          ) STRICT;
          INSERT INTO old SELECT * FROM record;
          DROP TABLE record;
          ALTER TABLE old RENAME TO record;
          CREATE TRIGGER record_is_not_changed BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;
          CREATE TRIGGER record_is_not_deleted BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'a log is never changed'); END;
          """)
    }
    try raw.close()
    let read = try CaseStore.open(at: file)
    try read.verifyChain()
    try read.close()
    let again = try CaseStore.open(at: file, for: .writing)
    #expect(try again.signedHead(by: key).checkpoint == head)
    try again.record(ClockReading(server: "a:123", moment: .end, outcome: .failed("x")), at: Date())
    try again.verifyChain()
    try again.close()
    let changed = try DatabaseQueue(path: file)
    #expect(throws: DatabaseError.self, "the log is still never changed") {
      try changed.write { try $0.execute(sql: "DELETE FROM record") }
    }
    try changed.close()
    #expect(try SampleCase.integrity(file) == ["ok"])
  }

  @Test("connections and clocks are records of the log, and its verification reads them")
  func records() throws {
    let store = try started()
    let facts = ConnectionFacts(
      host: "api.example.org", address: "192.0.2.1:443", version: "TLS 1.3", certificate: [1, 2, 3],
      publicKeyDigest: Digest(of: "key"))
    let now = Date()
    try store.record(facts, at: now)
    try store.record(
      ClockReading(server: "a:123", moment: .begin, outcome: .answered(offset: -1_234_567, delay: 8_000, stratum: 2)),
      at: now)
    try store.record(ClockReading(server: "a:123", moment: .end, outcome: .failed("no answer in time")), at: now)
    try store.verifyChain()
    let custody = try #require(try store.contents().run?.custody)
    #expect(custody.connections?.map(\.host) == ["api.example.org"])
    #expect(custody.connections?.first?.certificate == Digest(of: [1, 2, 3]).hex)
    #expect(custody.clocks?.map(\.words) == ["a:123: −1234.6 ms (round trip 8.0 ms)", "a:123: no answer in time"])
    #expect(custody.deviations == [])
    _ = try store.signedHead(by: key)
    let path = folder.file("x.evidence")
    _ = try EvidenceExport(store, key: key, withholding: .nothing, attachments: []).write(to: path)
    try store.close()
    var evidence = try EvidenceSample(folder: path)
    func checks() throws -> [EvidenceCheck] { try EvidenceVerification(of: evidence).checks }
    func altered() throws -> [EvidenceCheck.Subject] {
      try checks().filter { $0.failed && $0.promise == .integrity }.map(\.subject)
    }
    #expect(try altered() == [])
    #expect(try checks().contains { "\($0.finding)".contains("a:123: −1234.6 ms") })
    evidence.records = evidence.records.map { $0.replacingOccurrences(of: "\"AQID\"", with: "\"AQIE\"") }
    try evidence.sign(with: key)
    #expect(try altered() == [.records])
    if IndependentPython.isHere {
      let second = try evidence.secondVerifier()
      #expect(second.status == 20 && second.output.contains("✗ records"), "\(second.output)")
    }
  }

  @Test("a key remembers what it cosigned under whatever link it is named, also what it cosigned as a link before")
  func links() throws {
    func head(_ text: String, by file: String) throws {
      let root = Checkpoint(origin: "lab.example.org/case/0123456789abcdef", size: 9, root: Digest(of: text)).text
      var memory = try CosignedHeads(ofKey: file)
      try memory.admit(HeadUpdate(note: try SignedNote(text: root, signedBy: key)), file: "head.note")
    }
    let link = folder.file("link.key")
    try witness.write(to: witnessFile)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "witness.key")
    try head("one", by: witnessFile)
    try head("one", by: link)
    #expect(throws: CustodyError.notContinued(file: "head.note", signed: 9)) { try head("fork", by: link) }
    #expect(!FileBytes.exists("\(link).heads"))
    // As versions before 0.10.0 left it.
    try FileManager.default.moveItem(atPath: "\(witnessFile).heads", toPath: "\(link).heads")
    #expect(throws: CustodyError.notContinued(file: "head.note", signed: 9)) { try head("fork", by: link) }
  }
}
