package import Cases
import Formats
package import Statistics

/// Decides from blocks of answers whether there is a change. All of it that a simulation has to go through is here.
///
/// A check has up to three rounds. The screening asks a few answers of every probe, and each test that it leaves suspicious goes on:
/// a second look may end it as hopeless, and the confirmation decides on all answers since the screening, against the
/// baseline and the screening together. Given the answers of both, how they are divided is independent of how the fresh ones differ
/// from them: so without a change a test is suspicious with a probability of at most its screening level α₁ whatever the
/// fresh answers say, and p ≤ c on those happens with a probability of at most c. α₁ · p is a p-value of the whole
/// check, and nothing of the level is lost to the screening; the second look can only lower it.
///
/// Of each run all tests together are wrong with a probability of at most `level`; so in any `runs` runs in a row at most
/// `runs` × `level` = `atMost` of all series see a false alarm, by the union bound, although all runs share one baseline.
///
/// - Source: the independence of sequential ranks; Bauer and Köhne, "Evaluation of experiments with adaptive interim analyses",
///   Biometrics 50 (1994), for tests in stages; Lan, Simon and Halperin, "Stochastically curtailed tests" (1982).
package struct CheckRule: Hashable, Sendable {
  package let falseAlarms: MonitorConfiguration.FalseAlarms
  /// Strata of the baseline: what is tested, and corrected for, in every run.
  package let strata: [Stratum]
  /// Smaller distances are no change, however surely they are there.
  package let floors: [Stratum: Double]
  package let seed: UInt64

  package init(
    falseAlarms: MonitorConfiguration.FalseAlarms, strata: [Stratum], floors: [Stratum: Double], seed: UInt64
  ) {
    self.falseAlarms = falseAlarms
    self.strata = strata
    self.floors = floors
    self.seed = seed
  }

  package typealias Measure = ExchangeableBlock.Measure

  /// By what a stratum is compared; each is a test of its own. Short answers are compared by their shares, since a new model's
  /// answers are rarely the common ones; whether they became more alike is asked where there are many.
  package static func measures(of stratum: Stratum) -> [Measure] {
    switch stratum {
    case .peaked, .border: [.shares]
    case .diffuse: [.shares, .concentration]
    case .text, .logprobs: [.distance]
    }
  }

  /// A test whose p-value in the screening is at most this is asked again. Many answers show little in a screening: there more
  /// goes on.
  package static func screenLevel(_ measure: Measure, of stratum: Stratum) -> Double {
    switch measure {
    case .concentration: 0.05
    case .shares where stratum == .diffuse: 0.2
    // What one probe does is a departure; this is for what many do.
    case .shares where stratum == .peaked: 0.03
    case .shares, .distance: 0.1
    }
  }

  /// A test that is above this in the second look, with the answers of the screening, is given up.
  package static let lookLevel = 0.05
  /// A probe whose departure is as suspicious as this is asked again by itself: after the screening, and after the second look.
  /// What it costs is calls, never false alarms. One other answer of three is enough for the first, but for a probe that often gives others.
  package static let departureLevels = (screen: 0.4, look: 0.02)
  /// At most so many go on, after either.
  private static let maximumDepartures = (screen: 3, look: 2)
  private static let screenPermutations = 999
  private static let lookPermutations = 199

  /// Of one check.
  package var level: Double { falseAlarms.atMost / Double(falseAlarms.runs) }

  /// Tests of one check: those of the strata, and that of departures of single probes.
  package var tests: Int {
    strata.reduce(strata.contains(.peaked) ? 1 : 0) { $0 + Self.measures(of: $1).count }
  }

  /// Permutations of a test of recorded answers: ten times what the level of the strictest can show at all.
  package var confirmationPermutations: Int { permutations(screenLevel: 1) }

  private func permutations(screenLevel: Double) -> Int {
    Int((10 * Double(tests) * screenLevel / level).rounded(.up))
  }

  package struct Finding: Hashable, Sendable {
    package let stratum: Stratum
    package let probes: Int
    /// Probes whose answers could tell a difference at all.
    package let telling: Int
    /// Of the distance, standardised: near 0 without a change.
    package let statistic: Double
    /// The least of the stratum's tests.
    package let pValue: Double
    /// By what the sides differ most surely.
    package let measure: Measure
    /// Mean over the probes; see `ExchangeableBlock`.
    package let distance: Double
    /// Of the whole check, Holm's, over all tests of the rule; nil in a screening, which is not corrected.
    package let adjusted: Double?
    package let floor: Double
    /// Worth another look, in a screening; a change, in a confirmation.
    package let stands: Bool
    /// What a screening or second look leaves to be confirmed.
    package let suspected: [Measure]

    /// The name of the measure.
    package var by: String { measure.rawValue }
  }

  /// Probes that are asked again by themselves after the screening.
  package static func departed(screened: [Departure]) -> [PromptID] {
    least(screened, level: departureLevels.screen, most: maximumDepartures.screen)
  }

  /// Of those, the probes that are still worth it.
  package static func departed(looked: [Departure], among asked: [PromptID: Int]) -> [PromptID] {
    least(looked.filter { asked[$0.probe] != nil }, level: departureLevels.look, most: maximumDepartures.look)
  }

  private static func least(_ departures: [Departure], level: Double, most: Int) -> [PromptID] {
    let sorted = departures.filter { $0.suspicion <= level }
      .sorted { ($0.suspicion, $0.probe) < ($1.suspicion, $1.probe) }
    return sorted.prefix(most).map(\.probe).sorted()
  }

  /// - Parameter sessions: of the border inputs; where they are known, their sessions are the measure and not their answers.
  package func screen(
    _ blocks: [Stratum: [ExchangeableBlock]], sessions: [SessionSharesTest.Probe] = [], run: UInt64
  ) -> [Finding] {
    let permuted = sessions.isEmpty ? blocks : blocks.filter { $0.key != .border }
    let found = findings(permuted, run: run, only: nil) { _, _ in Self.screenPermutations }.map { stratum, tests in
      finding(
        stratum, tests,
        suspected: tests.filter { $0.test.pValue <= Self.screenLevel($0.measure, of: stratum) }.map(\.measure))
    }
    return found + border(blocks, sessions)
  }

  /// - Parameters:
  ///   - blocks: of all answers of the check, those of the screening too, against the baseline: they say best what is
  ///     hopeless. What is given up cannot be a false alarm, so that no independence is needed here.
  ///   - sessions: as in `screen`, with all answers of the check.
  package func look(
    _ blocks: [Stratum: [ExchangeableBlock]], sessions: [SessionSharesTest.Probe] = [], after screened: [Finding],
    run: UInt64
  ) -> [Finding] {
    let only = Self.suspected(screened)
    let permuted = sessions.isEmpty ? blocks : blocks.filter { $0.key != .border }
    let found = findings(permuted, run: run &+ 0x7F4A_7C15_9E37_79B9, only: only) { _, _ in Self.lookPermutations }
      .map { stratum, tests in
        finding(stratum, tests, suspected: tests.filter { $0.test.pValue <= Self.lookLevel }.map(\.measure))
      }
    return only[.border, default: []].isEmpty ? found : found + border(blocks, sessions)
  }

  /// Border inputs in a screening or a second look; nothing where there are none. Permutations would take the wandering of near ties
  /// for a change, and ask again for nothing.
  private func border(
    _ blocks: [Stratum: [ExchangeableBlock]], _ sessions: [SessionSharesTest.Probe]
  ) -> [Finding] {
    guard let blocks = blocks[.border], !blocks.isEmpty, !sessions.isEmpty else { return [] }
    let test = SessionSharesTest.compare(sessions)
    let isSuspicious = test.pValue <= Self.screenLevel(.shares, of: .border)
    return [
      Finding(
        stratum: .border, probes: blocks.count, telling: test.telling, statistic: test.standardised,
        pValue: test.pValue, measure: .shares, distance: blocks.reduce(0) { $0 + $1.distance } / Double(blocks.count),
        adjusted: nil, floor: floors[.border] ?? 0, stands: isSuspicious, suspected: isSuspicious ? [.shares] : [])
    ]
  }

  /// - Parameters:
  ///   - blocks: of answers that the screening has not seen, against all that it has. Strata that are left out count as
  ///     tested and not rejected.
  ///   - screened: nil where there was no screening: all tests are then made, at their full price.
  ///   - departures: of probes, all their answers in this check against the baseline's.
  ///   - peaked: number of peaked probes in the baseline, any of which might have departed.
  ///   - sessions: of the border inputs; see `BorderSessions`. What a session does to all its answers is the same in its screening:
  ///     this test is always paid in full.
  package func confirm(
    _ blocks: [Stratum: [ExchangeableBlock]], after screened: [Finding]? = nil, departures: [Departure] = [],
    peaked: Int = 0, sessions: [SessionSharesTest.Probe] = [], run: UInt64, permutations given: Int? = nil
  ) -> [Finding] {
    func screenLevel(_ measure: Measure, _ stratum: Stratum) -> Double {
      screened == nil ? 1 : Self.screenLevel(measure, of: stratum)
    }
    let ordinary = blocks.filter { $0.key != .border }
    let found = findings(ordinary, run: run &+ 0x9E37_79B9_7F4A_7C15, only: screened.map(Self.suspected)) {
      given ?? permutations(screenLevel: screenLevel($1, $0))
    }
    let border: SessionSharesTest.Finding? =
      (blocks[.border] ?? []).isEmpty || sessions.isEmpty
      ? nil
      : SessionSharesTest.compare(sessions)
    let departed = departures.min { ($0.pValue, $0.probe) < ($1.pValue, $1.probe) }
    var pValues = found.flatMap { stratum, tests in
      tests.map { screenLevel($0.measure, stratum) * $0.test.pValue }
    }
    if let border { pValues.append(border.pValue) }
    if let departed { pValues.append(min(1, Double(max(1, peaked)) * departed.pValue)) }
    var adjusted = HolmAdjustment.adjusted(pValues, tests: tests)
    let departure = departed.map { (departed: $0, adjusted: adjusted.removeLast()) }
    let borderAdjusted = border == nil ? 1 : adjusted.removeLast()
    var rest = adjusted[...]
    var findings = found.map { stratum, tests in
      let own = rest.prefix(tests.count)
      rest = rest.dropFirst(tests.count)
      let best = own.indices.min { (adjusted[$0], $0) < (adjusted[$1], $1) } ?? own.startIndex
      let test = tests[best - own.startIndex]
      let floor = floors[stratum] ?? 0
      return Finding(
        stratum: stratum, probes: test.test.blocks, telling: test.test.telling,
        statistic: test.test.standardisedDistance, pValue: test.test.pValue,
        measure: test.measure, distance: test.test.distance, adjusted: adjusted[best], floor: floor,
        stands: adjusted[best] <= level && test.test.distance > floor, suspected: [])
    }
    if let departure, let finding = self.finding(of: departure, among: peaked, beside: findings) {
      findings.removeAll { $0.stratum == .peaked }
      findings.insert(finding, at: 0)
    }
    if let border, let blocks = blocks[.border] {
      let distance = blocks.reduce(0) { $0 + $1.distance } / Double(blocks.count)
      let floor = floors[.border] ?? 0
      findings.append(
        Finding(
          stratum: .border, probes: blocks.count, telling: border.telling, statistic: border.standardised,
          pValue: border.pValue, measure: .shares, distance: distance, adjusted: borderAdjusted, floor: floor,
          stands: borderAdjusted <= level && distance > floor, suspected: []))
    }
    return findings
  }

  /// nil unless it is a change, and a surer one than the stratum as a whole shows.
  private func finding(
    of departure: (departed: Departure, adjusted: Double), among peaked: Int, beside findings: [Finding]
  ) -> Finding? {
    let floor = floors[.peaked] ?? 0
    let distance = departure.departed.distance / Double(max(1, peaked))
    let own = findings.first { $0.stratum == .peaked }
    guard departure.adjusted <= level, distance > floor, own.map({ !$0.stands }) ?? true else { return nil }
    return Finding(
      stratum: .peaked, probes: peaked, telling: 1, statistic: own?.statistic ?? 0,
      pValue: departure.departed.pValue, measure: .shares, distance: distance, adjusted: departure.adjusted,
      floor: floor, stands: true, suspected: [])
  }

  private typealias Test = (measure: Measure, test: BlockPermutationTest.Finding)

  private static func suspected(_ findings: [Finding]) -> [Stratum: [Measure]] {
    Dictionary(firstOf: findings.map { ($0.stratum, $0.suspected) })
  }

  private func finding(_ stratum: Stratum, _ tests: [Test], suspected: [Measure]) -> Finding {
    let best = tests.min { ($0.test.pValue, $0.measure.rawValue) < ($1.test.pValue, $1.measure.rawValue) }
    return Finding(
      stratum: stratum, probes: tests.first?.test.blocks ?? 0, telling: best?.test.telling ?? 0,
      statistic: best?.test.standardisedDistance ?? 0, pValue: best?.test.pValue ?? 1,
      measure: best?.measure ?? .distance,
      distance: best?.test.distance ?? 0, adjusted: nil, floor: floors[stratum] ?? 0, stands: !suspected.isEmpty,
      suspected: suspected)
  }

  private func findings(
    _ blocks: [Stratum: [ExchangeableBlock]], run: UInt64, only: [Stratum: [Measure]]?,
    permutations: (Stratum, Measure) -> Int
  ) -> [(stratum: Stratum, tests: [Test])] {
    strata.enumerated().compactMap { number, stratum in
      guard let blocks = blocks[stratum] else { return nil }
      let measures = Self.measures(of: stratum).filter { only?[stratum, default: []].contains($0) ?? true }
      guard !measures.isEmpty else { return nil }
      return (
        stratum,
        measures.enumerated().map { place, measure in
          let test = BlockPermutationTest(
            most: permutations(stratum, measure), seed: seed &+ run &* 31 &+ UInt64(number) &+ UInt64(place) &* 0x1_0001
          )
          return (measure, test.compare(blocks, by: measure))
        }
      )
    }
  }
}
