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
}
