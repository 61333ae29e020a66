import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import GRDB
import TestSupport
import Testing

@Suite("The log of a case")
struct CaseLogTests {
  let folder: TemporaryFolder
  let key: SigningKey
  var file: String { folder.file("x.retort") }

  init() throws {
    folder = try TemporaryFolder()
    key = try #require(SigningKey(newNamed: "lab.example.org"))
  }

  private func tamper(_ sql: String) throws {
    let raw = try DatabaseQueue(path: file)
    try raw.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
    }
    try raw.close()
  }

  @Test("the protocol is the first record, before any attempt, with plan, commitments and analysis")
  func protocolFirst() throws {
    let store = try EvidenceSample.store(at: file, key: key)
    let frozen = try #require(try store.frozenProtocol())
    #expect(frozen["schema"]?.string == "retort.frozen-protocol/1")
    #expect(frozen["analysis"]?["question"]?.string == "Was s trained on answers of t?")
    #expect(frozen["plan"]?["items"]?.integer == 24 && frozen["probes"]?["count"]?.integer == 4)
    #expect(frozen["measurement"]?["seed"]?.string == "18446744073709551615")
    #expect(!frozen.canonical.contains("Question"), "probes are committed to, not shown")
    let custody = try #require(try store.contents().run?.custody)
    #expect(custody.protocolDigest == Digest(of: frozen.canonical).hex && custody.records == 28)
    #expect(custody.checkpoints.map(\.size) == [2, 16, 28])
    try store.close()
  }

  @Test("the second verifier has a grammar for each kind of record, and for no other")
  func kinds() throws {
    let script = try String(contentsOfFile: SecondVerifier.script, encoding: .utf8)
    let table = try #require(script.firstMatch(of: #/(?m)^RECORDS = \{\n((?: .*\n)+)/#)).output.1
    let kinds = table.matches(of: #/(?m)^    "(\w+)": /#).map { String($0.output.1) }
    #expect(kinds.sorted() == LogRecord.Kind.allCases.map(\.rawValue).sorted())
  }

  @Test("the second verifier names and reads each dialect, and no other")
  func dialects() throws {
    let script = try String(contentsOfFile: SecondVerifier.script, encoding: .utf8)
    let expected = Endpoint.DialectName.allCases.map(\.rawValue).sorted()
    let named = try #require(script.firstMatch(of: #/(?m)^DIALECTS = \(([^)]*)\)/#)).output.1
    #expect(named.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }.sorted() == expected)
    let read = try #require(script.firstMatch(of: #/(?m)^READERS = \{([^}]*)\}/#)).output.1
    #expect(read.matches(of: #/"([^"]+)":/#).map { String($0.output.1) }.sorted() == expected)
  }

  @Test("a commitment is the hash of salt and canonical probe")
  func commitment() {
    // Computed by Python's hashlib and rfc8785.
    let text =
      #"{"id":"p-0001","messages":[{"content":"ping","role":"user"}],"params":{"max_tokens":"64","temperature":"0"}}"#
    #expect(
      ProbeCommitment(text: text, salt: (0..<32).map { UInt8($0) }).leaf.hex
        == "ebcaea0c6d5f2053eea90a81d57aade314faacdde60791ed91dfcac36ac2ff38")
    let probe = Probe(id: PromptID("p"), prompt: "x")
    #expect(ProbeCommitment(probe).leaf != ProbeCommitment(probe).leaf, "two salts are never the same")
  }

  @Test("what changes between runs is recorded as a deviation, by the tool and at once")
  func deviations() throws {
    try EvidenceSample.store(at: file, key: key).close()
    let other = try SampleCase.configuration(probes: 4, name: "renamed", developer: "B")
    let store = try CaseStore.resume(at: file, configuration: other, plan: SampleCase.plan(other), tool: "test 2")
    _ = try store.beginRun(started: UTCTime.text(Date()), tool: "test 2")
    try store.recordAnalysis(method: 1, calibration: nil, tool: "test 2")
    try store.recordAnalysis(method: 1, calibration: nil, tool: "test 2")
    let deviations = try #require(try store.contents().run?.custody?.deviations)
    #expect(deviations.contains { $0.what == "name" && $0.before == "sample" && $0.after == "renamed" })
    #expect(deviations.contains { $0.what == "models[0].developer" && $0.before == "A" && $0.after == "B" })
    #expect(deviations.filter { $0.what == "program" }.count == 1)
    #expect(deviations.filter { $0.what == "analysis.method" }.map(\.after) == ["1"])
    try store.close()
  }

  @Test(
    "a log that was changed is found, and never signed again",
    arguments: [
      "UPDATE record SET content = replace(content, '\"A\"', '\"Z\"') WHERE kind = 'circumstances'",
      "UPDATE record SET leaf = zeroblob(32) WHERE seq = 9",
      "DELETE FROM record WHERE seq = 27",
      "UPDATE circumstances SET content = replace(content, '\"A\"', '\"Z\"')",
      "UPDATE record SET content = replace(content, 'no_link', 'no_luck') WHERE seq = 0",
    ])
  func changed(sql: String) throws {
    try EvidenceSample.store(at: file, key: key).close()
    try tamper(sql)
    let store = try CaseStore.open(at: file, for: .writing)
    let error = #expect(throws: CaseFileError.self) { try store.verifyChain() }
    guard case .chainBroken(file, let found) = error, found.finding == .recordDiffers else {
      Issue.record("\(String(describing: error))")
      return
    }
    if sql.contains("record SET leaf") || sql.contains("DELETE") {
      #expect(throws: CaseFileError.rootDiffers(file: file, size: 28)) { try store.signedHead(by: key) }
    }
    try store.close()
  }

  @Test("a log is signed by one key; a head is signed once; one of 500 records and more while it grows")
  func signing() throws {
    let configuration = try SampleCase.configuration(probes: 200)
    let store = try CaseStore.create(
      at: file, configuration: configuration, plan: SampleCase.plan(configuration), tool: "test 1", signer: key)
    let run = try store.beginRun(started: "", tool: "")
    for item in try store.remaining().prefix(1_100) { try store.append(SampleCase.answered(item), run: run) }
    #expect(try store.checkpoints().map(\.checkpoint.size) == [500, 1_000])
    #expect(try store.signedHead(by: key).checkpoint.size == 1_103)
    #expect(try store.signedHead(by: key).id == store.checkpoints().last?.id)
    let stranger = try #require(SigningKey(newNamed: "other.example.org"))
    #expect(throws: CaseFileError.self) { try store.signedHead(by: stranger) }
    let heads = try store.checkpoints()
    #expect(heads.allSatisfy { $0.note.isSigned(by: key.key) && $0.key == key.key })
    try store.close()
  }

  @Test("what another party signed is kept with the head it belongs to; a head of another case is refused")
  func cosigned() throws {
    let store = try EvidenceSample.store(at: file, key: key)
    let witness = try #require(SigningKey(newNamed: "other.example.org"))
    let head = try store.signedHead(by: key)
    try store.add(cosigned: head.note.cosigned(by: witness, time: 1_800_000_000), file: "head.note")
    #expect(try store.checkpoints().last?.cosigned?.cosignatureTime(of: witness.key) == 1_800_000_000)
    #expect(try store.contents().run?.custody?.checkpoints.last?.cosigners == ["other.example.org"])
    #expect(throws: CaseFileError.noCosignature(file: "head.note")) {
      try store.add(cosigned: store.checkpoints()[0].note, file: "head.note")
    }
    var crowd = head.note
    for number in 0..<100 { crowd = try crowd.cosigned(by: witness, time: 1_800_000_001 + number) }
    #expect(throws: CustodyError.noCheckpoint(file: "crowd.note")) {
      try store.add(cosigned: crowd, file: "crowd.note")
    }
    #expect(try store.checkpoints().last?.cosigned?.cosignatureTime(of: witness.key) == 1_800_000_000)
    let stray = try SignedNote(text: head.note.text.replacingOccurrences(of: "\n28\n", with: "\n27\n"), signedBy: key)
    #expect(throws: CaseFileError.checkpointOfOtherLog(file: "x")) {
      try store.add(cosigned: stray, file: "x")
    }
    let path = folder.file("x.evidence")
    _ = try EvidenceExport(store, key: key, withholding: .nothing, attachments: []).write(to: path)
    try store.close()
    func failures(_ key: NoteKey) throws -> [EvidenceCheck] {
      try EvidenceVerification(of: try EvidencePlace.open(path), witnesses: [key]).checks.filter(\.failed)
    }
    #expect(try failures(witness.key).isEmpty)
    #expect(try failures(key.key).map(\.subject) == [.timeStamps])
    if IndependentPython.isHere {
      let evidence = try EvidenceSample(folder: path)
      #expect(try evidence.secondVerifier(["--witness", witness.key.text(.cosignature)]).status == 0)
      #expect(try evidence.secondVerifier(["--witness", key.key.text(.cosignature)]).status == 22)
    }
  }

  @Test(
    "time stamps of openssl hold in evidence, and one of another time or head does not",
    .enabled(if: LocalAuthority.isHere, "\(LocalAuthority.note)"))
  func timeStamps() throws {
    // Attempts lie ahead of the clock, further than the authority takes to stamp what came before them.
    let store = try EvidenceSample.store(at: file, key: key, origin: Date(timeIntervalSinceNow: 120))
    let place = try TemporaryFolder()
    let authority = try LocalAuthority(in: place.path)
    for head in try store.checkpoints() {
      let request = TimeStampRequest(for: Array(head.note.written.utf8))
      try store.add(
        .init(authority: "http://tsa", request: request.bytes, response: try authority.reply(to: request.bytes)),
        to: head)
    }
    let path = folder.file("x.evidence")
    _ = try EvidenceExport(store, key: key, withholding: .nothing, attachments: []).write(to: path)
    try store.close()
    var evidence = try EvidenceSample(folder: path)
    let anchors = X509Certificate.all(pem: try FileBytes.read(authority.anchor))
    func checks(_ evidence: EvidenceSample) throws -> [EvidenceCheck] {
      try EvidenceVerification(of: evidence, anchors: anchors).checks.filter(\.failed)
    }
    func failed(_ evidence: EvidenceSample) throws -> [EvidenceCheck.Subject] {
      try checks(evidence).map(\.subject)
    }
    // Stamped before the attempts that they cover.
    let early = try checks(evidence)
    #expect(early.map(\.subject) == [.timeStamps], "\(early)")
    if IndependentPython.isHere {
      #expect(try evidence.secondVerifier(["--authority", authority.anchor]).status == 22)
    }
    for number in ["00002", "00003"] {
      for ending in ["tsq", "tsr", "txt"] { evidence.files["time-stamps/\(number).1.\(ending)"] = nil }
    }
    try evidence.sign(with: key)
    // Signed anew the first head is the same, byte for byte, where signatures are not random.
    #if os(Linux)
      let left = try checks(evidence)
      #expect(left.isEmpty, "\(left)")
      if IndependentPython.isHere {
        let second = try evidence.secondVerifier(["--authority", authority.anchor])
        #expect(second.status == 0, "\(second.output)")
        let elsewhere = try TemporaryFolder()
        let stranger = try LocalAuthority(in: elsewhere.path, key: .p256)
        let refused = try evidence.secondVerifier(["--authority", stranger.anchor])
        #expect(refused.status == 22, "\(refused.output)")
        withExtendedLifetime(elsewhere) {}
      }
    #endif
    evidence.files["time-stamps/00002.1.tsq"] = evidence.files["time-stamps/00001.1.tsq"]
    evidence.files["time-stamps/00002.1.tsr"] = evidence.files["time-stamps/00001.1.tsr"]
    try evidence.sign(with: key)
    // What a stamp that does not hold would cover is not covered, and files are told by their numbers too.
    let found = try failed(evidence)
    #expect(found.contains(.timeStamps) && Set(found).isSubset(of: [.manifest, .timeStamps, .coverage]), "\(found)")
  }

  @Test("the database is whole after all of this")
  func integrity() throws {
    try EvidenceSample.store(at: file, key: key).close()
    let raw = try DatabaseQueue(path: file)
    #expect(try raw.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
    #expect(try raw.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }.isEmpty)
    try raw.close()
  }
}
