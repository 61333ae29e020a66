package import Cases
import Formats
package import Foundation
import GRDB

extension CaseStore {
  /// Adds what a connection showed to the log. On the disk when this returns.
  package func record(_ facts: ConnectionFacts, at time: Date) throws {
    try write {
      try Self.log(.connection, facts.members.merging(["recorded": .string(UTCTime.text(time))]) { a, _ in a }, in: $0)
    }
  }

  package func record(_ reading: ClockReading, at time: Date) throws {
    try write {
      try Self.log(.clock, reading.members.merging(["recorded": .string(UTCTime.text(time))]) { a, _ in a }, in: $0)
    }
  }

  /// Whether the log says, after its last attempt, that a server gave no answer.
  package func hasRecordedFailure(of server: String) throws -> Bool {
    try read { db in
      let texts = try String.fetchAll(
        db,
        sql: """
          SELECT content FROM record WHERE kind = 'clock'
          AND seq > (SELECT coalesce(max(seq), 0) FROM record WHERE kind = 'attempt')
          """)
      return texts.contains {
        let json = JSONValue(parsing: $0)
        return json?["server"]?.string == server && json?["problem"] != nil
      }
    }
  }
}
