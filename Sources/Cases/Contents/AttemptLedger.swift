package import Formats

/// Every attempt of a run in its order, and what each probe was committed to: what a report lists of what was done.
package struct AttemptLedger: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let model: ModelID
    package let probe: PromptID
    package let sample: Int
    /// Of `Attempt.Outcome`.
    package let outcome: String
    /// UTC, RFC 3339.
    package let started: String
    package let ended: String
    /// Hash of its row in the chain: 64 hexadecimal digits.
    package let hash: String

    package init(
      number: Int, model: ModelID, probe: PromptID, sample: Int, outcome: String, started: String, ended: String,
      hash: String
    ) {
      self.number = number
      self.model = model
      self.probe = probe
      self.sample = sample
      self.outcome = outcome
      self.started = started
      self.ended = ended
      self.hash = hash
    }

    package var isFailed: Bool { outcome == Attempt.Outcome.failed.rawValue }
  }

  package let attempts: [Entry]
  /// Salted commitments by probe; empty in a case without a log.
  package let commitments: [PromptID: Digest]

  package init(attempts: [Entry], commitments: [PromptID: Digest]) {
    self.attempts = attempts
    self.commitments = commitments
  }

  /// SHA-256 over the hashes of all attempts in their order, each as 64 hexadecimal digits and a line end.
  package var digest: Digest { Digest(of: attempts.map { $0.hash + "\n" }.joined()) }

  /// Attempts of each model in equal spans of the time from the first attempt to the last.
  package struct Timeline: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
      package let model: ModelID
      /// By span, by the beginning of the attempt.
      package let answered: [Int]
      package let failed: [Int]
    }

    package let first: String
    package let last: String
    package let milliseconds: Int
    /// In the order of the models' first attempts.
    package let rows: [Row]
  }

  /// - Returns: nil without attempts, or with a time that cannot be read.
  package func timeline(spans: Int) -> Timeline? {
    let times = attempts.compactMap { UTCTime.milliseconds($0.started) }
    let ends = attempts.compactMap { UTCTime.milliseconds($0.ended) }
    guard spans > 0, times.count == attempts.count, ends.count == attempts.count, let start = times.min(),
      let end = ends.max(), let first = attempts.map(\.started).min(), let last = attempts.map(\.ended).max()
    else { return nil }
    let length = max(end - start, 1)
    var order: [ModelID] = []
    var answered: [ModelID: [Int]] = [:]
    var failed: [ModelID: [Int]] = [:]
    for (entry, time) in zip(attempts, times) {
      if answered[entry.model] == nil {
        order.append(entry.model)
        answered[entry.model] = Array(repeating: 0, count: spans)
        failed[entry.model] = Array(repeating: 0, count: spans)
      }
      let span = min((time - start) * spans / length, spans - 1)
      if entry.isFailed { failed[entry.model]?[span] += 1 } else { answered[entry.model]?[span] += 1 }
    }
    return Timeline(
      first: first, last: last, milliseconds: end - start,
      rows: order.map { .init(model: $0, answered: answered[$0] ?? [], failed: failed[$0] ?? []) })
  }

  /// The first and the last attempt of a model; nil if it has none.
  package func times(of model: ModelID) -> (first: String, last: String)? {
    let own = attempts.filter { $0.model == model }
    guard let first = own.map(\.started).min(), let last = own.map(\.ended).max() else { return nil }
    return (first, last)
  }
}
