package import Cases
package import Formats
import Foundation
import GRDB

// What evidence is made of, in the order in which evidence has it. Nothing is held: a case may have a million attempts.
extension CaseStore {
  package func forEachPlanned(_ body: (PlannedItem) throws -> Void) throws {
    try read { try Self.forEachPlanned($0, "", body) }
  }

  /// The text of every record of the log; none in a case without one.
  package func forEachRecord(_ body: (String) throws -> Void) throws {
    try read { try Self.forEachRecord(in: $0) { try body($0.text) } }
  }

  /// What came of every attempt: its answer or its failure, as it is stored.
  package func forEachOutcome(_ body: (String) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT coalesce(answer, failure) AS outcome FROM attempt ORDER BY id")
      while let row = try rows.next() { try body(try row.text("outcome")) }
    }
  }

  /// Digests of what was sent, what came back and what came of it.
  package struct Exchange: Sendable {
    package let probe: PromptID
    package let request: Digest?
    package let response: Digest?
    package let outcome: Digest?
  }

  package func forEachExchange(_ body: (Exchange) throws -> Void) throws {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT probe, request, response, coalesce(answer, failure) AS outcome FROM attempt ORDER BY id")
      while let row = try rows.next() {
        try body(
          Exchange(
            probe: PromptID(try row.text("probe")), request: Digest(stored: try row.bytes("request")),
            response: try row.bytesIfAny("response").flatMap { Digest(stored: $0) },
            outcome: Digest(of: try row.text("outcome"))))
      }
    }
  }

  /// Bodies that some record of the evidence refers to. The body of a request that was in flight when the program ended is left out:
  /// no attempt names it, so withholding could not apply to it.
  private func namedBodies() throws -> String {
    let recorded = CaseContents.recordings(in: try storedProtocol()).map { "x'\($0.digest.hex)'" }
    return """
      FROM blob WHERE digest IN (
        SELECT request FROM attempt UNION SELECT response FROM attempt UNION SELECT request FROM capability_exchange
        UNION SELECT response FROM capability_exchange UNION SELECT digest FROM probe_set)
        OR digest IN (\(recorded.joined(separator: ", ")))
      ORDER BY digest
      """
  }

  /// Bodies that evidence names, in the order of their digests; `bytes` reads one.
  package func forEachBody(_ body: (_ digest: Digest, _ bytes: () throws -> [UInt8]) throws -> Void) throws {
    let named = try namedBodies()
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT digest, content \(named)")
      while let row = try rows.next() {
        guard let digest = Digest(stored: try row.bytes("digest")) else { continue }
        try body(digest) { try row.bytes("content") }
      }
    }
  }

  package func forEachBodyDigest(_ body: (Digest) throws -> Void) throws {
    let named = try namedBodies()
    try read { db in
      let rows = try Row.fetchCursor(db, sql: "SELECT digest \(named)")
      while let row = try rows.next() {
        if let digest = Digest(stored: try row.bytes("digest")) { try body(digest) }
      }
    }
  }

  /// The salts of the commitments, in the order of the probes.
  package func probeSalts() throws -> [(probe: PromptID, salt: [UInt8])] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT probe, salt FROM probe_salt ORDER BY position").map {
        (probe: PromptID(try $0.text("probe")), salt: try $0.bytes("salt"))
      }
    }
  }

  /// The files of recorded answers, with the probes that they answer.
  package func recordings() throws -> [(digest: Digest, probes: Set<PromptID>)] {
    let answers = RecordedAnswers(to: try probes().values)
    return try CaseContents.recordings(in: storedProtocol()).map { model, name, digest in
      let read = try answers.read(try blob(digest), file: "\(file), \(name)", model: model)
      return (digest, Set(read.transcript.responses.map(\.prompt)))
    }
  }

  /// The probe sets as they were when the case was planned.
  package func probeSets() throws -> [ProbeSet] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT name, content FROM probe_set JOIN blob ON blob.digest = probe_set.digest ORDER BY position"
      ).map { try ProbeSet.parse($0.bytes("content"), file: $0.text("name")) }
    }
  }
}
