import Cases
import Formats
import Statistics

/// Years of checks of an endpoint that does not change, and checks of one that did, through the very rule that decides a check:
/// blocks, statistic, permutations, screening and confirmation.
package struct CheckSimulation: Sendable {
  package typealias World = SimulatedEndpoint.World

  package struct Design: Hashable, Sendable {
    package let peaked: Int
    package let diffuse: Int
    package let peakedSamples: Int
    package let diffuseSamples: Int
    package let sessions: Int
    package let maxCalls: Int
    package let world: World
    package let border: Int
    package let borderSamples: Int

    package init(
      peaked: Int, diffuse: Int, peakedSamples: Int, diffuseSamples: Int, sessions: Int, maxCalls: Int, world: World,
      border: Int = 0, borderSamples: Int = 8
    ) {
      self.peaked = peaked
      self.diffuse = diffuse
      self.peakedSamples = peakedSamples
      self.diffuseSamples = diffuseSamples
      self.sessions = sessions
      self.maxCalls = maxCalls
      self.world = world
      self.border = border
      self.borderSamples = borderSamples
    }

    /// The sizes of `Probes/check.jsonl` and of the configuration's defaults.
    package static let standard = Design(
      peaked: 20, diffuse: 8, peakedSamples: 8, diffuseSamples: 20, sessions: 3, maxCalls: 320, world: .few)

    /// Border inputs where there are some: by so many it is known how far they wander without a change.
    private static let borderInputs = 20

    /// Where there are border inputs, they stand in the place of three of four diffuse probes. A session has some answers more then,
    /// of one token each; a check stays within the same limit.
    package func with(_ world: World) -> Design {
      let isBorder = world == .border
      return Design(
        peaked: peaked, diffuse: isBorder ? diffuse / 4 : diffuse, peakedSamples: peakedSamples,
        diffuseSamples: diffuseSamples,
        sessions: sessions, maxCalls: maxCalls, world: world,
        border: isBorder ? Self.borderInputs : 0, borderSamples: borderSamples)
    }
  }

  /// Series of runs without a change, and how many of them saw an alarm.
  package struct Alarms: Hashable, Sendable {
    package let series: Int
    package let runs: Int
    package let withAlarm: Int
    package let alarms: Int
    package let confirmations: Int
    /// Of a check, on average.
    package let calls: Double
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
  private let strata: [Stratum]

  package init(design: Design = .standard, falseAlarms: MonitorConfiguration.FalseAlarms = .init(), seed: UInt64) {
    self.design = design
    self.seed = seed
    let floor = MonitorConfiguration.Floors().answers
    strata = design.border > 0 ? [.peaked, .diffuse, .border] : [.peaked, .diffuse]
    rule = CheckRule(
      falseAlarms: falseAlarms, strata: strata,
      floors: Dictionary(firstOf: strata.map { ($0, floor) }), seed: seed)
    var samples: [PromptID: Int] = [:]
    for number in 0..<design.peaked { samples[Self.name(.peaked, number)] = design.peakedSamples }
    for number in 0..<design.border { samples[Self.name(.border, number)] = design.borderSamples }
    for number in 0..<design.diffuse { samples[Self.name(.diffuse, number)] = design.diffuseSamples }
    plan = SamplingPlan(samples: samples, maxCalls: design.maxCalls)
  }

  private static func name(_ stratum: Stratum, _ number: Int) -> PromptID { PromptID("\(stratum.rawValue)-\(number)") }

  // MARK: What is simulated

  /// - Parameter sharesBaseline: one endpoint and one baseline for all series, instead of one for each.
  package func alarms(series: Int, runs: Int, sharesBaseline: Bool) -> Alarms {
    var generator = SeededGenerator(seed: seed)
    var world = Watched(self, &generator)
    var withAlarm = 0
    var alarms = 0
    var confirmations = 0
    var calls = 0
    for number in 0..<series {
      if !sharesBaseline { world = Watched(self, &generator) }
      var inSeries = 0
      for run in 0..<runs {
        let outcome = check(world.endpoint, world, run: UInt64(number * runs + run), &generator)
        if outcome.calls > plan.screenCalls { confirmations += 1 }
        calls += outcome.calls
        if outcome.found { inSeries += 1 }
      }
      alarms += inSeries
      if inSeries > 0 { withAlarm += 1 }
    }
    let interval = ExactInterval.twoSided(successes: withAlarm, trials: series, confidence: 0.95)
    return Alarms(
      series: series, runs: runs, withAlarm: withAlarm, alarms: alarms, confirmations: confirmations,
      calls: Double(calls) / Double(max(1, series * runs)),
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
        let world = Watched(self, &generator)
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
  private struct Watched {
    let endpoint: SimulatedEndpoint
    let peaked: [[Int32]]
    let diffuse: [[Int32]]
    /// Of each border input, the answers of each session.
    let border: [[[Int32]]]
    /// The most common answer of each peaked probe in the baseline.
    let modes: [Int32]

    init(_ simulation: CheckSimulation, _ generator: inout SeededGenerator) {
      let design = simulation.design
      endpoint = SimulatedEndpoint(
        design.world, peaked: design.peaked, diffuse: design.diffuse, border: design.border, generator: &generator)
      peaked = endpoint.peaked.map {
        CheckSimulation.draw(design.sessions * design.peakedSamples, from: $0, &generator)
      }
      diffuse = endpoint.diffuse.map {
        CheckSimulation.draw(design.sessions * design.diffuseSamples, from: $0, &generator)
      }
      border = endpoint.ties.map { tie in
        (0..<design.sessions).map { _ in
          CheckSimulation.draw(design.borderSamples, from: tie.session(&generator), &generator)
        }
      }
      modes = peaked.map { answers in
        let counts = answers.reduce(into: [Int32: Int]()) { $0[$1, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
      }
    }
  }

  private func check(
    _ now: SimulatedEndpoint, _ world: Watched, run: UInt64, _ generator: inout SeededGenerator
  ) -> (found: Bool, calls: Int) {
    typealias Answers = [Stratum: [Int: [Int32]]]
    // What the server has to do is the same for all rounds of a check.
    let ties = now.ties.map { $0.session(&generator) }
    func ask(_ sizes: [PromptID: Int]) -> Answers {
      var answers: Answers = [:]
      for (stratum, probabilities) in [
        (Stratum.peaked, now.peaked), (.diffuse, now.diffuse), (.border, ties),
      ] {
        for (number, distribution) in probabilities.enumerated() {
          guard let size = sizes[Self.name(stratum, number)] else { continue }
          answers[stratum, default: [:]][number] = Self.draw(size, from: distribution, &generator)
        }
      }
      return answers
    }
    func baseline(_ stratum: Stratum) -> [[Int32]] {
      switch stratum {
      case .peaked: world.peaked
      case .border: world.border.map { $0.flatMap(\.self) }
      default: world.diffuse
      }
    }
    func sessions(_ rounds: [Answers]) -> [SessionSharesTest.Probe] {
      func record(_ sessions: [[Int32]]) -> ProbeRecord {
        let counts = sessions.map { $0.reduce(into: [String: Int]()) { $0["\($1)", default: 0] += 1 } }
        return ProbeRecord(
          stratum: .border, samples: sessions.reduce(0) { $0 + $1.count },
          answers: counts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }, sessions: counts)
      }
      func records(_ sessions: [[[Int32]]]) -> [PromptID: ProbeRecord] {
        Dictionary(firstOf: sessions.enumerated().map { (Self.name(.border, $0), record($1)) })
      }
      let run = world.border.indices.map { number in [rounds.flatMap { $0[.border]?[number] ?? [] }] }
      return BorderSessions.of(records(run), baseline: records(world.border))
    }
    func blocks(
      _ rounds: [(Answers, [PromptID: Int])], against screening: Answers?, _ strata: [Stratum]
    ) -> [Stratum: [ExchangeableBlock]] {
      Dictionary(
        uniqueKeysWithValues: strata.map { stratum in
          let own = baseline(stratum)
          return (
            stratum,
            own.indices.compactMap { number in
              let fresh = rounds.flatMap { answers, sizes in
                (answers[stratum]?[number] ?? []).prefix(sizes[Self.name(stratum, number)] ?? 0)
              }
              guard fresh.count >= 2 else { return nil }
              return ExchangeableBlock(
                categories: fresh + own[number] + (screening?[stratum]?[number] ?? []), firstSide: fresh.count)
            }
          )
        })
    }
    func counts(_ answers: [Int32]) -> [Int32: Int] { answers.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    func departures(_ rounds: [Answers]) -> [Departure] {
      world.peaked.indices.map { number in
        let fresh = rounds.flatMap { $0[.peaked]?[number] ?? [] }
        let (mode, own) = (world.modes[number], world.peaked[number])
        return Departure(
          probe: Self.name(.peaked, number), now: (fresh.count { $0 != mode }, fresh.count),
          then: (own.count { $0 != mode }, own.count),
          chief: Departure.chief(counts(fresh), counts(own), but: mode))
      }
    }
    func probes(of strata: [Stratum]) -> [PromptID] {
      strata.flatMap { stratum in baseline(stratum).indices.map { Self.name(stratum, $0) } }
    }

    let screen = plan.screen
    var calls = plan.screenCalls
    let first = ask(screen)
    let screened = rule.screen(
      blocks([(first, screen)], against: nil, self.strata), sessions: sessions([first]), run: run)
    var strata = screened.filter(\.stands).map(\.stratum)
    var departed = CheckRule.departed(screened: departures([first]))
    guard !strata.isEmpty || !departed.isEmpty else { return (false, calls) }
    var suspected = screened
    var rounds: [(Answers, [PromptID: Int])] = []
    if let look = plan.look(of: probes(of: strata), departed: departed) {
      let second = ask(look.sizes)
      calls += look.calls
      rounds.append((second, look.strata))
      if !look.strata.isEmpty {
        suspected = rule.look(
          blocks([(first, screen)] + rounds, against: nil, strata), sessions: sessions([first, second]),
          after: screened, run: run)
        strata = suspected.filter(\.stands).map(\.stratum)
      }
      departed = CheckRule.departed(looked: departures([first, second]), among: look.departed)
    }
    guard !strata.isEmpty || !departed.isEmpty,
      let round = plan.confirmation(of: probes(of: strata), departed: departed, spent: calls)
    else { return (false, calls) }
    let third = ask(round.sizes)
    let looks = rounds.map(\.0)
    rounds.append((third, round.strata))
    let confirmed = rule.confirm(
      blocks(rounds, against: first, strata), after: suspected,
      departures: departures([first] + looks + [third]).filter { round.departed[$0.probe] != nil },
      peaked: world.peaked.count, sessions: strata.contains(.border) ? sessions([first] + looks + [third]) : [],
      run: run)
    return (confirmed.contains(where: \.stands), calls + round.calls)
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
