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
    let (answers, models) = try countedAnswers()
    let copies = answers.copies
    guard let suspect = Self.name(stored["suspect"]), let seed = stored["seed"]?.string.flatMap(UInt64.init) else {
      throw CaseFileError.caseDamaged(file: file, reason: "the protocol names no suspect or no seed")
    }
    return CaseContents(
      name: circumstances["name"]?.string ?? "", suspect: suspect,
      candidates: (stored["candidates"]?.array ?? []).compactMap(Self.name),
      cohort: (stored["cohort"]?.array ?? []).compactMap(Self.name),
      transcripts: answers.transcripts(of: models, without: copies),
      lineage: Self.lineage(circumstances), probes: try probes(), seed: seed,
      run: try summary(stored, answers, copies, chainHead: head), ledger: try ledger(),
      commission: Commission(json: circumstances["commission"]))
  }

  /// The answers that count, by model; a model without answers has an empty transcript.
  package func transcripts() throws -> [ModelID: Transcript] {
    let (answers, models) = try countedAnswers()
    return answers.transcripts(of: models, without: answers.copies)
  }

  private func countedAnswers() throws -> (answers: CountedAnswers, models: [ModelID]) {
    try read { db in
      let models = try String.fetchAll(db, sql: "SELECT DISTINCT model FROM plan").map { ModelID($0) }
      var answers = CountedAnswers()
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT model, probe, sample, answer, response_headers FROM attempt WHERE outcome <> 'failed' ORDER BY id")
      while let row = try rows.next() {
        guard let value = JSONValue(parsing: try row.text(3)), let answer = Answer(json: value) else {
          throw CaseFileError.caseDamaged(file: file, reason: "an answer cannot be read")
        }
        answers.add(
          model: ModelID(try row.text(0)), probe: PromptID(try row.text(1)), sample: try row.integer(2), answer,
          storedHeaders: try row.textIfAny(4).flatMap { JSONValue(parsing: $0) })
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
          db, sql: "SELECT \(AttemptRow.columns.joined(separator: ", ")), hash FROM attempt ORDER BY id")
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
    let digest = Digest(of: try row.text(0))
    var following = HashChain.Genesis(protocolDigest: digest)
    try Self.forEachPlanned(db) { following.add($0) }
    let genesis = following.finished
    guard try digest.bytes == row.bytes(1), try genesis.bytes == row.bytes(2) else { throw broken }
    let sets = try Row.fetchAll(
      db, sql: "SELECT content FROM probe_set JOIN blob ON blob.digest = probe_set.digest ORDER BY position")
    let found = try sets.map { JSONValue.string(Digest(of: try $0.bytes(0)).hex) }
    guard JSONValue(parsing: try row.text(0))?["probes"] == .array(found) else { throw broken }
    return genesis
  }

  /// The probes of the case, from the probe sets as they were when it was planned.
  package func probes() throws -> [PromptID: Probe] {
    try read { db in
      let sets = try Row.fetchAll(
        db, sql: "SELECT name, content FROM probe_set JOIN blob ON blob.digest = probe_set.digest ORDER BY position")
      var probes: [PromptID: Probe] = [:]
      for row in sets {
        for probe in try ProbeSet.parse(row.bytes(1), file: row.text(0)).probes { probes[probe.id] = probe }
      }
      return probes
    }
  }

  /// Every attempt, and what the probes are committed to.
  private func ledger() throws -> AttemptLedger {
    let probes = try probes()
    return try read { db in
      var attempts: [AttemptLedger.Entry] = []
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, model, probe, sample, outcome, started, ended, hash FROM attempt ORDER BY id")
      while let row = try rows.next() {
        attempts.append(
          .init(
            number: try row.integer(0), model: ModelID(try row.text(1)), probe: PromptID(try row.text(2)),
            sample: try row.integer(3), outcome: try row.text(4), started: try row.text(5), ended: try row.text(6),
            hash: Hexadecimal.text(try row.bytes(7))))
      }
      var commitments: [PromptID: Digest] = [:]
      if try db.tableExists("probe_salt") {
        for row in try Row.fetchAll(db, sql: "SELECT probe, salt FROM probe_salt") {
          let id = PromptID(try row.text(0))
          guard let probe = probes[id] else { continue }
          commitments[id] = ProbeCommitment(probe, salt: try row.bytes(1)).leaf
        }
      }
      return AttemptLedger(attempts: attempts, commitments: commitments)
    }
  }

  private func summary(
    _ stored: JSONValue, _ answers: CountedAnswers, _ copies: CopiedAnswers, chainHead: Digest
  ) throws -> RunSummary {
    let models =
      [stored["suspect"]].compactMap(\.self) + (stored["candidates"]?.array ?? []) + (stored["cohort"]?.array ?? [])
    let capabilities = try capabilities().mapValues(\.findings)
    let custody = try custody()
    return try read { db in
      let endpoints = try models.compactMap { try Self.endpoint($0, capabilities, answers, copies, in: db) }
      let times = try Row.fetchOne(db, sql: "SELECT min(started), max(ended) FROM attempt")
      let digest = try Data.fetchOne(db, sql: "SELECT digest FROM protocol WHERE id = 1").map(Array.init) ?? []
      return RunSummary(
        endpoints: endpoints, firstAttempt: try times?.textIfAny(0), lastAttempt: try times?.textIfAny(1),
        chainHead: chainHead.hex,
        configuration: Digest(stored: digest)?.hex ?? "", custody: custody)
    }
  }

  private static func endpoint(
    _ model: JSONValue, _ capabilities: [ModelID: [CapabilityFinding]], _ answers: CountedAnswers,
    _ copies: CopiedAnswers,
    in db: Database
  ) throws -> RunSummary.Endpoint? {
    guard let name = name(model) else { return nil }
    var outcomes: [String: Int] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT outcome, count(*) FROM attempt WHERE model = ? GROUP BY outcome", arguments: [name.rawValue])
    {
      outcomes[try row.text(0)] = try row.integer(1)
    }
    func declared(_ key: String) throws -> [String] {
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT json_extract(answer, '$.\(key)') AS value FROM attempt
          WHERE model = ? AND outcome <> 'failed' AND value IS NOT NULL ORDER BY value
          """, arguments: [name.rawValue])
    }
    return RunSummary.Endpoint(
      model: name, dialect: model["dialect"]?.string ?? "", url: model["url"]?.string ?? "",
      requestedModel: model["served_model"]?.string ?? "", declaredModels: try declared("declared_model"),
      declaredFingerprints: try declared("fingerprint"),
      planned: try Int.fetchOne(db, sql: "SELECT count(*) FROM plan WHERE model = ?", arguments: [name.rawValue]) ?? 0,
      attempts: outcomes.values.reduce(0, +), outcomes: outcomes,
      pasted: try count("json_extract(answer, '$.pasted')", name, in: db),
      redacted: try count("redacted", name, in: db), copies: copies.count(of: name),
      withoutText: answers.withoutText(of: name), omitted: model["omit"]?.array?.compactMap(\.string),
      capabilities: capabilities[name] ?? [])
  }

  /// Attempts of a model of which something is true; nil if there are none.
  private static func count(_ condition: String, _ model: ModelID, in db: Database) throws -> Int? {
    let count = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM attempt WHERE model = ? AND \(condition)", arguments: [model.rawValue])
    return count == 0 ? nil : count
  }

  private func latestCircumstances() throws -> JSONValue {
    let text = try read { try String.fetchOne($0, sql: "SELECT content FROM circumstances ORDER BY id DESC LIMIT 1") }
    guard let text, let value = JSONValue(parsing: text) else {
      throw CaseFileError.caseDamaged(file: file, reason: "the names and the lineage are missing")
    }
    return value
  }

  package static func name(_ model: JSONValue?) -> ModelID? { (model?["model"]?.string).map { ModelID($0) } }

  package static func lineage(_ circumstances: JSONValue) -> Lineage {
    var entries: [ModelID: Lineage.Entry] = [:]
    for model in circumstances["models"]?.array ?? [] {
      guard let name = name(model) else { continue }
      entries[name] = Lineage.Entry(
        developer: model["developer"]?.string, base: model["base"]?.string, family: model["family"]?.string,
        teachers: (model["trained_on"]?.array ?? []).compactMap { $0.string.map { ModelID($0) } })
    }
    return Lineage(entries)
  }
}
