package import Cases
import Formats
import Foundation
import GRDB

extension CaseStore {
  /// Stores a check of an endpoint: all of it, or nothing.
  package func append(_ check: CapabilityCheck, tool: String) throws {
    try write { db in
      let findings = JSONValue.array(check.findings.map(\.json))
      try Self.log(
        .capability,
        [
          "model": .string(check.model.rawValue), "tool": .string(tool), "findings": findings,
          "recorded": .string(check.exchanges.last?.ended ?? ""), "exchanges": .array(check.exchanges.map(\.logged)),
        ], in: db)
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
  package func capabilities() throws -> [ModelID: StoredCapabilities] {
    try read { db in
      // A file of an older version that is opened for reading is not migrated.
      guard try db.tableExists("capability") else { return [:] }
      // Where there is a log, it tells: its hashes are checked.
      let isLogged =
        try db.tableExists("record") && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM record)") ?? false
      let texts = try String.fetchAll(
        db,
        sql: isLogged
          ? "SELECT content FROM record WHERE kind = 'capability' ORDER BY seq"
          : """
          SELECT json_object('model', model, 'recorded', recorded, 'findings', json(findings)) FROM capability ORDER BY id
          """)
      return try texts.reduce(into: [:]) { found, text in
        guard let json = JSONValue(parsing: text), let stored = StoredCapabilities(record: json) else {
          throw CaseFileError.caseDamaged(file: file, reason: "the check of an endpoint cannot be read")
        }
        found[stored.model] = stored
      }
    }
  }
}

extension CapabilityExchange {
  /// As the log tells it: bodies by their SHA-256.
  fileprivate var logged: JSONValue {
    .compact([
      "name": .string(name), "started": .string(started), "ended": .string(ended), "url": .string(request.url),
      "request": .string(Digest(of: request.body).hex), "status": JSONValue(response?.status),
      "response": JSONValue(response.map { Digest(of: $0.body).hex }), "problem": JSONValue(problem),
    ])
  }
}
