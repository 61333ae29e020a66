package import Cases
import Statistics

/// A probe that always said one thing, and how often it says another now. What a single probe does is lost among twenty others;
/// asked often enough, it is seen by itself.
package struct Departure: Hashable, Sendable {
  package let probe: PromptID
  /// Answers other than the baseline's most common one, of all that were given: in this check, all its rounds together.
  package let now: (other: Int, of: Int)
  package let then: (other: Int, of: Int)
  /// How often the chief one of the other answers was given: the most common one of both sides together. nil if that is not known.
  package let chief: (now: Int, then: Int)?
  /// One-sided: other answers are more common now, or the chief one is; where these are two questions, twice the lesser of both. Fisher's
  /// exact tests. Which answer is the chief one does not depend on how the answers are divided between the sides, so that nothing is
  /// paid for choosing it; and a new answer is seen beside the few others that the baseline has anyway.
  package let pValue: Double
  /// The lesser of both without that price: by it probes are asked again, which costs calls and never a false alarm.
  package let suspicion: Double

  package init(
    probe: PromptID, now: (other: Int, of: Int), then: (other: Int, of: Int), chief: (now: Int, then: Int)? = nil
  ) {
    self.probe = probe
    self.now = now
    self.then = then
    self.chief = chief
    func test(_ first: Int, _ second: Int) -> Double {
      first == 0 || now.of == 0 || then.of == 0
        ? 1 : FisherExact.pValue(first: first, of: now.of, second: second, of: then.of)
    }
    let all = test(now.other, then.other)
    if let chief, chief.now + chief.then < now.other + then.other {
      suspicion = min(all, test(chief.now, chief.then))
      pValue = min(1, 2 * suspicion)
    } else {
      suspicion = all
      pValue = all
    }
  }

  /// - Returns: nil for a probe that is not peaked, or has no answers.
  package init?(_ probe: PromptID, now: ProbeRecord, baseline: ProbeRecord) {
    guard baseline.stratum == .peaked, let mode = baseline.commonest, now.samples > 0 else { return nil }
    self.init(
      probe: probe, now: (now.samples - (now.answers[mode] ?? 0), now.samples),
      then: (baseline.samples - (baseline.answers[mode] ?? 0), baseline.samples),
      chief: Self.chief(now.answers, baseline.answers, but: mode))
  }

  /// How often either side gave the answer that is the most common one of both together, but for `mode`; nil if there is no other.
  package static func chief<Answer: Hashable & Comparable>(
    _ now: [Answer: Int], _ then: [Answer: Int], but mode: Answer
  ) -> (now: Int, then: Int)? {
    let others = now.merging(then, uniquingKeysWith: +).filter { $0.key != mode && $0.value > 0 }
    return others.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { (now[$0.key] ?? 0, then[$0.key] ?? 0) }
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

  package static func == (a: Self, b: Self) -> Bool {
    a.probe == b.probe && a.now == b.now && a.then == b.then && a.chief?.now == b.chief?.now
      && a.chief?.then == b.chief?.then
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(probe)
    hasher.combine(now.other)
    hasher.combine(now.of)
    hasher.combine(then.other)
    hasher.combine(then.of)
    hasher.combine(chief?.now)
    hasher.combine(chief?.then)
  }
}
