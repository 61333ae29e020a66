package import Cases
import Statistics

/// A probe that always said one thing, and how often it says another now. What a single probe does is lost among twenty others;
/// asked often enough, it is seen by itself.
package struct Departure: Hashable, Sendable {
  package let probe: PromptID
  /// Answers other than the baseline's most common one, of all that were given: in this check, all its rounds together.
  package let now: (other: Int, of: Int)
  package let then: (other: Int, of: Int)
  /// One-sided: other answers are more common now. Fisher's exact test.
  package let pValue: Double

  package init(probe: PromptID, now: (other: Int, of: Int), then: (other: Int, of: Int)) {
    self.probe = probe
    self.now = now
    self.then = then
    pValue =
      now.other == 0 || now.of == 0 || then.of == 0
      ? 1 : FisherExact.pValue(first: now.other, of: now.of, second: then.other, of: then.of)
  }

  /// - Returns: nil for a probe that is not peaked, or has no answers.
  package init?(_ probe: PromptID, now: ProbeRecord, baseline: ProbeRecord) {
    guard baseline.stratum == .peaked, let mode = baseline.commonest, now.samples > 0 else { return nil }
    self.init(
      probe: probe, now: (now.samples - (now.answers[mode] ?? 0), now.samples),
      then: (baseline.samples - (baseline.answers[mode] ?? 0), baseline.samples))
  }

  /// Of all peaked probes of a run, in byte order.
  package static func all(_ run: [PromptID: ProbeRecord], baseline: [PromptID: ProbeRecord]) -> [Departure] {
    run.keys.sorted().compactMap { probe in
      guard let own = run[probe], let other = baseline[probe] else { return nil }
      return Departure(probe, now: own, baseline: other)
    }
  }

  /// How far the two shares lie apart, in the unit of `ExchangeableBlock.distance`.
  package var distance: Double {
    let difference = Double(now.other) / Double(max(1, now.of)) - Double(then.other) / Double(max(1, then.of))
    return difference * abs(difference)
  }

  package static func == (a: Self, b: Self) -> Bool { a.probe == b.probe && a.now == b.now && a.then == b.then }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(probe)
    hasher.combine(now.other)
    hasher.combine(now.of)
    hasher.combine(then.other)
    hasher.combine(then.of)
  }
}
