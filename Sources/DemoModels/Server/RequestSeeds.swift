import Synchronization

/// Seeds for requests that name none.
///
/// A request's seed depends on the server's seed, on the bytes of its body, and on how many equal bodies came before:
/// so it does not depend on the order in which different requests happen to arrive.
final class RequestSeeds: Sendable {
  private let seed: UInt64
  private let occurrences = Mutex<[UInt64: UInt64]>([:])

  init(seed: UInt64) { self.seed = seed }

  func seed(forBody body: [UInt8]) -> UInt64 {
    var hash = StableHash()
    hash.combine(body)
    let digest = hash.value
    let occurrence = occurrences.withLock { counts in
      counts[digest, default: 0] += 1
      return counts[digest, default: 0]
    }
    return SplitMix64.mix(SplitMix64.mix(seed ^ digest) &+ occurrence)
  }
}
