package import Cases
package import Formats
import Foundation
import GRDB

// What a case says, read back. Nothing here changes the file.
extension CaseStore {
  /// Everything that an analysis reads.
  ///
  /// - Throws: `CaseFileError.chainBroken` if the file does not agree with its own hashes.
  package func contents() throws -> CaseContents {
    let head = try verifyChain()
    let stored = try storedProtocol()
    let circumstances = try latestCircumstances()
    guard var contents = CaseContents.Builder(measurement: stored, circumstances: circumstances) else {
      throw CaseFileError.caseDamaged(file: file, reason: "the protocol names no suspect or no seed")
    }
    try read { db in
      try Self.forEachPlanned(db) { contents.add(planned: $0) }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, model, probe, sample, outcome, started, ended, hash, redacted, answer, response_headers
          FROM attempt ORDER BY id
          """)
      while let row = try rows.next() {
        contents.add(
          .init(
            number: try row.integer("id"), model: ModelID(try row.text("model")),
            probe: PromptID(try row.text("probe")),
            sample: try row.integer("sample"), outcome: try row.text("outcome"), started: try row.text("started"),
            ended: try row.text("ended"), hash: Hexadecimal.text(try row.bytes("hash"))),
          isRedacted: try row.integer("redacted") != 0, answer: try answer(row), storedHeaders: try headers(row))
      }
    }
    let probes = try probes()
    let recorded = RecordedAnswers(to: probes.values)
    for (model, file, digest) in CaseContents.recordings(in: stored) {
      contents.add(
        recorded: try recorded.read(try blob(digest), file: "\(self.file), \(file)", model: model).transcript)
    }
    return contents.finished(
      probes: probes, commitments: try commitments(to: probes), capabilities: try capabilities().mapValues(\.findings),
      chainHead: head, custody: try custody())
  }

  /// Bytes that the case keeps under their digest.
  func blob(_ digest: Digest) throws -> [UInt8] {
    let content = try read {
      try Data.fetchOne($0, sql: "SELECT content FROM blob WHERE digest = ?", arguments: [Data(digest.bytes)])
    }
    guard let content else { throw CaseFileError.chainBroken(file: file, ChainBreak(attempt: 0, .protocolDiffers)) }
    return Array(content)
  }

  /// nil for an attempt that failed.
  private func answer(_ row: Row) throws -> Answer? {
    guard let text = try row.textIfAny("answer") else { return nil }
    guard let answer = JSONValue(parsing: text).flatMap(Answer.init(json:)) else {
      throw CaseFileError.caseDamaged(file: file, reason: "an answer cannot be read")
    }
    return answer
  }

  private func headers(_ row: Row) throws -> JSONValue? {
    try row.textIfAny("response_headers").flatMap { JSONValue(parsing: $0) }
  }

  /// The answers that count, by model; a model without answers has an empty transcript.
  package func transcripts() throws -> [ModelID: Transcript] {
    let (answers, models) = try countedAnswers()
    return answers.transcripts(of: models, without: answers.copies)
  }

  private func countedAnswers() throws -> (answers: CountedAnswers, models: [ModelID]) {
    let asked = AskedTokens.all(in: try storedProtocol())
    return try read { db in
      let models = try String.fetchAll(db, sql: "SELECT DISTINCT model FROM plan").map { ModelID($0) }
      var answers = CountedAnswers()
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT model, probe, sample, answer, response_headers FROM attempt WHERE outcome <> 'failed' ORDER BY id")
      while let row = try rows.next() {
        guard let answer = try answer(row) else { continue }
        let model = ModelID(try row.text("model"))
        answers.add(
          model: model, probe: PromptID(try row.text("probe")), sample: try row.integer("sample"),
          answer.reading(asked[model]), storedHeaders: try headers(row))
      }
      return (answers, models)
    }
  }

  /// Checks every hash of the file: configuration, probe sets and plan, each attempt, each body, each record of the log.
  ///
  /// - Returns: the hash of the last attempt, which fixes all before it.
  /// - Throws: `CaseFileError.chainBroken` with the first attempt that differs.
  @discardableResult
  package func verifyChain() throws -> Digest {
    do {
      return try read { db in
        var verifier = HashChain.Verifier(genesis: try verifiedGenesis(db))
        let content = try db.makeStatement(sql: "SELECT content FROM blob WHERE digest = ?")
        let rows = try Row.fetchCursor(
          db, sql: "SELECT \(AttemptRow.names.joined(separator: ", ")), hash FROM attempt ORDER BY id")
        while let row = try rows.next() {
          try verifier.follow(
            AttemptRow.link(row) { digest in
              guard let body = try Data.fetchOne(content, arguments: [Data(digest)]) else { return .missing }
              return Digest(of: body).bytes == digest ? .intact : .altered
            })
        }
        try Self.verifyLog(db)
        return verifier.head
      }
    } catch let broken as ChainBreak {
      throw CaseFileError.chainBroken(file: file, broken)
    }
  }

  private func verifiedGenesis(_ db: Database) throws -> Digest {
    let broken = ChainBreak(attempt: 0, .protocolDiffers)
    guard let row = try Row.fetchOne(db, sql: "SELECT content, digest, genesis FROM protocol WHERE id = 1") else {
      throw broken
    }
    let digest = Digest(of: try row.text("content"))
    var following = HashChain.Genesis(protocolDigest: digest)
    try Self.forEachPlanned(db) { following.add($0) }
    let genesis = following.finished
    guard try digest.bytes == row.bytes("digest"), try genesis.bytes == row.bytes("genesis") else { throw broken }
    let sets = try Row.fetchAll(
      db, sql: "SELECT content FROM probe_set JOIN blob ON blob.digest = probe_set.digest ORDER BY position")
    let found = try sets.map { JSONValue.string(Digest(of: try $0.bytes("content")).hex) }
    let measurement = JSONValue(parsing: try row.text("content"))
    guard measurement?["probes"] == .array(found) else { throw broken }
    for (_, _, digest) in CaseContents.recordings(in: measurement ?? .null) {
      let stored = try Data.fetchOne(
        db, sql: "SELECT content FROM blob WHERE digest = ?", arguments: [Data(digest.bytes)])
      guard let stored, Digest(of: stored) == digest else { throw broken }
    }
    return genesis
  }

  /// The probes of the case, from the probe sets as they were when it was planned.
  package func probes() throws -> [PromptID: Probe] {
    try read { db in
      let sets = try Row.fetchAll(
        db, sql: "SELECT name, content FROM probe_set JOIN blob ON blob.digest = probe_set.digest ORDER BY position")
      var probes: [PromptID: Probe] = [:]
      for row in sets {
        for probe in try ProbeSet.parse(row.bytes("content"), file: row.text("name")).probes {
          probes[probe.id] = probe
        }
      }
      return probes
    }
  }

  /// What the probes are committed to; nothing in a case without a log.
  private func commitments(to probes: [PromptID: Probe]) throws -> [PromptID: Digest] {
    try read { db in
      guard try db.tableExists("probe_salt") else { return [:] }
      var commitments: [PromptID: Digest] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT probe, salt FROM probe_salt") {
        let id = PromptID(try row.text("probe"))
        guard let probe = probes[id] else { continue }
        commitments[id] = ProbeCommitment(probe, salt: try row.bytes("salt")).leaf
      }
      return commitments
    }
  }

  private func latestCircumstances() throws -> JSONValue {
    let text = try read { try String.fetchOne($0, sql: "SELECT content FROM circumstances ORDER BY id DESC LIMIT 1") }
    guard let text, let value = JSONValue(parsing: text) else {
      throw CaseFileError.caseDamaged(file: file, reason: "the names and the lineage are missing")
    }
    return value
  }
}
