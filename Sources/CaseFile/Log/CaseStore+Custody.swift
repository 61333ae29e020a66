import Cases
import Custody
import Formats
import GRDB

extension CaseStore {
  /// nil in a case without a log.
  func custody() throws -> CustodySummary? {
    var builder = CustodySummary.Builder()
    try read { db in
      guard try db.tableExists("record") else { return }
      let rows = try Row.fetchCursor(db, sql: "SELECT content, leaf FROM record ORDER BY seq")
      while let row = try rows.next() {
        guard let leaf = Digest(stored: try row.bytes("leaf")) else { continue }
        builder.add(try row.textIfAny("content").flatMap { JSONValue(parsing: $0) }, leaf: leaf)
      }
    }
    return builder.summary(
      try checkpoints().map {
        .init(
          $0.checkpoint, key: $0.key.name, cosigned: $0.cosigned,
          stamps: $0.timeStamps.map { ($0.authority, $0.response) })
      })
  }
}
