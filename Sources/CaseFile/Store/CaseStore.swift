package import Cases
package import Custody
import Formats
import Foundation
import GRDB

/// A case file: one SQLite database that holds what was asked, every attempt, and how it was meant to go.
///
/// While it is open for writing, no other process can open it, and SQLite keeps its log beside it (`-wal`). `close()` folds
/// the log in, so that a case is one file; after a crash the next opening does. Calls block for as long as the disk
/// takes and are not cut short by the cancellation of a task.
package final class CaseStore: Sendable {
  package enum Access: Sendable {
    case reading, writing
  }

  package let file: String
  let database: DatabaseQueue
  /// Signs the head of the log while attempts are added; nil leaves that to others.
  private let signer: SigningKey?

  private init(file: String, database: DatabaseQueue, signer: SigningKey?) {
    self.file = file
    self.database = database
    self.signer = signer
  }

  // MARK: - Opening

  /// A new case. It appears under its name when it is complete, never before.
  ///
  /// - Parameters:
  ///   - analysis: what will be done with the answers; nil leaves it out of the frozen protocol.
  ///   - custody: who will sign and stamp the log; nil promises nothing.
  ///   - signer: signs the log as it grows.
  /// - Throws: `CaseFileError.caseExists`, `FileError.inUse` if another run is making it.
  package static func create(
    at file: String, configuration: CaseConfiguration, plan: [PlannedItem], tool: String,
    analysis: PlannedAnalysis? = nil, custody: PlannedCustody? = nil, signer: SigningKey? = nil
  ) throws -> CaseStore {
    if try exists(at: file) { throw CaseFileError.caseExists(file: file) }
    try FileBytes.makeFolder(of: file)
    // Held until the case is open, so that a second run finds either none or one that is in use.
    let lock = try FileLock.take(beside: file, patience: .seconds(10))
    defer { withExtendedLifetime(lock) {} }
    if try exists(at: file) { throw CaseFileError.caseExists(file: file) }
    let unfinished = UnfinishedFile(for: file, holding: lock)
    try unfinished.create()
    do {
      try CaseFileError.naming(file) {
        let database = try DatabaseQueue(path: unfinished.path)
        try CaseSchema.migrator.migrate(database)
        try database.write {
          try insertProtocol(configuration, plan: plan, analysis: analysis, custody: custody, tool: tool, into: $0)
        }
        try database.close()
      }
      try unfinished.place(overEmpty: true)
    } catch {
      unfinished.abandon()
      if case FileError.wouldOverwrite = error { throw CaseFileError.caseExists(file: file) }
      throw error
    }
    return try open(at: file, for: .writing, signer: signer)
  }

  /// A case that exists.
  package static func open(
    at file: String, for access: Access = .reading, signer: SigningKey? = nil
  ) throws -> CaseStore {
    try checkHeader(file)
    var configuration = Configuration()
    configuration.label = file
    // A log that a crash left behind can only be folded in by a writer.
    let writes = access == .writing || FileBytes.exists(FileBytes.resolved(file) + "-wal")
    configuration.readonly = !writes
    configuration.prepareDatabase { db in
      guard writes else { return }
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = FULL")
    }
    return try CaseFileError.naming(file) {
      let database = try DatabaseQueue(path: file, configuration: configuration)
      try database.read { db in
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= CaseSchema.version else {
          throw CaseFileError.newerCase(file: file, version: version, supported: CaseSchema.version)
        }
        try CaseSchema.check(db, file: file)
      }
      if writes {
        try CaseSchema.migrator.migrate(database)
        // Takes the lock for as long as the file is open.
        try database.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE; COMMIT") }
      }
      return CaseStore(file: file, database: database, signer: signer)
    }
  }

  /// The case of this configuration, open for writing: the file that exists, or a new one.
  ///
  /// - Throws: `CaseFileError.configurationDiffers` if the file holds the answers of another protocol.
  package static func resume(
    at file: String, configuration: CaseConfiguration, plan: [PlannedItem], tool: String,
    analysis: PlannedAnalysis? = nil, custody: PlannedCustody? = nil, signer: SigningKey? = nil
  ) throws -> CaseStore {
    if try !exists(at: file) {
      do {
        return try create(
          at: file, configuration: configuration, plan: plan, tool: tool, analysis: analysis, custody: custody,
          signer: signer)
      } catch CaseFileError.caseExists {
        // Another run made it in between, and is asked for it below.
      }
    }
    let store = try open(at: file, for: .writing, signer: signer)
    do {
      try store.adopt(configuration, plan: plan, tool: tool)
    } catch {
      try? store.close()
      throw error
    }
    return store
  }

  /// Opens a case, hands it over, and closes it, whatever happens; the error of the body counts before that of closing.
  package static func withOpen<Value: Sendable>(
    at file: String, for access: Access = .reading, isolation: isolated (any Actor)? = #isolation,
    _ body: (CaseStore) async throws -> Value
  ) async throws -> Value {
    let store = try open(at: file, for: access)
    let value: Value
    do {
      value = try await body(store)
    } catch {
      try? store.close()
      throw error
    }
    try store.close()
    return value
  }

  /// The same for what does not wait.
  package static func withOpen<Value>(
    at file: String, for access: Access = .reading, _ body: (CaseStore) throws -> Value
  ) throws -> Value {
    let store = try open(at: file, for: access)
    let value: Value
    do {
      value = try body(store)
    } catch {
      try? store.close()
      throw error
    }
    try store.close()
    return value
  }

  /// Folds the log into the file. The store cannot be used afterwards.
  package func close() throws {
    try CaseFileError.naming(file) {
      if !database.configuration.readonly {
        try database.writeWithoutTransaction { db in
          try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
          try db.execute(sql: "PRAGMA journal_mode = DELETE")
        }
      }
      try database.close()
    }
  }

  // MARK: - Running

  /// Begins a run and returns its number, from 1.
  package func beginRun(started: String, tool: String) throws -> Int {
    try write { db in
      try db.execute(
        sql: "INSERT INTO run (started, tool, circumstances) SELECT ?, ?, max(id) FROM circumstances",
        arguments: [started, tool])
      let run = Int(db.lastInsertedRowID)
      try Self.log(.run, ["run": .integer(run), "started": .string(started), "tool": .string(tool)], in: db)
      return run
    }
  }

  /// Items of the plan that have no answer yet, in the order of the plan.
  package func remaining() throws -> [PlannedItem] {
    try read { db in
      try Self.planned(
        db,
        """
        WHERE NOT EXISTS
          (SELECT 1 FROM attempt WHERE attempt.planned_order = plan.planned_order AND outcome <> 'failed')
        """)
    }
  }

  package func plan() throws -> [PlannedItem] { try read { try Self.planned($0) } }

  /// Requests so far, those of checks among them, and the tokens that they are charged with: what a budget starts from.
  package func spent() throws -> (calls: Int, tokens: Int) {
    try read { db in
      let checks = try db.tableExists("capability") ? "UNION ALL SELECT charged_tokens FROM capability_exchange" : ""
      let sums = """
        SELECT count(*) AS calls, coalesce(sum(charged_tokens), 0) AS tokens FROM (SELECT charged_tokens FROM attempt \(checks))
        """
      guard let row = try Row.fetchOne(db, sql: sums) else { return (0, 0) }
      return (try row.integer("calls"), try row.integer("tokens"))
    }
  }

  /// Stores an attempt; its request is no longer in flight. When this returns, it is on the disk.
  ///
  /// - Throws: `CaseFileError.alreadyAnswered` for a second answer to one item.
  /// - Returns: the number of the attempt, from 1.
  @discardableResult
  package func append(_ attempt: Attempt, run: Int) throws -> Int {
    do {
      return try database.write { db in
        try db.cachedStatement(sql: "DELETE FROM in_flight WHERE planned_order = ?")
          .execute(arguments: [attempt.item.order])
        let number = try AttemptRow.insert(attempt, run: run, into: db)
        if let signer { try Self.signIfDue(db, by: signer, file: file) }
        return number
      }
    } catch let error as DatabaseError {
      if error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
        throw CaseFileError.alreadyAnswered(
          file: file, model: attempt.item.model, prompt: attempt.item.probe, sample: attempt.item.sample)
      }
      throw CaseFileError.meaning(of: error, file: file)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try CaseFileError.naming(file) { try database.read(body) }
  }

  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try CaseFileError.naming(file) { try database.write(body) }
  }

  static func planned(_ db: Database, _ condition: String = "") throws -> [PlannedItem] {
    var items: [PlannedItem] = []
    try forEachPlanned(db, condition) { items.append($0) }
    return items
  }

  /// The same one after the other, without holding them.
  static func forEachPlanned(
    _ db: Database, _ condition: String = "", _ body: (PlannedItem) throws -> Void
  ) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT planned_order, model, probe, sample, request_seed FROM plan \(condition) ORDER BY planned_order")
    while let row = try rows.next() {
      try body(
        PlannedItem(
          order: try row.integer("planned_order"), model: ModelID(try row.text("model")),
          probe: PromptID(try row.text("probe")),
          sample: try row.integer("sample"), requestSeed: try row.integer("request_seed")))
    }
  }
}

