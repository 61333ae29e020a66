import Cases
import Monitoring
import Testing

@Suite("What a check would find")
struct DetectableEffectTests {
  private static func records(_ probes: Int, _ counts: [String: Int] = ["a": 24], _ stratum: Stratum = .peaked)
    -> [PromptID: ProbeRecord]
  {
    Dictionary(uniqueKeysWithValues: (0..<probes).map { (PromptID(Watched.name($0)), Watched.record(counts, stratum)) })
  }

  private static func effect(_ baseline: Baseline) async throws -> DetectableEffect {
    try #require(await DetectableEffect.all(baseline.probes, plan: baseline.plan, rule: baseline.rule).first)
  }

  /// Real checks of an endpoint in which so many probes answer anew, always.
  private static func found(_ baseline: Baseline, changed: Int, checks: Int) -> Int {
    (0..<checks).count { number in
      let evaluation = CheckEvaluation(baseline: baseline, seed: UInt64(number))
      func answers(_ sizes: [PromptID: Int]) -> [RecordedAnswer] {
        let names = baseline.probes.keys.map(\.rawValue).sorted()
        return Watched.answers(
          Dictionary(
            uniqueKeysWithValues: names.enumerated().map { place, name in
              // Which ones change is another in each check.
              let isNew = (place + 7 * number) % names.count < changed
              return (name, Array(repeating: isNew ? "b" : "a", count: sizes[PromptID(name)] ?? 0))
            }))
      }
      let screened = evaluation.screened(
        answers(baseline.plan.screen), trouble: nil, of: Watched.result(baseline, calls: baseline.plan.screenCalls))
      let first = answers(baseline.plan.screen)
      var state = screened
      var look: (answers: [RecordedAnswer], planned: SamplingPlan.Round)?
      if case .look(let round) = state.next {
        let second = answers(round.sizes)
        look = (second, round)
        state = evaluation.looked(second, planned: round, after: first, trouble: nil, of: state.result)
      }
      guard case .confirm(let round) = state.next else { return false }
      return evaluation.confirmed(
        answers(round.sizes), planned: round, after: first, look: look, trouble: nil, of: state.result
      ).verdict == .changed
    }
  }

  @Test("the change that is named is found by real checks in most cases, and without a change none is")
  func real() async throws {
    // A floor that one changed probe of twenty does not reach.
    let baseline = Watched.baseline(Self.records(20), floor: 0.12)
    let effect = try await Self.effect(baseline)
    #expect(effect.stratum == .peaked && effect.probes == 20)
    let least = try #require(effect.changedProbes)
    #expect(least == 4, "new answers that are spread as the old ones keep three of twenty below the floor of .12")
    #expect(Self.found(baseline, changed: least, checks: 20) >= 12)
    #expect(Self.found(baseline, changed: 2, checks: 20) == 0)
    #expect(Self.found(baseline, changed: 0, checks: 20) == 0)
    let share = try #require(effect.changedShare)
    #expect(share > 0.1 && share < 1)
  }

  @Test("more answers show no less")
  func samples() async throws {
    var shares: [Double] = []
    for planned in [8, 64] {
      let baseline = Watched.baseline(
        Self.records(6, ["a": 60, "b": 60], .diffuse), planned: planned, strata: [.diffuse])
      shares.append(try #require(try await Self.effect(baseline).changedShare))
    }
    #expect(shares[0] >= shares[1], "\(shares)")
  }

  @Test("nothing is found where no call is left to confirm it, or where the floor is above every distance")
  func nothing() async throws {
    let poor = Watched.baseline(Self.records(10), maxCalls: 21)
    let walled = Watched.baseline(Self.records(10), floor: 2)
    for baseline in [poor, walled] {
      let effect = try await Self.effect(baseline)
      #expect(effect.changedProbes == nil && effect.changedShare == nil && !effect.isAny)
    }
  }

  @Test("each stratum of answers has an effect of its own, in their order; log-probabilities have none")
  func strata() async {
    let records = Self.records(4).merging([PromptID("q"): Watched.record(["a": 12, "b": 12], .diffuse)]) { one, _ in one
    }
    let baseline = Watched.baseline(records, strata: [.peaked, .diffuse, .logprobs])
    let effects = await DetectableEffect.all(baseline.probes, plan: baseline.plan, rule: baseline.rule)
    #expect(effects.map(\.stratum) == [.peaked, .diffuse] && effects.map(\.probes) == [4, 1])
  }
}
