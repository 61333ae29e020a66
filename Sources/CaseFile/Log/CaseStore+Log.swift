import Cases
package import Custody
package import Formats
import Foundation
import GRDB

// The log of a case: records in their order, and the heads of it that were signed.
extension CaseStore {
  /// Records between two checkpoints that a run signs by itself.
  package static let checkpointInterval = 500

  // MARK: - Writing

  /// Adds a record at the end. A case that was begun without a log stays without one.
  ///
  /// - Parameter attempt: number of the attempt whose row the record is made from.
  static func log(
    _ kind: LogRecord.Kind, _ members: [String: JSONValue], attempt: Int? = nil, in db: Database
  ) throws {
    let last = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT seq, leaf FROM record ORDER BY seq DESC LIMIT 1"))
    guard last != nil || kind == .protocol else { return }
    let seq = try last.map { try $0.integer("seq") + 1 } ?? 0
    let text = LogRecord.text(
      kind, seq: seq, previous: try last.flatMap { Digest(stored: try $0.bytes("leaf")) }, members)
    try db.cachedStatement(sql: "INSERT INTO record (seq, kind, attempt, content, leaf) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [
        seq, kind.rawValue, attempt, attempt == nil ? text : nil, Data(LogRecord.leaf(text).bytes),
      ])
  }

  /// Protocol and commitments, before anything else.
  static func logProtocol(
    _ configuration: CaseConfiguration, plan: [PlannedItem], analysis: PlannedAnalysis?, custody: PlannedCustody?,
    tool: String, in db: Database
  ) throws {
    let commitments = configuration.probes.map { ProbeCommitment($0) }
    for (position, (probe, commitment)) in zip(configuration.probes, commitments).enumerated() {
      try db.execute(
        sql: "INSERT INTO probe_salt (position, probe, salt) VALUES (?, ?, ?)",
        arguments: [position, probe.id.rawValue, Data(commitment.salt)])
    }
    let frozen = FrozenProtocol.json(
      configuration, plan: plan, commitments: commitments, analysis: analysis, custody: custody)
    try log(
      .protocol, ["protocol": frozen, "recorded": .string(UTCTime.text(Date())), "tool": .string(tool)], in: db)
  }

  /// Keeps in the log that an analysis was made that is not the one of the protocol, or not the one that was made last; once,
  /// however often it is made.
  package func recordAnalysis(method: Int, calibration: Digest?, tool: String) throws {
    let analysis = JSONValue.compact(["method": .integer(method), "calibration_sha256": JSONValue(calibration?.hex)])
    try write { db in
      let last = try String.fetchOne(
        db, sql: "SELECT content FROM record WHERE kind = 'analysis' ORDER BY seq DESC LIMIT 1")
      let made = try last.flatMap { JSONValue(parsing: $0) }?["analysis"] ?? Self.frozenProtocol(db)?["analysis"]
      guard made?["method"] != analysis["method"] || made?["calibration_sha256"] != analysis["calibration_sha256"]
      else {
        return
      }
      try Self.log(
        .analysis, ["analysis": analysis, "recorded": .string(UTCTime.text(Date())), "tool": .string(tool)], in: db)
    }
  }

  // MARK: - Checkpoints

  /// A head of the log that was signed, with what others said of it.
  package struct StoredCheckpoint: Sendable {
    package let id: Int
    /// The log's own signature, alone.
    package let note: SignedNote
    package let checkpoint: Checkpoint
    package let key: NoteKey
    package let timeStamps: [StoredTimeStamp]
    /// The same note with the signatures of others; nil if there are none.
    package let cosigned: SignedNote?
  }

  package struct StoredTimeStamp: Hashable, Sendable {
    /// Where it came from.
    package let authority: String
    package let request: [UInt8]
    package let response: [UInt8]

    package init(authority: String, request: [UInt8], response: [UInt8]) {
      self.authority = authority
      self.request = request
      self.response = response
    }
  }

  /// The head of the log as it is now, signed: the last checkpoint if nothing came after it, else a new one.
  ///
  /// - Throws: `CaseFileError.rootDiffers` rather than to sign a log that does not begin as the one signed before.
  package func signedHead(by key: SigningKey) throws -> StoredCheckpoint {
    try write { try Self.signHead(of: $0, by: key, file: file) }
    guard let head = try checkpoints().last else { throw CaseFileError.noLog(file: file) }
    return head
  }

  /// All checkpoints, in the order in which they were signed.
  package func checkpoints() throws -> [StoredCheckpoint] {
    try read { db in
      guard try db.tableExists("checkpoint") else { return [] }
      return try Row.fetchAll(db, sql: "SELECT id, key, note FROM checkpoint ORDER BY id").map { row in
        let id = try row.integer("id")
        guard let key = NoteKey(try row.text("key")), let note = SignedNote(parsing: Array(try row.text("note").utf8)),
          let checkpoint = Checkpoint(note.text)
        else { throw CaseFileError.caseDamaged(file: file, reason: "a checkpoint cannot be read") }
        let stamps = try Row.fetchAll(
          db, sql: "SELECT authority, request, response FROM time_stamp WHERE checkpoint = ? ORDER BY id",
          arguments: [id])
        let cosigned = try String.fetchOne(
          db, sql: "SELECT note FROM cosigned WHERE checkpoint = ? ORDER BY id DESC LIMIT 1", arguments: [id])
        return StoredCheckpoint(
          id: id, note: note, checkpoint: checkpoint, key: key,
          timeStamps: try stamps.map {
            StoredTimeStamp(
              authority: try $0.text("authority"), request: try $0.bytes("request"), response: try $0.bytes("response"))
          },
          cosigned: cosigned.flatMap { SignedNote(parsing: Array($0.utf8)) })
      }
    }
  }

  package func add(_ stamp: StoredTimeStamp, to checkpoint: StoredCheckpoint) throws {
    try write { db in
      try db.execute(
        sql: "INSERT INTO time_stamp (checkpoint, authority, request, response) VALUES (?, ?, ?, ?)",
        arguments: [checkpoint.id, stamp.authority, Data(stamp.request), Data(stamp.response)])
    }
  }

  /// Keeps the signatures that others put under a checkpoint of this case.
  ///
  /// - Throws: `CaseFileError.checkpointOfOtherLog` unless this case has signed that very text.
  package func add(cosigned note: SignedNote, file source: String) throws {
    guard let own = try checkpoints().last(where: { $0.note.text.utf8.elementsEqual(note.text.utf8) }) else {
      throw CaseFileError.checkpointOfOtherLog(file: source)
    }
    let merged = (own.cosigned ?? own.note).merged(with: note)
    // What could not be read back would take the signatures that are there with it.
    guard SignedNote(parsing: Array(merged.written.utf8)) == merged else {
      throw CustodyError.noCheckpoint(file: source)
    }
    guard merged.signatures.count > 1 else { throw CaseFileError.noCosignature(file: source) }
    try write { db in
      try db.execute(
        sql: "INSERT INTO cosigned (checkpoint, note) VALUES (?, ?)", arguments: [own.id, merged.written])
    }
  }

  /// Signs the head if enough has come since the last checkpoint.
  static func signIfDue(_ db: Database, by key: SigningKey, file: String) throws {
    let end = try Int.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(seq), -1) + 1 FROM record")) ?? 0
    let signed =
      try Int.fetchOne(db.cachedStatement(sql: "SELECT size FROM checkpoint ORDER BY id DESC LIMIT 1")) ?? 0
    if end - signed >= checkpointInterval { try signHead(of: db, by: key, file: file) }
  }

  private static func signHead(of db: Database, by key: SigningKey, file: String) throws {
    guard let frozen = try frozenProtocol(db) else { throw CaseFileError.noLog(file: file) }
    let last = try Row.fetchOne(db, sql: "SELECT size, key, note FROM checkpoint ORDER BY id DESC LIMIT 1")
    let signed = try last?.integer("size") ?? 0
    var tree = CompactRange()
    var before: Digest?
    let rows = try Row.fetchCursor(db, sql: "SELECT leaf FROM record ORDER BY seq")
    while let row = try rows.next() {
      guard let leaf = Digest(stored: try row.bytes("leaf")) else {
        throw CaseFileError.rootDiffers(file: file, size: tree.size)
      }
      tree.append(leaf)
      if tree.size == signed { before = tree.root }
    }
    if let last {
      let name = try last.text("key")
      guard name == key.key.text(.note) else {
        throw CaseFileError.otherKey(file: file, signed: name, given: key.key.text(.note))
      }
      guard let note = SignedNote(parsing: Array(try last.text("note").utf8)), let head = Checkpoint(note.text),
        head.size == signed, head.root == before
      else { throw CaseFileError.rootDiffers(file: file, size: signed) }
      if signed == tree.size { return }
    }
    let checkpoint = Checkpoint(
      origin: Checkpoint.origin(key: key.key, protocolDigest: Digest(of: frozen.canonical)), size: tree.size,
      root: tree.root)
    let note = try SignedNote(text: checkpoint.text, signedBy: key)
    try db.execute(
      sql: "INSERT INTO checkpoint (size, key, note) VALUES (?, ?, ?)",
      arguments: [checkpoint.size, key.key.text(.note), note.written])
  }

  // MARK: - Consistency

  /// What shows that the log of `size` records begins with that of `old` (RFC 9162, 2.1.4).
  ///
  /// - Throws: `CaseFileError.noSuchSize` unless both are sizes that the log had.
  package func consistencyProof(from old: Int, to size: Int) throws -> ConsistencyProof {
    guard old > 0, old <= size else { throw CaseFileError.noSuchSize(file: file, old) }
    var chain = ConsistencyChain(sizes: old == size ? [old] : [old, size])
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT leaf FROM record WHERE seq < ? ORDER BY seq", arguments: [size])
      while let row = try rows.next() {
        guard let leaf = Digest(stored: try row.bytes("leaf")) else {
          throw CaseFileError.rootDiffers(file: file, size: size)
        }
        chain.append(leaf)
      }
    }
    guard chain.tree.size == size else { throw CaseFileError.noSuchSize(file: file, size) }
    return ConsistencyProof(old: old, nodes: chain.proofs.last ?? [])
  }

  /// The head of the log, and the proof that it continues an earlier one: what a party is given to cosign it.
  ///
  /// - Parameter since: size of the earlier head; nil is the last one that another party has cosigned.
  package func headToCosign(by key: SigningKey, since: Int? = nil) throws -> HeadUpdate {
    let head = try signedHead(by: key)
    let last = try checkpoints().last { $0.cosigned != nil && $0.checkpoint.size < head.checkpoint.size }
    let note = head.cosigned ?? head.note
    guard let old = since ?? last?.checkpoint.size else { return HeadUpdate(note: note) }
    return HeadUpdate(note: note, proof: try consistencyProof(from: old, to: head.checkpoint.size))
  }

  // MARK: - Reading

  /// The frozen protocol; nil in a case without a log.
  package func frozenProtocol() throws -> JSONValue? { try read { try Self.frozenProtocol($0) } }

  /// Who was to sign and stamp the log, by the protocol; nil if nothing was promised.
  package func plannedCustody() throws -> PlannedCustody? {
    try frozenProtocol()?["custody"].flatMap { PlannedCustody(json: $0) }
  }

  private static func frozenProtocol(_ db: Database) throws -> JSONValue? {
    guard try db.tableExists("record") else { return nil }
    return try String.fetchOne(db, sql: "SELECT content FROM record WHERE seq = 0")
      .flatMap { JSONValue(parsing: $0) }?["protocol"]
  }

  /// A record as it is read back.
  struct LoggedRecord {
    let seq: Int
    /// nil for records of other kinds than attempts.
    let attempt: Int?
    /// Made anew from the row of the attempt, where it is one.
    let text: String
    /// As it was stored.
    let leaf: [UInt8]
  }

  /// Every record in its order; none in a case without a log.
  static func forEachRecord(in db: Database, _ body: (LoggedRecord) throws -> Void) throws {
    guard try db.tableExists("record") else { return }
    let columns = AttemptRow.names.map { "attempt.\($0)" }.joined(separator: ", ")
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(columns), attempt.hash, record.seq, record.attempt AS number, record.content, record.leaf
        FROM record LEFT JOIN attempt ON attempt.id = record.attempt ORDER BY record.seq
        """)
    var previous: Digest?
    while let row = try rows.next() {
      let seq = try row.integer("seq")
      let attempt = try row.integerIfAny("number")
      let text: String
      if let content = try row.textIfAny("content") {
        text = content
      } else {
        text = LogRecord.text(
          .attempt, seq: seq, previous: previous,
          LogRecord.attempt(AttemptRow.fields(of: row), hash: try row.bytes("hash")))
      }
      let leaf = try row.bytes("leaf")
      try body(LoggedRecord(seq: seq, attempt: attempt, text: text, leaf: leaf))
      previous = Digest(stored: leaf)
    }
  }

  /// Checks that the log says what the tables say: every attempt, and the names and the lineage that count.
  ///
  /// - Throws: `ChainBreak` with the first attempt that differs, or 0.
  static func verifyLog(_ db: Database) throws {
    var (place, previous, logged) = (0, Digest.zero.hex, 0)
    var circumstances: JSONValue?
    try forEachRecord(in: db) { record in
      let broken = ChainBreak(attempt: record.attempt ?? 0, .recordDiffers)
      let leaf = LogRecord.leaf(record.text)
      guard record.seq == place, leaf.bytes == record.leaf else { throw broken }
      if let attempt = record.attempt {
        logged += 1
        guard attempt == logged else { throw broken }
      } else {
        guard let json = JSONValue(parsing: record.text), json["prev"]?.string == previous else { throw broken }
        if let stated = json["circumstances"] { circumstances = stated }
      }
      place += 1
      previous = leaf.hex
    }
    guard place > 0 else { return }
    let attempts = try Int.fetchOne(db, sql: "SELECT count(*) FROM attempt") ?? 0
    guard attempts == logged else { throw ChainBreak(attempt: logged + 1, .recordDiffers) }
    let latest = try String.fetchOne(db, sql: "SELECT content FROM circumstances ORDER BY id DESC LIMIT 1")
    guard latest == circumstances?.canonical else { throw ChainBreak(attempt: 0, .recordDiffers) }
  }
}