// MARK: - Protocol

extension CaseStore {
  private static func insertProtocol(
    _ configuration: CaseConfiguration, plan: [PlannedItem], analysis: PlannedAnalysis?,
    custody: PlannedCustody?, tool: String, into db: Database
  ) throws {
    let genesis = HashChain.genesis(protocolDigest: configuration.digest, plan: plan)
    try db.execute(
      sql: "INSERT INTO protocol (id, content, digest, genesis) VALUES (1, ?, ?, ?)",
      arguments: [
        configuration.measurementProtocol.canonical, Data(configuration.digest.bytes), Data(genesis.bytes),
      ])
    try logProtocol(configuration, plan: plan, analysis: analysis, custody: custody, tool: tool, in: db)
    try recordCircumstances(configuration, since: nil, tool: tool, in: db)
    for (position, set) in configuration.probeSets.enumerated() {
      try AttemptRow.insertBlob(set.bytes, into: db)
      let name = set.file.split(separator: "/").last.map(String.init) ?? set.file
      try db.execute(
        sql: "INSERT INTO probe_set (position, name, digest) VALUES (?, ?, ?)",
        arguments: [position, name, Data(set.digest.bytes)])
    }
    for model in configuration.recorded { try AttemptRow.insertBlob(model.recording.bytes, into: db) }
    let statement = try db.makeStatement(
      sql: "INSERT INTO plan (planned_order, model, probe, sample, request_seed) VALUES (?, ?, ?, ?, ?)")
    for item in plan {
      try statement.execute(arguments: [
        item.order, item.model.rawValue, item.probe.rawValue, item.sample, item.requestSeed,
      ])
    }
  }

