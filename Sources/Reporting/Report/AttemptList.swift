package import Cases
import Formats

/// The attempts with their hashes: all of them, or some by a stated rule and the digest of the whole list.
package struct AttemptList: Sendable, Encodable {
  /// Attempts that are listed. Of more: the first and the last quarter of so many, and between them the earliest that
  /// gave no plain answer, up to half of so many.
  package static let most = 400

  package struct Entry: Sendable, Encodable {
    package let attempt: Int
    package let model: ModelID
    package let probe: PromptID
    package let sample: Int
    package let started: String
    package let outcome: String
    package let hash: String
  }

  package let count: Int
  package let outcomes: [String: Int]
  package let listed: [Entry]
  /// Over the hashes of all attempts in their order, each as 64 hexadecimal digits and a line end.
  package let sha256: String

  init(_ ledger: AttemptLedger) {
    let all = ledger.attempts
    count = all.count
    outcomes = all.reduce(into: [:]) { $0[$1.outcome, default: 0] += 1 }
    sha256 = ledger.digest.hex
    let shown: [AttemptLedger.Entry]
    if all.count > Self.most {
      let end = Self.most / 4
      let between = all.dropFirst(end).dropLast(end).filter { $0.outcome != Attempt.Outcome.ok.rawValue }
      shown = all.prefix(end) + between.prefix(Self.most / 2) + all.suffix(end)
    } else {
      shown = all
    }
    listed = shown.map {
      Entry(
        attempt: $0.number, model: $0.model, probe: $0.probe, sample: $0.sample, started: $0.started,
        outcome: $0.outcome, hash: $0.hash)
    }
  }
}
