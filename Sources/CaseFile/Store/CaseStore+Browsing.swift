package import Cases
import Formats
import Foundation
import GRDB

// Pages of a case for people to look at. Nothing here changes the file.
extension CaseStore {
  private static let summaryColumns = "id, model, probe, sample, started, outcome, status, answer, failure"

  /// Attempts in their order.
  package func attempts(_ filter: AttemptFilter = AttemptFilter(), offset: Int, limit: Int) throws -> [AttemptSummary] {
    let (condition, arguments) = Self.condition(filter)
    return try read { db in
      try Row.fetchAll(
        db, sql: "SELECT \(Self.summaryColumns) FROM attempt \(condition) ORDER BY id LIMIT ? OFFSET ?",
        arguments: StatementArguments(arguments + [limit, offset] as [any DatabaseValueConvertible])
      ).map(Self.summary)
    }
  }

  package func countAttempts(_ filter: AttemptFilter = AttemptFilter()) throws -> Int {
    let (condition, arguments) = Self.condition(filter)
    return try read {
      try Int.fetchOne(
        $0, sql: "SELECT count(*) FROM attempt \(condition)", arguments: StatementArguments(arguments)) ?? 0
    }
  }

  /// Attempts by model and outcome.
  package func outcomes() throws -> [ModelID: [String: Int]] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT model, outcome, count(*) AS number FROM attempt GROUP BY model, outcome")
        .reduce(into: [:]) {
          $0[ModelID(try $1.text("model")), default: [:]][try $1.text("outcome")] = try $1.integer("number")
        }
    }
  }

  /// How many of the answers to each probe count.
  package func answersByProbe() throws -> [PromptID: Int] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT probe, count(*) AS number FROM attempt WHERE outcome <> 'failed' GROUP BY probe"
      )
      .reduce(into: [:]) { $0[PromptID(try $1.text("probe"))] = try $1.integer("number") }
    }
  }

  /// Attempts whose answer or failure holds the words, upper and lower case alike, in their order.
  ///
  /// - Parameter after: only attempts with a greater number.
  package func search(_ words: String, after: Int = 0, limit: Int) throws -> [AttemptSummary] {
    let wanted = words.lowercased()
    return try read { db in
      // Answers are stored as JSON, with escapes: what they say is searched, not how they are written.
      let rows = try Row.fetchCursor(
        db, sql: "SELECT \(Self.summaryColumns) FROM attempt WHERE id > ? ORDER BY id", arguments: [after])
      var found: [AttemptSummary] = []
      while found.count < limit, let row = try rows.next() {
        let summary = try Self.summary(row)
        if summary.text.lowercased().contains(wanted) { found.append(summary) }
      }
      return found
    }
  }

  /// - Returns: nil if there is no such attempt.
  package func attempt(_ id: Int) throws -> AttemptRecord? {
    try read { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT \(Self.summaryColumns), run, planned_order, request_seed, ended, ended_ns - started_ns AS took, url,
              request_headers, request, response_headers, response, redacted, previous, hash
            FROM attempt WHERE id = ?
            """, arguments: [id])
      else { return nil }
      func body(_ digest: [UInt8]) throws -> [UInt8] {
        try Data.fetchOne(db, sql: "SELECT content FROM blob WHERE digest = ?", arguments: [Data(digest)])
          .map(Array.init) ?? []
      }
      let request = try row.bytes("request")
      let response = try row.bytesIfAny("response")
      return AttemptRecord(
        summary: try Self.summary(row), run: try row.integer("run"), order: try row.integer("planned_order"),
        requestSeed: try row.integer("request_seed"), ended: try row.text("ended"),
        nanoseconds: try row.integer("took"),
        url: try row.text("url"), requestHeaders: try row.text("request_headers"), request: try body(request),
        requestDigest: Self.hex(request), responseHeaders: try row.textIfAny("response_headers"),
        response: try response.map(body),
        responseDigest: response.map(Self.hex), isRedacted: try row.integer("redacted") == 1,
        answer: try row.textIfAny("answer").flatMap { JSONValue(parsing: $0) }.flatMap(Answer.init(json:)),
        failureKind: try row.textIfAny("failure").flatMap { JSONValue(parsing: $0) }?["kind"]?.string,
        previous: Self.hex(try row.bytes("previous")), hash: Self.hex(try row.bytes("hash")))
    }
  }

  private static func hex(_ bytes: [UInt8]) -> String { Digest(stored: bytes)?.hex ?? "" }

  private static func condition(_ filter: AttemptFilter) -> (String, [any DatabaseValueConvertible]) {
    let parts = [("model", filter.model), ("probe", filter.probe), ("outcome", filter.outcome)]
      .compactMap { name, value in value.map { (name, $0) } }
    guard !parts.isEmpty else { return ("", []) }
    return ("WHERE " + parts.map { "\($0.0) = ?" }.joined(separator: " AND "), parts.map(\.1))
  }

  private static func summary(_ row: Row) throws -> AttemptSummary {
    let answer = try row.textIfAny("answer").flatMap { JSONValue(parsing: $0) }
    let failure = try row.textIfAny("failure").flatMap { JSONValue(parsing: $0) }
    return AttemptSummary(
      id: try row.integer("id"), model: ModelID(try row.text("model")), probe: PromptID(try row.text("probe")),
      sample: try row.integer("sample"), started: try row.text("started"), outcome: try row.text("outcome"),
      status: try row.integerIfAny("status"),
      text: answer?["text"]?.string ?? failure?["detail"]?.string ?? "")
  }
}