  /// Refuses another protocol; keeps what may change between runs if it did.
  private func adopt(_ configuration: CaseConfiguration, plan: [PlannedItem], tool: String) throws {
    let stored = try storedProtocol()
    guard stored.canonical == configuration.measurementProtocol.canonical else {
      throw CaseFileError.configurationDiffers(
        file: file, CaseConfiguration.differences(stored, configuration.measurementProtocol))
    }
    guard try self.plan() == plan else {
      throw CaseFileError.configurationDiffers(
        file: file, [ConfigurationDifference(path: "plan", stored: nil, current: nil)])
    }
    try write { db in
      let last = try String.fetchOne(db, sql: "SELECT content FROM circumstances ORDER BY id DESC LIMIT 1")
      if last != configuration.circumstances.canonical {
        try Self.recordCircumstances(configuration, since: last, tool: tool, in: db)
      }
    }
  }

  /// - Parameter last: the circumstances before these; what differs from them is a deviation, and the log names it.
  private static func recordCircumstances(
    _ configuration: CaseConfiguration, since last: String?, tool: String, in db: Database
  ) throws {
    let now = UTCTime.text(Date())
    try db.execute(
      sql: "INSERT INTO circumstances (recorded, tool, content) VALUES (?, ?, ?)",
      arguments: [now, tool, configuration.circumstances.canonical])
    let changes =
      last.flatMap { JSONValue(parsing: $0) }
      .map { CaseConfiguration.differences($0, configuration.circumstances) } ?? []
    try log(
      .circumstances,
      [
        "recorded": .string(now), "tool": .string(tool), "circumstances": configuration.circumstances,
        "changes": .array(
          changes.map {
            .compact(["what": .string($0.path), "before": JSONValue($0.stored), "after": JSONValue($0.current)])
          }),
      ], in: db)
  }

