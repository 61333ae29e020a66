import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation
import GRDB
import Probing

/// Case files and evidence.
extension FuzzReader {
  static func cases(_ seeds: SeedFiles) throws -> [FuzzReader] {
    let sample = try SampleFiles()
    return [
      FuzzReader("case-file", file: "c.retort", seeds: [sample.caseFile]) { try readCase($0) },
      FuzzReader("case-values", seeds: [[0, 0, 0], [9, 3, 1, 30, 7, 2]]) { bytes in
        let file = "\(Workplace.folder)/v.retort"
        try Data(sample.caseFile).write(to: URL(fileURLWithPath: file))
        try CaseValues(bytes).write(into: file)
        try readCase(file)
      },
      FuzzReader("evidence-tar", file: "e.tar", seeds: [sample.tar]) { file in
        let verification = try EvidenceVerification(of: EvidencePlace.open(file))
        if verification.isComplete { _ = try? verification.contents() }
      },
      // The same without what an archive must look like, and with its list of files made anew.
      FuzzReader("evidence", seeds: [sample.tar]) { bytes in
        let source = LooseEvidence(tar: bytes)
        let verification = try EvidenceVerification(of: source, keys: [sample.key.key])
        do {
          _ = try verification.contents()
          _ = try verification.givenAnswers()
        } catch  where WordedError.holds(error) {}
      },
    ]
  }

  private static func readCase(_ file: String) throws {
    for ending in ["-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: file + ending) }
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    // One part may be damaged and others not: each is read.
    let parts: [() throws -> Void] = [
      { _ = try store.contents().ledger?.timeline(spans: 24) }, { _ = try store.transcripts() },
      { _ = try store.attempts(offset: 0, limit: 50) }, { _ = try store.attempt(1) },
      { _ = try store.search("An", limit: 10) }, { _ = try store.spent() }, { _ = try store.spending() },
      { _ = try store.capabilities() }, { _ = try store.givenAnswers() }, { _ = try store.checkpoints() },
      { _ = try store.recordedAnswers(of: ModelID("s")) }, { _ = try store.frozenProtocol() },
      { _ = try store.remaining() },
      {
        let configuration = try SampleFiles.configuration()
        _ = Estimate.answerShare(of: try store.spending(), configuration: configuration)
      },
    ]
    for part in parts {
      do { try part() } catch  where WordedError.holds(error) {}
    }
  }
}

/// Values of a case file that somebody changed with a tool of SQLite: which, and to what, is in the bytes.
struct CaseValues {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private static var values: [(any DatabaseValueConvertible)?] {
    [
      Int64.max, Int64.min, -1, 0, 1, 4_000_000_000, "", "x", "{", "[]", "{\"text\":7}", "\u{0}",
      "9999-99-99T99:99:99.999Z",
      "0000-01-01T00:00:00.000Z", 1e308, -1e308, Data(), Data([0]), Data(repeating: 0xFF, count: 32), nil,
      "{\"text\":\"a\",\"tokens\":[{\"token\":\"a\",\"logprob\":-1e308}],\"prompt_tokens\":9223372036854775807}",
      "{\"kind\":\"attempt\"}", "[[\"a\"]]",
    ]
  }

  func write(into file: String) throws {
    let database = try DatabaseQueue(path: file)
    defer { try? database.close() }
    try database.writeWithoutTransaction { db in
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \"\(trigger["name"] as String)\"") }
      try db.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
      var columns: [(table: String, column: String)] = []
      for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
        columns += try db.columns(in: table).map { (table: table, column: $0.name) }
      }
      for place in stride(from: 0, to: min(bytes.count, 30) - 2, by: 3) {
        let target = columns[Int(bytes[place]) % columns.count]
        let value = Self.values[Int(bytes[place + 1]) % Self.values.count]
        // A type that the table refuses, or a name that is there, changes nothing.
        try? db.execute(
          sql: """
            UPDATE "\(target.table)" SET "\(target.column)" = ? WHERE rowid IN
              (SELECT rowid FROM "\(target.table)" LIMIT 1 OFFSET ?)
            """, arguments: [value, Int(bytes[place + 2]) % 8])
      }
      for trigger in triggers { try db.execute(sql: trigger["sql"]) }
    }
  }
}

/// The files of an archive as far as its headers tell them, with the list of files as it should be.
struct LooseEvidence: EvidenceSource {
  let name = "loose.evidence"
  private var files: [String: [UInt8]] = [:]

  init(tar: [UInt8]) {
    var place = 0
    while place + 512 <= tar.count {
      let header = tar[place..<(place + 512)]
      let path = String(decoding: header.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
      let digits = header.dropFirst(124).prefix(11)
      let size = Int(String(decoding: digits, as: UTF8.self), radix: 8) ?? 0
      place += 512
      guard !path.isEmpty, size >= 0, size <= tar.count - place else { continue }
      files[path.hasPrefix("evidence/") ? String(path.dropFirst(9)) : path] = Array(tar[place..<(place + size)])
      place += (size + 511) / 512 * 512
    }
    // Bodies under the names that they have by what they say.
    for (path, bytes) in files where path.hasPrefix("blobs/sha256/") {
      files[path] = nil
      let hex = Digest(of: bytes).hex
      files["blobs/sha256/\(hex.prefix(2))/\(hex.dropFirst(2))"] = bytes
    }
    let listed = files.filter { !$0.key.hasPrefix("MANIFEST") }.sorted {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    files["MANIFEST.sha256"] = Array(listed.map { "\(Digest(of: $0.value).hex)  \($0.key)\n" }.joined().utf8)
  }

  func forEachPath(_ body: (String) throws -> Void) throws { for path in files.keys.sorted() { try body(path) } }

  func contains(_ path: String) -> Bool { files[path] != nil }

  func bytes(of path: String, from offset: Int, count: Int) -> [UInt8] {
    Array((files[path] ?? []).dropFirst(offset).prefix(count))
  }
}
