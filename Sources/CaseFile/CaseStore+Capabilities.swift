import Foundation
import GRDB

extension CaseStore {
  /// Stores a check of an endpoint: all of it, or nothing.
  package func append(_ check: CapabilityCheck, tool: String) throws {
    try write { db in
      let findings = JSONValue.array(
        check.findings.map {
          .object([
            "aspect": .string($0.aspect.rawValue), "standing": .string($0.standing.rawValue),
            "requested": .string($0.requested), "observed": .string($0.observed),
          ])
        })
      try db.execute(
        sql: "INSERT INTO capability (model, recorded, tool, findings) VALUES (?, ?, ?, ?)",
        arguments: [check.model.rawValue, check.exchanges.last?.ended ?? "", tool, findings.canonical])
      let number = db.lastInsertedRowID
      for exchange in check.exchanges {
        let request = try AttemptRow.insertBlob(exchange.request.body, into: db)
        let response = try exchange.response.map { try AttemptRow.insertBlob($0.body, into: db) }
        try db.execute(
          sql: """
            INSERT INTO capability_exchange
              (capability, name, started, ended, url, request_headers, request, status, response_headers, response,
               redacted, problem, charged_tokens)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            number, exchange.name, exchange.started, exchange.ended, exchange.request.url,
            AttemptRow.headers(exchange.request.headers), Data(request.bytes), exchange.response?.status,
            exchange.response.map { AttemptRow.headers($0.headers) }, response.map { Data($0.bytes) },
            exchange.response?.isRedacted ?? false, exchange.problem, exchange.chargedTokens,
          ])
      }
    }
  }

  /// What the latest check of each endpoint found; an endpoint that was never checked is not in it.
  package func capabilities() throws -> [ModelID: [CapabilityFinding]] {
    try read { db in
      // A file of an older version that is opened for reading is not migrated.
      guard try db.tableExists("capability") else { return [:] }
      let rows = try Row.fetchAll(db, sql: "SELECT model, findings FROM capability ORDER BY id")
      var found: [ModelID: [CapabilityFinding]] = [:]
      for row in rows {
        guard let list = JSONValue(parsing: try row.text(1))?.array else {
          throw CaseFileError.caseDamaged(file: file, reason: "the check of an endpoint cannot be read")
        }
        found[ModelID(try row.text(0))] = list.compactMap(CapabilityFinding.init(json:))
      }
      return found
    }
  }
}

extension CapabilityFinding {
  fileprivate init?(json: JSONValue) {
    guard let aspect = json["aspect"]?.string.flatMap(Aspect.init), let requested = json["requested"]?.string,
      let standing = json["standing"]?.string.flatMap(Standing.init), let observed = json["observed"]?.string
    else { return nil }
    self.init(aspect, standing, requested: requested, observed: observed)
  }
}