  /// Names in the log a program that makes something of a case that another one asked; once, however often it does.
  package func record(tool: String) throws {
    try write { db in
      let contents = try String.fetchCursor(db, sql: "SELECT content FROM record WHERE content IS NOT NULL")
      while let content = try contents.next() {
        if JSONValue(parsing: content)?["tool"]?.string.map(\.utf8.self)?.elementsEqual(tool.utf8) == true { return }
      }
      guard let last = try String.fetchOne(db, sql: "SELECT content FROM circumstances ORDER BY id DESC LIMIT 1") else {
        return
      }
      let now = UTCTime.text(Date())
      try db.execute(
        sql: "INSERT INTO circumstances (recorded, tool, content) VALUES (?, ?, ?)", arguments: [now, tool, last])
      try Self.log(
        .circumstances,
        [
          "recorded": .string(now), "tool": .string(tool), "circumstances": JSONValue(parsing: last) ?? .null,
          "changes": .array([]),
        ], in: db)
    }
  }

  func storedProtocol() throws -> JSONValue {
    let text = try read { try String.fetchOne($0, sql: "SELECT content FROM protocol WHERE id = 1") }
    guard let text, let value = JSONValue(parsing: text) else {
      throw CaseFileError.caseDamaged(file: file, reason: "the protocol is missing")
    }
    return value
  }
}

// MARK: - The file itself

extension CaseStore {
  /// Whether something lies there that is not empty: an empty file may become a case.
  package static func exists(at file: String) throws -> Bool { try size(of: file) ?? 0 > 0 }

  /// Size in bytes; nil if there is no such file.
  private static func size(of file: String) throws -> Int? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { throw CaseFileError.isFolder(file: file) }
    return (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber)?.intValue
  }

  /// Whether the file is a database of SQLite, by its first bytes: a case may be larger than what is read whole. What cannot be
  /// read from its beginning again, such as a pipe, is none.
  ///
  /// - Throws: `FileError.unreadable`.
  package static func isDatabase(_ file: String) throws -> Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: FileBytes.resolved(file))[.type] as? FileAttributeType
    if kind == .typeDirectory { throw FileError.unreadable(file: file, reason: "it is a folder: name a file") }
    guard kind == nil || kind == .typeRegular else { return false }
    return try start(of: file, magic.count) == magic
  }

  private static let magic = Data("SQLite format 3\0".utf8)

  private static func start(of file: String, _ count: Int) throws -> Data {
    let descriptor = try FileBytes.descriptor(of: file)
    do {
      return try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).read(upToCount: count) ?? Data()
    } catch {
      throw FileError.unreadable(file: file, reason: FileBytes.reason(error))
    }
  }

  /// Tells what the file is before SQLite opens it: opening for writing changes it.
  ///
  /// - Source: "Database File Format" of SQLite, §1.3: the user version is at byte 60, the application's ID at 68.
  private static func checkHeader(_ file: String) throws {
    guard try size(of: file) != nil else {
      throw FileError.unreadable(file: file, reason: "no such file or folder")
    }
    // SQLite opens what lies beside the file, and would wait for whoever writes to a pipe.
    let beside = ["-wal", "-shm", "-journal"].map { FileBytes.resolved(file) + $0 }
    if let other = beside.first(where: FileBytes.isSpecial) {
      throw FileError.unreadable(file: other, reason: "it is no file")
    }
    let header = try start(of: file, 100)
    guard header.count == 100, header.starts(with: magic) else {
      throw CaseFileError.notSQLite(file: file)
    }
    func number(at place: Int) -> Int { header.dropFirst(place).prefix(4).reduce(0) { $0 << 8 | Int($1) } }
    guard number(at: 68) == CaseSchema.applicationID else { throw CaseFileError.notACase(file: file) }
    guard number(at: 60) <= CaseSchema.version else {
      throw CaseFileError.newerCase(file: file, version: number(at: 60), supported: CaseSchema.version)
    }
  }
}
