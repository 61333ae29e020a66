import CaseFile
import Foundation
import GRDB
import TestSupport
import Testing

/// A schema is code that runs when the file is read: only our own is.
@Suite("Schemas of case files")
struct CaseSchemaTests {
  private func changed(_ sql: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).retort").path
    try SampleCase.store(at: file, SampleCase.configuration()).close()
    let database = try DatabaseQueue(path: file)
    try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    try database.close()
    return file
  }

  private static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT"

  @Test(
    "a view, a trigger, an index or a table that is not ours is refused, and named",
    arguments: [
      (
        """
        DROP TRIGGER attempt_is_not_deleted; DROP TRIGGER attempt_is_not_changed; DROP TABLE attempt;
        CREATE VIEW attempt AS \(endless) i AS id, i AS planned_order, '' AS model FROM n;
        """, "the view attempt"
      ),
      ("CREATE VIEW extra AS \(endless) count(*) FROM n;", "the view extra"),
      ("CREATE TABLE extra (id INTEGER);", "the table extra"),
      ("CREATE INDEX extra ON attempt (outcome || hex(zeroblob(100000000)));", "the index extra"),
      (
        "CREATE TRIGGER extra AFTER INSERT ON run BEGIN DELETE FROM circumstances; END;", "the trigger extra"
      ),
      (
        """
        DROP TRIGGER attempt_is_not_changed;
        CREATE TRIGGER attempt_is_not_changed BEFORE UPDATE ON attempt BEGIN SELECT 1; END;
        """, "the trigger attempt_is_not_changed"
      ),
    ])
  func foreign(sql: String, object: String) throws {
    let file = try changed(sql)
    defer { try? FileManager.default.removeItem(atPath: file) }
    for access in [CaseStore.Access.reading, .writing] {
      #expect(throws: CaseFileError.foreignSchema(file: file, object: object)) {
        try CaseStore.open(at: file, for: access)
      }
    }
  }
}
