import CaseFile
import Cases
import Foundation
import GRDB
import TestSupport
import Testing

struct HashChainTests {
  let folder: TemporaryFolder
  var file: String { folder.file("sample.retort") }

  /// A closed case of six attempts, the third of which failed.
  init() throws {
    folder = try TemporaryFolder()
    let store = try SampleCase.store(at: folder.file("sample.retort"), try SampleCase.configuration())
    let run = try store.beginRun(started: "", tool: "")
    for (index, item) in try store.remaining().prefix(6).enumerated() {
      try store.append(
        index == 2 ? SampleCase.failed(item) : SampleCase.answered(item, text: "Answer \(index)"), run: run)
    }
    try store.close()
  }

  /// Changes the file as someone would who knows SQLite.
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

  private func verify() throws {
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    try store.verifyChain()
  }

  @Test("an untouched case verifies")
  func untouched() throws { try verify() }

  @Test(
    "a change is found, and the first attempt that differs is named",
    arguments: [
      ("UPDATE attempt SET answer = replace(answer, 'Answer 3', 'Answer 4') WHERE id = 4", 4, .contentDiffers),
      ("UPDATE attempt SET outcome = 'refused' WHERE id = 1", 1, .contentDiffers),
      ("UPDATE attempt SET status = NULL WHERE id = 6", 6, .contentDiffers),
      ("UPDATE attempt SET first_byte_ns = 1 WHERE id = 2", 2, .contentDiffers),
      ("UPDATE attempt SET hash = zeroblob(32) WHERE id = 6", 6, .contentDiffers),
      ("UPDATE attempt SET previous = zeroblob(32) WHERE id = 5", 5, .previousDiffers),
      ("DELETE FROM attempt WHERE id = 3", 3, .attemptMissing),
      ("DELETE FROM attempt WHERE id = 1", 1, .attemptMissing),
      (
        "UPDATE blob SET content = x'00' WHERE digest = (SELECT response FROM attempt WHERE id = 5)", 5,
        .responseBodyDiffers
      ),
      (
        "UPDATE blob SET content = x'00' WHERE digest = (SELECT request FROM attempt WHERE id = 2)", 2,
        .requestBodyDiffers
      ),
      ("DELETE FROM blob WHERE digest = (SELECT response FROM attempt WHERE id = 3)", 3, .responseBodyMissing),
      ("DELETE FROM blob WHERE digest = (SELECT request FROM attempt WHERE id = 3)", 3, .requestBodyMissing),
      ("UPDATE plan SET request_seed = 5 WHERE planned_order = 17", 0, .protocolDiffers),
      ("UPDATE protocol SET content = replace(content, '0.7', '0.8')", 0, .protocolDiffers),
      ("UPDATE blob SET content = x'00' WHERE digest = (SELECT digest FROM probe_set)", 0, .protocolDiffers),
      ("DELETE FROM probe_set", 0, .protocolDiffers),
    ] as [(String, Int, ChainBreak.Finding)])
  func tampered(sql: String, attempt: Int, finding: ChainBreak.Finding) throws {
    try tamper(sql)
    let broken = CaseFileError.chainBroken(file: file, ChainBreak(attempt: attempt, finding))
    #expect(throws: broken) { try verify() }
    #expect(throws: broken) { try CaseStore.open(at: file).contents() }
  }

  @Test("two attempts that change places with all their hashes are found")
  func swapped() throws {
    try tamper(
      "UPDATE attempt SET id = 99 WHERE id = 2; UPDATE attempt SET id = 2 WHERE id = 4; UPDATE attempt SET id = 4 WHERE id = 99"
    )
    #expect(throws: CaseFileError.chainBroken(file: file, ChainBreak(attempt: 2, .previousDiffers))) { try verify() }
  }

  @Test("a byte flipped in the file itself is found", arguments: ["Answer 3", "response 4 ok", "request 1"])
  func flippedByte(text: String) throws {
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    let place = try #require(bytes.firstRange(of: Data(text.utf8)))
    bytes[place.lowerBound] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file))
    #expect(throws: CaseFileError.self) { try verify() }
  }

  @Test(
    "Python computes the same hashes from the documented form",
    .enabled(if: IndependentPython.isHere, Comment(rawValue: IndependentPython.note)))
  func independent() throws {
    let script = """
      import hashlib, sqlite3, struct, sys
      db = sqlite3.connect(sys.argv[1])
      def field(v):
        if v is None: tag, content = 0, b""
        elif isinstance(v, int): tag, content = 1, struct.pack(">q", v)
        elif isinstance(v, str): tag, content = 2, v.encode()
        else: tag, content = 3, v
        return bytes([tag]) + struct.pack(">Q", len(content)) + content
      def digest(kind, values): return hashlib.sha256(kind + b"".join(map(field, values))).digest()
      protocol, = db.execute("SELECT content FROM protocol").fetchone()
      plan = [v for row in db.execute(
        "SELECT planned_order, model, probe, sample, request_seed FROM plan ORDER BY planned_order") for v in row]
      previous = digest(b"retort.plan/1", [hashlib.sha256(protocol.encode()).digest()] + plan)
      for row in db.execute("SELECT * FROM attempt ORDER BY id"):
        assert row[-2] == previous, row[0]
        previous = digest(b"retort.attempt/1", row[:-1])
        assert row[-1] == previous, row[0]
      print(previous.hex())
      """
    let head = try IndependentPython.run(script, arguments: [file])
    let store = try CaseStore.open(at: file)
    #expect(String(decoding: head, as: UTF8.self) == (try store.contents().run?.chainHead ?? "") + "\n")
    try store.close()
  }
}
