package import Cases
import Formats
import Foundation
import GRDB

extension CaseStore {
  /// Notes a request that is about to be sent, so that a crash cannot hide that it was. `append` takes the note away.
  ///
  /// When this returns, the note outlives the program. It outlives a failure of power as soon as the next attempt is
  /// stored: to wait for the disk before each request would double the cost of a run.
  package func begin(
    _ item: PlannedItem, request: Attempt.Request, started: String, startedNanoseconds: Int, run: Int
  ) throws {
    try CaseFileError.naming(file) {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA synchronous = NORMAL")
        let noted = Result {
          try db.inTransaction {
            let body = try AttemptRow.insertBlob(request.body, into: db)
            try db.cachedStatement(
              sql: """
                INSERT INTO in_flight (planned_order, run, started, started_ns, url, request_headers, request)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
            ).execute(arguments: [
              item.order, run, started, startedNanoseconds, request.url, AttemptRow.headers(request.headers),
              Data(body.bytes),
            ])
            return .commit
          }
        }
        try db.execute(sql: "PRAGMA synchronous = FULL")
        try noted.get()
      }
    }
  }

  /// Requests of earlier runs whose response was lost, in the order of the plan. Empty while a run is in progress.
  package func lost() throws -> [LostRequest] {
    try read { db in
      let items = Dictionary(
        firstOf: try Self.planned(db, "WHERE planned_order IN (SELECT planned_order FROM in_flight)").map {
          ($0.order, $0)
        })
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT planned_order, run, started, started_ns, url, request_headers, content
          FROM in_flight JOIN blob ON blob.digest = in_flight.request ORDER BY planned_order
          """)
      return try rows.compactMap { row in
        guard let item = items[try row.integer("planned_order")] else { return nil }
        let headers = JSONValue(parsing: try row.text("request_headers"))?.array?.compactMap {
          pair -> Attempt.Header? in
          guard let name = pair.array?.first?.string, let value = pair.array?.last?.string else { return nil }
          return Attempt.Header(name: name, value: value)
        }
        return LostRequest(
          item: item, run: try row.integer("run"), started: try row.text("started"),
          startedNanoseconds: try row.integer("started_ns"),
          request: Attempt.Request(url: try row.text("url"), headers: headers ?? [], body: try row.bytes("content")))
      }
    }
  }
}
