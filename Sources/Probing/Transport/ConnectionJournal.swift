import CaseFile
import Cases
import EndpointKeys

/// Writes what connections show of their other ends into the log of a case: each thing once in a run, before the first
/// request that goes over such a connection.
actor ConnectionJournal {
  private let store: CaseStore
  private let keys: KeyRing
  private let clock: RunClock
  private var known: Set<ConnectionFacts> = []

  init(_ store: CaseStore, keys: KeyRing, clock: RunClock) {
    self.store = store
    self.keys = keys
    self.clock = clock
  }

  /// - Throws: `KeyInCertificate` for what must not be written down: an endpoint that has seen a key can put it there.
  func note(_ facts: ConnectionFacts) throws {
    guard !known.contains(facts) else { return }
    guard !keys.redaction(for: "https://" + facts.host).isIn(facts.certificate) else { throw KeyInCertificate() }
    try store.record(facts, at: clock.utc())
    known.insert(facts)
  }
}

struct KeyInCertificate: Error, CustomStringConvertible {
  var description: String { "the certificate holds the key that was sent" }
}
