package import Cases
import Formats

/// How many answers a check asks for: few to screen, a few more of what looked suspicious, and many to confirm. All together stay
/// within the limit of calls.
package struct SamplingPlan: Hashable, Sendable {
  /// Planned size of each probe, the answers of a session.
  package let samples: [PromptID: Int]
  /// Answers that are asked for at most. An attempt that failed is asked again: see `maxAttempts`.
  package let maxCalls: Int

  package init(samples: [PromptID: Int], maxCalls: Int) {
    self.samples = samples
    self.maxCalls = maxCalls
  }

  /// Two are the least of which a side has an inner distance.
  package static let minimum = 2
  /// Of three answers one at least is another one with a probability of 7/8, if every second is.
  private static let screenMinimum = 3
  /// A confirmation asks for at most so many times the planned size of a probe.
  private static let largest = 3
  /// Answers to a probe that departed by itself, in the second look and in the confirmation. Twelve tell a probe that says something else
  /// in every second call from one that does in one of thirty; without them every chance of a screening would be
  /// confirmed. Before 24 answers of a baseline, of which one or two are other ones, it takes 150 for a level of a
  /// hundred-thousandth.
  private static let departure = (look: 12, confirmation: 150)

  /// Attempts that a check makes at most unless it is told otherwise: under a third of failures it still ends.
  package var maxAttempts: Int { maxCalls + (maxCalls + 1) / 2 }

  /// A quarter of the planned size, rounded up, and at least three; two where there is no room for more.
  package var screen: [PromptID: Int] {
    let roomy = sizes(atLeast: Self.screenMinimum)
    return roomy.values.reduce(0, +) + Self.minimum * samples.count <= maxCalls ? roomy : sizes(atLeast: Self.minimum)
  }

  private func sizes(atLeast least: Int) -> [PromptID: Int] {
    samples.mapValues { max(min(least, max($0, Self.minimum)), ($0 + 3) / 4) }
  }

  package var screenCalls: Int { screen.values.reduce(0, +) }

  /// Calls without which no change of all strata could be confirmed.
  package var minimumCalls: Int {
    sizes(atLeast: Self.minimum).values.reduce(0, +) + Self.minimum * samples.count
  }

  /// Answers of one round: those by which strata are compared, and those that are asked of departed probes beyond them.
  package struct Round: Hashable, Sendable {
    package let strata: [PromptID: Int]
    package let departed: [PromptID: Int]

    /// What is asked: of each probe the larger number.
    package var sizes: [PromptID: Int] { strata.merging(departed, uniquingKeysWith: max) }
    package var calls: Int { sizes.values.reduce(0, +) }
  }

  /// A second look at these probes; at the departed ones only, if all would leave too little for a confirmation: which of those are
  /// worth it has to be known before, since they take from the strata.
  ///
  /// - Returns: nil if even that would leave too little. `strata` is empty where they go on without a look.
  package func look(of probes: some Sequence<PromptID>, departed: some Sequence<PromptID>) -> Round? {
    let screen = screen
    let round = Round(
      strata: Dictionary(firstOf: probes.map { ($0, screen[$0] ?? Self.minimum) }),
      departed: Dictionary(firstOf: departed.map { ($0, Self.departure.look) }))
    let alone = Round(strata: [:], departed: round.departed)
    return [round, alone].first { $0.calls > 0 && 2 * $0.calls <= maxCalls - screenCalls }
  }

  /// What the calls that are left allow for these probes, in proportion to their planned sizes, and for departed ones.
  ///
  /// - Parameter spent: answers that were asked for before, whatever came of them: a run that is resumed plans the same again.
  /// - Returns: nil if they do not allow two answers to each.
  package func confirmation(
    of probes: some Sequence<PromptID>, departed: some Sequence<PromptID>, spent: Int
  ) -> Round? {
    let departed = Array(departed)
    let planned = probes.map { (probe: $0, size: samples[$0] ?? Self.minimum) }
    let left = maxCalls - spent
    // Departed probes take up to half of what is left from strata that are to be asked as well.
    let room = planned.isEmpty ? left : max(0, min(left / 2, left - Self.minimum * planned.count))
    let each = departed.isEmpty ? 0 : min(Self.departure.confirmation, room / departed.count)
    let rest = left - each * departed.count
    guard !planned.isEmpty || each >= Self.minimum else { return nil }
    let alone = Dictionary(firstOf: departed.map { ($0, each) })
      .filter { $0.value >= Self.minimum }
    for step in stride(from: 64 * Self.largest, through: 0, by: -1) {
      let sizes = planned.map {
        min(max(Self.minimum, $0.size * step / 64), Limits.samples.upperBound)
      }
      if sizes.reduce(0, +) <= rest {
        return Round(
          strata: Dictionary(firstOf: zip(planned.map(\.probe), sizes)), departed: alone
        )
      }
    }
    return nil
  }

  /// Without departed probes.
  package func confirmation(of probes: some Sequence<PromptID>, spent: Int) -> [PromptID: Int]? {
    confirmation(of: probes, departed: [PromptID](), spent: spent)?.strata
  }
}
