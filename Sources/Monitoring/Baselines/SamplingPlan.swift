package import Cases
import Formats

/// How many answers a check asks for: few to screen, and many more, of strata that looked suspicious, to confirm. Both together
/// stay within the limit of calls.
package struct SamplingPlan: Hashable, Sendable {
  /// Planned size of each probe, the answers of a session.
  package let samples: [PromptID: Int]
  package let maxCalls: Int

  package init(samples: [PromptID: Int], maxCalls: Int) {
    self.samples = samples
    self.maxCalls = maxCalls
  }

  /// Two are the least of which a side has an inner distance.
  package static let minimum = 2
  /// A confirmation asks for at most so many times the planned size of a probe.
  private static let largest = 3

  /// A quarter of the planned size, rounded up, and at least two.
  package var screen: [PromptID: Int] { samples.mapValues { max(Self.minimum, ($0 + 3) / 4) } }

  package var screenCalls: Int { screen.values.reduce(0, +) }

  /// Calls without which no change of all strata could be confirmed.
  package var minimumCalls: Int { screenCalls + Self.minimum * samples.count }

  /// What the calls that are left allow for these probes, in proportion to their planned sizes.
  ///
  /// - Returns: nil if they do not allow two answers to each.
  package func confirmation(of probes: some Sequence<PromptID>, spent: Int) -> [PromptID: Int]? {
    let planned = probes.map { (probe: $0, size: samples[$0] ?? Self.minimum) }
    for step in stride(from: 64 * Self.largest, through: 0, by: -1) {
      let sizes = planned.map {
        min(max(Self.minimum, $0.size * step / 64), Limits.samples.upperBound)
      }
      if sizes.reduce(0, +) <= maxCalls - spent {
        return Dictionary(zip(planned.map(\.probe), sizes), uniquingKeysWith: { first, _ in first })
      }
    }
    return nil
  }
}
