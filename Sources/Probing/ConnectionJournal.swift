import CaseFile
import Cases

/// Writes what connections show of their other ends into the log of a case: each thing once in a run, before the first
/// request that goes over such a connection.
actor ConnectionJournal {
  private let store: CaseStore
  private let clock: RunClock
  private var known: Set<ConnectionFacts> = []

  init(_ store: CaseStore, clock: RunClock) {
    self.store = store
    self.clock = clock
  }

  func note(_ facts: ConnectionFacts) throws {
    guard !known.contains(facts) else { return }
    try store.record(facts, at: clock.utc())
    known.insert(facts)
  }
}
