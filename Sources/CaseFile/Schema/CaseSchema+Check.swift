import GRDB

extension CaseSchema {
  /// Checks that the file has no tables, views, indexes or triggers but those that retort makes. A missing one is no danger:
  /// changes that a trigger would have refused are found by the hashes.
  ///
  /// Reading a file runs code in its schema: a view under the name of a table can be a query that never ends, and a check, an
  /// index or a trigger can hold any expression.
  ///
  /// - Throws: `CaseFileError.foreignSchema` with the first object that is not as it should be.
  static func check(_ db: Database, file: String) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let migrations = migrator.migrations
    guard migrations.indices.contains(version - 1) else {
      throw CaseFileError.caseDamaged(file: file, reason: "it has no version")
    }
    let model = try DatabaseQueue()
    try migrator.migrate(model, upTo: migrations[version - 1])
    let expected = try model.read { try objects($0, atMost: .max) }
    // A schema of many thousands of objects is not read to its end.
    let found = try objects(db, atMost: 4 * expected.count)
    if let foreign = found.subtracting(expected).min() {
      throw CaseFileError.foreignSchema(file: file, object: foreign.name)
    }
  }

  private struct Object: Hashable, Comparable {
    let kind: String
    let title: String
    let table: String
    let definition: String

    var name: String { "the \(kind) \(title.prefix(100))" }

    static func < (a: Self, b: Self) -> Bool { (a.kind, a.title, a.definition) < (b.kind, b.title, b.definition) }
  }

  private static func objects(_ db: Database, atMost limit: Int) throws -> Set<Object> {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT ?", arguments: [Int64(limit)])
    var objects: Set<Object> = []
    while let row = try rows.next() {
      // SQLite writes its own white space and quotes where a table is renamed.
      let definition = try row.textIfAny("sql")?.filter { $0 != "\"" }.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      objects.insert(
        Object(
          kind: try row.text("type"), title: try row.text("name"), table: try row.text("tbl_name"),
          definition: definition ?? ""))
    }
    return objects
  }
}
