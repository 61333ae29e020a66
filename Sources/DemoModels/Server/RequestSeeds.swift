import Synchronization

/// Seeds for requests that name none.
///
/// A request's seed depends on the server's seed, on what it asks, and on how many equal requests came before: so it
/// depends neither on the order in which different requests happen to arrive nor on the order of their fields.
final class RequestSeeds: Sendable {
  private let seed: UInt64
  private let occurrences = Mutex<[UInt64: UInt64]>([:])

  init(seed: UInt64) { self.seed = seed }

  func seed(for request: RequestFields) -> UInt64 {
    let digest = request.digest
    let occurrence = occurrences.withLock { counts in
      counts[digest, default: 0] += 1
      return counts[digest, default: 0]
    }
    return SplitMix64.mix(SplitMix64.mix(seed ^ digest) &+ occurrence)
  }
}
