import Cases
import Synchronization

/// Scores of pairs that were asked for before.
final class KnownScores: Sendable {
  private struct Pair: Hashable {
    let suspect: ModelID
    let other: ModelID
  }

  private let kept = Mutex<[Pair: [[Double]]]>([:])

  func value(_ suspect: ModelID, _ other: ModelID, _ make: () -> [[Double]]) -> [[Double]] {
    let pair = Pair(suspect: suspect, other: other)
    if let found = kept.withLock({ $0[pair] }) { return found }
    let made = make()
    kept.withLock { $0[pair] = made }
    return made
  }
}
