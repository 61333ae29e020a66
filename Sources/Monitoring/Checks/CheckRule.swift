package import Statistics

/// Decides from blocks of answers whether there is a change. All of it that a simulation has to go through is here.
///
/// Screening is free to be wrong: a change is only what fresh answers confirm. In each run the confirmation is wrong with a
/// probability of at most `level`, whether or not it takes place; so in any `runs` runs in a row at most `runs` × `level` =
/// `atMost` of all series see a false alarm, by the union bound, although all runs share one baseline.
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

  /// A stratum whose p-value is at most this, uncorrected, is asked again. What it costs is calls, never false alarms; what it
  /// wins is the power of the first look, which sees few answers.
  package static let screenLevel = 0.1
  private static let screenPermutations = 999

  /// Of one confirmation.
  package var level: Double { falseAlarms.atMost / Double(falseAlarms.runs) }

  /// Permutations of a confirmation: ten times what the level of the strictest of its tests can show at all.
  package var confirmationPermutations: Int { Int((10 * Double(strata.count) / level).rounded(.up)) }

  package struct Finding: Hashable, Sendable {
    package let stratum: Stratum
    package let probes: Int
    /// Probes whose answers could tell a difference at all.
    package let telling: Int
    /// Near 0 without a change; see `BlockPermutationTest`.
    package let statistic: Double
    package let pValue: Double
    /// Mean over the probes; see `ExchangeableBlock`.
    package let distance: Double
    /// Holm's, over all strata of the rule; nil in a screening, which is not corrected.
    package let adjusted: Double?
    package let floor: Double
    /// Worth another look, in a screening; a change, in a confirmation.
    package let stands: Bool

    init(
      _ stratum: Stratum, probes: Int, _ test: BlockPermutationTest.Finding, adjusted: Double?, floor: Double,
      stands: Bool
    ) {
      self.stratum = stratum
      self.probes = probes
      telling = test.telling
      statistic = test.statistic
      pValue = test.pValue
      distance = test.distance
      self.adjusted = adjusted
      self.floor = floor
      self.stands = stands
    }
  }

  package func screen(_ blocks: [Stratum: [ExchangeableBlock]], run: UInt64) -> [Finding] {
    tested(blocks, most: Self.screenPermutations, run: run).map { stratum, probes, test in
      Finding(
        stratum, probes: probes, test, adjusted: nil, floor: floors[stratum] ?? 0,
        stands: test.pValue <= Self.screenLevel)
    }
  }

  /// - Parameter blocks: of answers that no screening has seen. Strata that are left out count as tested and not rejected.
  package func confirm(
    _ blocks: [Stratum: [ExchangeableBlock]], run: UInt64, permutations: Int? = nil
  ) -> [Finding] {
    let tests = tested(blocks, most: permutations ?? confirmationPermutations, run: run &+ 0x9E37_79B9_7F4A_7C15)
    let adjusted = HolmAdjustment.adjusted(tests.map(\.2.pValue), tests: strata.count)
    return zip(tests, adjusted).map { test, adjusted in
      let floor = floors[test.0] ?? 0
      return Finding(
        test.0, probes: test.1, test.2, adjusted: adjusted, floor: floor,
        stands: adjusted <= level && test.2.distance > floor)
    }
  }

  private func tested(
    _ blocks: [Stratum: [ExchangeableBlock]], most: Int, run: UInt64
  ) -> [(Stratum, Int, BlockPermutationTest.Finding)] {
    strata.enumerated().compactMap { number, stratum in
      guard let blocks = blocks[stratum] else { return nil }
      let test = BlockPermutationTest(most: most, seed: seed &+ run &* 31 &+ UInt64(number))
      return (stratum, blocks.count, test.compare(blocks))
    }
  }
}
