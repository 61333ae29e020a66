import Cases
import Statistics

/// Years of checks of an endpoint that does not change, and checks of one that did, through the very rule that decides a check:
/// blocks, statistic, permutations, screening and confirmation.
package struct CheckSimulation: Sendable {
  package struct Design: Hashable, Sendable {
    package let peaked: Int
    package let diffuse: Int
    package let peakedSamples: Int
    package let diffuseSamples: Int
    package let sessions: Int
    package let maxCalls: Int

    /// The sizes of `Probes/check.jsonl` and of the configuration's defaults.
    package static let standard = Design(
      peaked: 20, diffuse: 8, peakedSamples: 8, diffuseSamples: 20, sessions: 3, maxCalls: 320)
  }

  /// Series of runs without a change, and how many of them saw an alarm.
  package struct Alarms: Hashable, Sendable {
    package let series: Int
    package let runs: Int
    package let withAlarm: Int
    package let alarms: Int
    package let confirmations: Int
    /// 95 %, exact.
    package let interval: ClosedRange<Double>

    package var rate: Double { Double(withAlarm) / Double(series) }
  }

  package struct Power: Hashable, Sendable {
    package let change: String
    package let trials: Int
    /// Of a single check.
    package let screened: Double
    package let found: Double
    package let interval: ClosedRange<Double>
    /// Of four checks in a row: found by one of them.
    package let foundInFour: Double
    package let calls: Double
  }

  package let design: Design
  package let seed: UInt64
  private let rule: CheckRule
  private let plan: SamplingPlan

  package init(design: Design = .standard, falseAlarms: MonitorConfiguration.FalseAlarms = .init(), seed: UInt64) {
    self.design = design
    self.seed = seed
    let floor = MonitorConfiguration.Floors().answers
    rule = CheckRule(
      falseAlarms: falseAlarms, strata: [.peaked, .diffuse], floors: [.peaked: floor, .diffuse: floor], seed: seed)
    var samples: [PromptID: Int] = [:]
    for number in 0..<design.peaked { samples[Self.name(.peaked, number)] = design.peakedSamples }
    for number in 0..<design.diffuse { samples[Self.name(.diffuse, number)] = design.diffuseSamples }
    plan = SamplingPlan(samples: samples, maxCalls: design.maxCalls)
  }

  private static func name(_ stratum: Stratum, _ number: Int) -> PromptID { PromptID("\(stratum.rawValue)-\(number)") }

  // MARK: What is simulated

  /// - Parameter sharesBaseline: one endpoint and one baseline for all series, instead of one for each.
  package func alarms(series: Int, runs: Int, sharesBaseline: Bool) -> Alarms {
    var generator = SeededGenerator(seed: seed)
    var world = World(self, &generator)
    var withAlarm = 0
    var alarms = 0
    var confirmations = 0
    for number in 0..<series {
      if !sharesBaseline { world = World(self, &generator) }
      var inSeries = 0
      for run in 0..<runs {
        let outcome = check(world.endpoint, world, run: UInt64(number * runs + run), &generator)
        if outcome.calls > plan.screenCalls { confirmations += 1 }
        if outcome.found { inSeries += 1 }
      }
      alarms += inSeries
      if inSeries > 0 { withAlarm += 1 }
    }
    let interval = ExactInterval.twoSided(successes: withAlarm, trials: series, confidence: 0.95)
    return Alarms(
      series: series, runs: runs, withAlarm: withAlarm, alarms: alarms, confirmations: confirmations,
      interval: interval.low...interval.high)
  }

  /// By name of the change, in the order in which the changes are listed.
  package func power(trials: Int) -> [Power] {
    SimulatedEndpoint.Change.allCases.enumerated().compactMap { place, change in
      guard change != .none else { return nil }
      var generator = SeededGenerator(seed: seed &+ 0x9E37_79B9_7F4A_7C15 &* UInt64(place + 1))
      var screened = 0
      var found = 0
      var foundInFour = 0
      var calls = 0
      for trial in 0..<trials {
        let world = World(self, &generator)
        let changed = world.endpoint.changed(by: change, generator: &generator)
        var isFound = false
        for run in 0..<4 {
          let outcome = check(changed, world, run: UInt64(trial * 4 + run), &generator)
          if run == 0 {
            if outcome.calls > plan.screenCalls { screened += 1 }
            if outcome.found { found += 1 }
            calls += outcome.calls
          }
          isFound = isFound || outcome.found
        }
        if isFound { foundInFour += 1 }
      }
      let interval = ExactInterval.twoSided(successes: found, trials: trials, confidence: 0.95)
      return Power(
        change: change.rawValue, trials: trials, screened: Double(screened) / Double(trials),
        found: Double(found) / Double(trials), interval: interval.low...interval.high,
        foundInFour: Double(foundInFour) / Double(trials), calls: Double(calls) / Double(trials))
    }
  }

  // MARK: One check

  /// An endpoint and the answers of its baseline.
  private struct World {
    let endpoint: SimulatedEndpoint
    let peaked: [[Int32]]
    let diffuse: [[Int32]]

    init(_ simulation: CheckSimulation, _ generator: inout SeededGenerator) {
      let design = simulation.design
      endpoint = SimulatedEndpoint(peaked: design.peaked, diffuse: design.diffuse, generator: &generator)
      peaked = endpoint.peaked.map {
        CheckSimulation.draw(design.sessions * design.peakedSamples, from: $0, &generator)
      }
      diffuse = endpoint.diffuse.map {
        CheckSimulation.draw(design.sessions * design.diffuseSamples, from: $0, &generator)
      }
    }
  }

  private func check(
    _ now: SimulatedEndpoint, _ world: World, run: UInt64, _ generator: inout SeededGenerator
  ) -> (found: Bool, calls: Int) {
    func blocks(_ stratum: Stratum, _ sizes: [PromptID: Int]) -> [ExchangeableBlock] {
      let baseline = stratum == .peaked ? world.peaked : world.diffuse
      let probabilities = stratum == .peaked ? now.peaked : now.diffuse
      return baseline.indices.compactMap { number in
        guard let size = sizes[Self.name(stratum, number)] else { return nil }
        return ExchangeableBlock(
          categories: Self.draw(size, from: probabilities[number], &generator) + baseline[number], firstSide: size)
      }
    }
    let screen = plan.screen
    let findings = rule.screen([.peaked: blocks(.peaked, screen), .diffuse: blocks(.diffuse, screen)], run: run)
    let suspicious = findings.filter(\.stands).map(\.stratum)
    guard !suspicious.isEmpty else { return (false, plan.screenCalls) }
    let probes = plan.samples.keys.sorted().filter { probe in
      suspicious.contains { probe.rawValue.hasPrefix($0.rawValue) }
    }
    guard let sizes = plan.confirmation(of: probes, spent: plan.screenCalls) else { return (false, plan.screenCalls) }
    let fresh = Dictionary(uniqueKeysWithValues: suspicious.map { ($0, blocks($0, sizes)) })
    let confirmed = rule.confirm(fresh, run: run)
    return (confirmed.contains(where: \.stands), plan.screenCalls + sizes.values.reduce(0, +))
  }

  private static func draw(
    _ count: Int, from probabilities: [Double], _ generator: inout SeededGenerator
  ) -> [Int32] {
    (0..<count).map { _ in
      var rest = Double(generator.next() >> 11) * 0x1p-53
      for (answer, probability) in probabilities.enumerated() {
        rest -= probability
        if rest < 0 { return Int32(answer) }
      }
      return Int32(probabilities.count - 1)
    }
  }
}
