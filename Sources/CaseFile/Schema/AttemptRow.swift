import Cases
import Formats
import Foundation
import GRDB

/// The row of an attempt: from the value to SQL, and from SQL to what the hash chain reads.
package enum AttemptRow {
  /// All columns but `hash`, in the order of the table: the order of the hash as well.
  package enum Column: String, CaseIterable, Sendable {
    case id, run
    case plannedOrder = "planned_order"
    case model, probe, sample
    case requestSeed = "request_seed"
    case started, ended
    case startedNanoseconds = "started_ns"
    case firstByteNanoseconds = "first_byte_ns"
    case endedNanoseconds = "ended_ns"
    case url
    case requestHeaders = "request_headers"
    case request, status
    case responseHeaders = "response_headers"
    case response, redacted, outcome, answer, failure
    case chargedTokens = "charged_tokens"
    case previous

    /// What a column holds, which decides how the record of the log tells it.
    package enum Content: Hashable, Sendable {
      /// A text or a number that is told as it is.
      case plain
      /// A number that may need more than 53 bits: JSON tells such a one as text.
      case long
      /// A JSON list of names and values.
      case headers
      /// The digest of a body.
      case body
      /// The text of an answer or a failure: the record tells its digest.
      case said
      /// The hash of the row before.
      case link
    }

    package var content: Content {
      switch self {
      case .id, .run, .plannedOrder, .model, .probe, .sample, .requestSeed, .started, .ended, .url, .status, .redacted,
        .outcome:
        .plain
      case .startedNanoseconds, .firstByteNanoseconds, .endedNanoseconds, .chargedTokens: .long
      case .requestHeaders, .responseHeaders: .headers
      case .request, .response: .body
      case .answer, .failure: .said
      case .previous: .link
      }
    }
  }

  package static let columns = Column.allCases
  /// As SQL wants them.
  static let names = columns.map(\.rawValue)

  private static let insertion =
    "INSERT INTO attempt (\(names.joined(separator: ", ")), hash) VALUES (\(marks))"
  private static let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")

  static func insert(_ attempt: Attempt, run: Int, into db: Database) throws -> Int {
    let last = try db.cachedStatement(sql: "SELECT id, hash FROM attempt ORDER BY id DESC LIMIT 1")
    let first = try db.cachedStatement(sql: "SELECT 0 AS id, genesis AS hash FROM protocol WHERE id = 1")
    guard let before = try Row.fetchOne(last) ?? Row.fetchOne(first) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the protocol is missing")
    }
    let id = try before.integer("id") + 1
    let request = try insertBlob(attempt.request.body, into: db)
    let response = try attempt.response.map { try insertBlob($0.body, into: db) }
    let fields: [HashChain.Field] = [
      .integer(id), .integer(run), .integer(attempt.item.order), .text(attempt.item.model.rawValue),
      .text(attempt.item.probe.rawValue), .integer(attempt.item.sample), .integer(attempt.item.requestSeed),
      .text(attempt.times.started), .text(attempt.times.ended), .integer(attempt.times.startedNanoseconds),
      attempt.times.firstByteNanoseconds.map(HashChain.Field.integer) ?? .null,
      .integer(attempt.times.endedNanoseconds), .text(attempt.request.url), .text(headers(attempt.request.headers)),
      .bytes(request.bytes), attempt.response.map { .integer($0.status) } ?? .null,
      attempt.response.map { .text(headers($0.headers)) } ?? .null, response.map { .bytes($0.bytes) } ?? .null,
      .integer(attempt.response?.isRedacted == true ? 1 : 0), .text(attempt.outcome.rawValue),
      attempt.answer.map { .text($0.json.canonical) } ?? .null,
      attempt.failure.map { .text(failure($0)) } ?? .null, .integer(attempt.chargedTokens),
      .bytes(try before.bytes("hash")),
    ]
    let hash = HashChain.hash(fields).bytes
    try db.cachedStatement(sql: insertion).execute(arguments: StatementArguments((fields + [.bytes(hash)]).map(value)))
    try CaseStore.log(.attempt, LogRecord.attempt(fields, hash: hash), attempt: id, in: db)
    return id
  }

  /// Stores bytes once, under their SHA-256.
  @discardableResult
  static func insertBlob(_ bytes: [UInt8], into db: Database) throws -> Digest {
    let digest = Digest(of: bytes)
    try db.cachedStatement(sql: "INSERT INTO blob (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .execute(arguments: [Data(digest.bytes), Data(bytes)])
    return digest
  }

  /// A row of `columns` and `hash`, read for the chain; `body` tells how a body is stored.
  static func link(_ row: Row, body: ([UInt8]) throws -> HashChain.Link.Body) throws -> HashChain.Link {
    let fields = fields(of: row)
    func digest(_ column: Column) -> [UInt8]? {
      guard let index = columns.firstIndex(of: column), case .bytes(let bytes) = fields[index] else {
        return nil
      }
      return bytes
    }
    return HashChain.Link(
      attempt: try row.integer("id"), fields: fields, previous: digest(.previous) ?? [],
      hash: try row.bytes("hash"), request: try digest(.request).map(body) ?? .missing,
      response: try digest(.response).map(body))
  }

  /// Of a row that begins with `columns`.
  static func fields(of row: Row) -> [HashChain.Field] {
    columns.indices.map { field((row[$0] as DatabaseValue).storage) }
  }

  static func headers(_ headers: [Attempt.Header]) -> String {
    JSONValue.array(headers.map { .array([.string($0.name), .string($0.value)]) }).canonical
  }

  private static func failure(_ failure: Attempt.Failure) -> String {
    JSONValue.object(["kind": .string(failure.kind), "detail": .string(failure.detail)]).canonical
  }

  private static func value(_ field: HashChain.Field) -> DatabaseValue {
    switch field {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .bytes(let value): Data(value).databaseValue
    }
  }

  private static func field(_ storage: DatabaseValue.Storage) -> HashChain.Field {
    switch storage {
    case .null: .null
    case .int64(let value): .integer(Int(value))
    case .double(let value): .text("\(value)")
    case .string(let value): .text(value)
    case .blob(let value): .bytes(Array(value))
    }
  }
}
