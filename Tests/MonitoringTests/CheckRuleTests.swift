import Cases
import Formats
import Foundation
import Monitoring
import Statistics
import Testing

@Suite("The rule of a check")
struct CheckRuleTests {
  static func answers(_ texts: [String: [String]]) -> [RecordedAnswer] {
    texts.sorted { $0.key < $1.key }.flatMap { probe, texts in
      texts.enumerated().map {
        RecordedAnswer(
          response: Response(prompt: PromptID(probe), sample: $0.offset, text: $0.element), promptTokens: 7,
          declaredModel: "m", fingerprint: "f", nanoseconds: 2_000_000)
      }
    }
  }

  /// Ten probes that always say one thing, and two that say one of four.
  static func session(_ seed: UInt64, odd: Set<String> = []) -> [RecordedAnswer] {
    var state = seed &* 6_364_136_223_846_793_005 &+ 99
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var texts: [String: [String]] = [:]
    for number in 0..<10 {
      texts["p\(number)"] = (0..<8).map { _ in odd.contains("p\(number)") ? "other" : "Answer \(number)." }
    }
    for number in 0..<2 { texts["q\(number)"] = (0..<20).map { _ in "choice \(next(4))" } }
    return answers(texts)
  }

  static let planned = Dictionary(
    grouping: session(1), by: \.response.prompt
  ).mapValues(\.count)

  static func built(_ sessions: [[RecordedAnswer]]) throws -> BaselineBuilder.Built {
    try BaselineBuilder(falseAlarms: .init(), floors: .init(), seed: 1).build(
      sessions.map { .init(started: "", answers: $0, planned: planned, source: Digest(of: "s")) })
  }

  static func baseline() async throws -> Baseline { try await prepared.value }

  /// Its power takes seconds to find, and is the same for all.
  private static let prepared = Task {
    let built = try Self.built([session(1), session(2), session(3)])
    let plan = SamplingPlan(samples: planned, maxCalls: 320)
    return Baseline(
      name: "b", created: "2026-11-24T00:00:00.000Z", tool: "t", configuration: nil, suite: .null,
      endpoint: .init(url: "u", model: "m", declaredModels: ["m"], declaredFingerprints: ["f"]),
      sessions: built.sessions,
      stability: built.stability, probes: built.probes, rule: built.rule, plan: plan,
      detectable: await DetectableEffect.all(built.probes, plan: plan, rule: built.rule), medianMilliseconds: 2)
  }

  private func screened(_ answers: [RecordedAnswer], _ baseline: Baseline) -> (CheckResult, CheckEvaluation.Next) {
    CheckEvaluation(baseline: baseline, seed: 4).screened(
      answers, trouble: nil, of: CheckResult(name: "b", run: "r", started: "s", baseline: baseline))
  }

  private func first(_ answers: [RecordedAnswer], _ plan: [PromptID: Int]) -> [RecordedAnswer] {
    answers.filter { $0.response.sample < plan[$0.response.prompt] ?? 0 }
  }

  @Test("probes are sorted by how they are compared, and the plan stays within its limit")
  func plan() async throws {
    let baseline = try await Self.baseline()
    #expect(baseline.rule.strata == [.peaked, .diffuse])
    #expect(baseline.plan.screen[PromptID("p0")] == 3 && baseline.plan.screen[PromptID("q0")] == 5)
    #expect(baseline.plan.screenCalls == 40)
    let probes = Array(baseline.plan.samples.keys)
    for spent in [30, 100, 290, 296] {
      let sizes = try #require(baseline.plan.confirmation(of: probes, spent: spent))
      #expect(sizes.values.reduce(0, +) + spent <= 320 && sizes.values.allSatisfy { $0 >= 2 })
    }
    #expect(baseline.plan.confirmation(of: probes, spent: 297) == nil)
    // Twelve probes and three departed ones fit into a second look; of a plan with less room only the departed ones do.
    let departed = ["p0", "p1", "p2"].map { PromptID($0) }
    let look = try #require(baseline.plan.look(of: probes, departed: departed))
    #expect(look.strata.count == 12 && look.departed.count == 3 && look.calls == 40 + 3 * (12 - 3))
    let tight = SamplingPlan(samples: baseline.plan.samples, maxCalls: 120)
    let alone = try #require(tight.look(of: probes, departed: departed))
    #expect(alone.strata.isEmpty && alone.calls == 36)
    #expect(SamplingPlan(samples: baseline.plan.samples, maxCalls: 100).look(of: probes, departed: departed) == nil)
    // Beside strata a departed probe takes half of what is left, and alone no more than is of use.
    let shared = try #require(baseline.plan.confirmation(of: probes, departed: departed.prefix(1), spent: 100))
    #expect(shared.departed == [PromptID("p0"): 110] && shared.calls + 100 <= 320)
    let single = try #require(baseline.plan.confirmation(of: [PromptID](), departed: departed.prefix(1), spent: 100))
    #expect(single.departed == [PromptID("p0"): 150] && single.strata.isEmpty)
    // Half of the answers to one probe new, or one probe of ten: small enough changes are found.
    let peaked = try #require(baseline.detectable.first { $0.stratum == .peaked })
    #expect(peaked.changedProbes == 1)
  }

  @Test("the same model is the same, and a changed answer in ten is a change that fresh answers confirm")
  func verdicts() async throws {
    let baseline = try await Self.baseline()
    let same = screened(first(Self.session(9), baseline.plan.screen), baseline)
    #expect(same.0.verdict == .same)
    guard case .done = same.1 else {
      Issue.record("asked again without need")
      return
    }
    let changed = Self.session(9, odd: ["p4"])
    let (result, next) = screened(first(changed, baseline.plan.screen), baseline)
    guard case .look(let round) = next else {
      Issue.record("the change was not suspected: \(result.screening)")
      return
    }
    #expect(result.suspicious.contains(.peaked) && round.departed.keys.contains(PromptID("p4")))
    // Until then it is not a change.
    #expect(result.verdict == .inconclusive)
    let evaluation = CheckEvaluation(baseline: baseline, seed: 4)
    let begun = first(changed, baseline.plan.screen)
    /// The rounds that follow, answered from here.
    func concluded(_ model: (UInt64) -> [RecordedAnswer]) -> CheckResult {
      func asked(_ sizes: [PromptID: Int], _ seed: UInt64) -> [RecordedAnswer] {
        sizes.sorted { $0.key < $1.key }.flatMap { probe, count in
          var (own, part) = ([RecordedAnswer](), seed)
          while own.count < count, part < seed + 100 {
            own += model(part).filter { $0.response.prompt == probe }
            part += 1
          }
          return own.prefix(count).enumerated().map {
            RecordedAnswer(
              response: Response(prompt: probe, sample: $0.offset, text: $0.element.response.text), nanoseconds: 1)
          }
        }
      }
      let second = asked(round.sizes, 100)
      let (looked, after) = evaluation.looked(second, planned: round, after: begun, trouble: nil, of: result)
      guard case .confirm(let last) = after else { return looked }
      return evaluation.confirmed(
        asked(last.sizes, 200), planned: last, after: begun, look: (second, round), trouble: nil, of: looked)
    }
    // The chance of the screening does not repeat: the same model, asked anew, clears it.
    #expect(concluded { Self.session($0) }.verdict == .same)
    let found = concluded { Self.session($0, odd: ["p4"]) }
    #expect(found.verdict == .changed && found.changedStrata == [.peaked], "\(found.confirmation)")
    #expect(found.changes.first?.probe == PromptID("p4"))
    #expect(found.changes.first?.now.first?.answer == "other")
  }

  @Test("a missing probe, or too many missing answers, never end as the same", arguments: ["probe", "answers", "all"])
  func missing(kind: String) async throws {
    let baseline = try await Self.baseline()
    let all = first(Self.session(9), baseline.plan.screen)
    let some =
      switch kind {
      case "probe": all.filter { $0.response.prompt != PromptID("p3") }
      case "answers": all.filter { $0.response.sample < 4 || $0.response.prompt == PromptID("p0") }
      default: [RecordedAnswer]()
      }
    let (result, _) = screened(some, baseline)
    #expect(result.verdict == .inconclusive)
    guard case .incomplete = result.reason else {
      Issue.record("\(String(describing: result.reason))")
      return
    }
  }

  @Test("an endpoint whose sessions differ is refused, and so are two sessions and silent ones")
  func refusals() throws {
    let odd = Self.session(3, odd: ["p0", "p1", "p2", "p3", "p4"])
    #expect(throws: MonitoringError.self) { try Self.built([Self.session(1), Self.session(2), odd]) }
    do {
      _ = try Self.built([Self.session(1), Self.session(2), odd])
    } catch MonitoringError.unstable(let stratum, _, _) {
      // Two answers in two sessions to one: their probes are peaked no more.
      #expect(stratum == .diffuse)
    }
    #expect(throws: MonitoringError.tooFewSessions(found: 2, needed: 3)) {
      try Self.built([Self.session(1), Self.session(2)])
    }
    let silent = Self.session(3).filter { $0.response.prompt != PromptID("q1") }
    #expect(throws: MonitoringError.probeUnanswered(PromptID("q1"), session: 3)) {
      try Self.built([Self.session(1), Self.session(2), silent])
    }
  }

  @Test("what the endpoint says of itself is told and decides nothing")
  func declared() async throws {
    let baseline = try await Self.baseline()
    let answers = first(Self.session(9), baseline.plan.screen).map {
      RecordedAnswer(
        response: $0.response, promptTokens: 40, declaredModel: "m-2", fingerprint: "g", nanoseconds: 9_000_000)
    }
    let (result, _) = screened(answers, baseline)
    #expect(result.verdict == .same)
    #expect(result.declared.map(\.what).prefix(2) == [.model, .fingerprint])
    let counted = result.declared.compactMap { declared -> Int? in
      guard case .promptTokens(let probes) = declared.what, declared.now == "40" else { return nil }
      return probes.count
    }
    #expect(counted == [12])
  }

  @Test("a baseline is read as it was written; a changed digit, an unknown field and a forged approval are found")
  func file() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baseline-\(UUID().uuidString)").path
    let file = "\(folder)/b.json"
    let baseline = try await Self.baseline().approved(after: [], by: "A. Name", reason: "first", at: "2026-11-24")
    try baseline.write(to: file)
    let read = try Baseline.read(file: file)
    #expect(read == baseline)
    #expect(read.approval?.by == "A. Name")
    let text = String(decoding: try FileBytes.read(file), as: UTF8.self)
    // One line a probe.
    #expect(text.split(separator: "\n").contains { $0.contains(#""p3": {"answers":{"answer 3":24}"#) })
    try FileBytes.write(text.replacingOccurrences(of: #""answer 3":24"#, with: #""answer 3":23,"x":1"#).utf8, to: file)
    #expect(try Baseline.read(file: file).approval == nil)
    try FileBytes.write(text.replacingOccurrences(of: #""answer 3":24"#, with: #""answer 3":25"#).utf8, to: file)
    #expect(throws: MonitoringError.self) { try Baseline.read(file: file) }
    try FileBytes.write(text.replacingOccurrences(of: #""name": "b""#, with: #""name": "b", "more": 1"#).utf8, to: file)
    #expect(throws: MonitoringError.self) { try Baseline.read(file: file) }
    try FileBytes.write(text.replacingOccurrences(of: "A. Name", with: "B. Name").utf8, to: file)
    #expect(throws: MonitoringError.approvalsBroken(file: file, number: 1)) { try Baseline.read(file: file) }
  }

  @Test("what a confirmation may be wrong by is shared out over the runs, and a sure but small difference is no change")
  func levelAndFloor() throws {
    func rule(runs: Int, floor: Double) -> CheckRule {
      CheckRule(
        falseAlarms: .init(atMost: 0.05, runs: runs), strata: [.diffuse], floors: [.diffuse: floor], seed: 1)
    }
    #expect(abs(rule(runs: 52, floor: 0).level - 0.05 / 52) < 1e-15 && rule(runs: 1, floor: 0).level == 0.05)
    // Ten probes, six answers of twenty another one: surely there, and some tenths apart.
    let block = ExchangeableBlock(
      categories: [Int32](repeating: 0, count: 20) + [Int32](repeating: 1, count: 6)
        + [Int32](repeating: 0, count: 14),
      firstSide: 20)
    let blocks = [Stratum.diffuse: [ExchangeableBlock](repeating: block, count: 10)]
    let found = try #require(rule(runs: 52, floor: 0).confirm(blocks, run: 1).first)
    #expect(found.stands && found.pValue < 0.05 / 52 && found.distance > 0)
    for (floor, stands) in [(found.distance * 0.99, true), (found.distance * 1.01, false)] {
      #expect(rule(runs: 52, floor: floor).confirm(blocks, run: 1).first?.stands == stands)
    }
    // Four answers of twenty at two probes: enough where one run is all there is, too little for one of many.
    let weak = ExchangeableBlock(
      categories: [Int32](repeating: 0, count: 20) + [Int32](repeating: 1, count: 4)
        + [Int32](repeating: 0, count: 16),
      firstSide: 20)
    let few = [Stratum.diffuse: [weak, weak]]
    let p = try #require(rule(runs: 52, floor: 0).confirm(few, run: 1).first?.pValue)
    #expect(p < 0.05 && p > 0.05 / 52)
    #expect(rule(runs: 1, floor: 0).confirm(few, run: 1).first?.stands == true)
    #expect(rule(runs: 52, floor: 0).confirm(few, run: 1).first?.stands == false)
  }

  @Test("a short simulation: years without a change are mostly quiet, and a changed answer is found")
  func simulation() {
    let simulation = CheckSimulation(seed: 3)
    let alarms = simulation.alarms(series: 30, runs: 52, sharesBaseline: false)
    // At most 5 % of the years: Binomial(30, 0.05) exceeds 6 with a probability below 0.001.
    #expect(alarms.withAlarm <= 6, "\(alarms)")
    #expect(alarms.confirmations > 0)
    let power = CheckSimulation(design: .standard.with(.many), seed: 3).power(trials: 30)
    // One changed answer; in every second call; the mass of many answers moved; a temperature.
    for (change, least) in [(0, 0.9), (1, 0.4), (2, 0.15), (4, 0.4)] {
      #expect(power[change].found >= least, "\(power[change])")
    }
  }

  @Test("what the screening did not suspect is not confirmed, and what it did pays its level only")
  func stages() throws {
    let rule = CheckRule(falseAlarms: .init(), strata: [.diffuse], floors: [:], seed: 1)
    let block = ExchangeableBlock(
      categories: [Int32](repeating: 0, count: 20) + [Int32](repeating: 1, count: 6)
        + [Int32](repeating: 0, count: 14), firstSide: 20)
    let blocks = [Stratum.diffuse: [block, block, block]]
    let plain = try #require(rule.confirm(blocks, run: 1, permutations: 49_999).first)
    let screened = rule.screen(blocks, run: 1)
    #expect(screened.first?.stands == true)
    let staged = try #require(rule.confirm(blocks, after: screened, run: 1, permutations: 49_999).first)
    // The same permutations, at the price of the screening.
    #expect(staged.pValue == plain.pValue && (staged.adjusted ?? 1) < (plain.adjusted ?? 1))
    let alike = [Stratum.diffuse: [ExchangeableBlock(categories: (0..<40).map { Int32($0 % 4) }, firstSide: 20)]]
    let quiet = rule.screen(alike, run: 1)
    #expect(quiet.first?.stands == false && rule.confirm(blocks, after: quiet, run: 1).isEmpty)
  }

  @Test("a probe that departs from what it always said is seen by itself")
  func departure() {
    func departure(_ other: Int, of all: Int) -> Departure {
      Departure(probe: PromptID("p"), now: (other, all), then: (0, 24))
    }
    // One way of 325 to choose two of 26, and none of 24 in reserve.
    #expect(abs(departure(2, of: 2).pValue - 1.0 / 325) < 1e-12 && departure(0, of: 9).pValue == 1)
    let rule = CheckRule(falseAlarms: .init(), strata: [.peaked, .diffuse], floors: [.peaked: 0.002], seed: 1)
    func found(_ other: Int, of all: Int) -> CheckRule.Finding? {
      rule.confirm([:], after: [], departures: [departure(other, of: all)], peaked: 20, run: 1).first
    }
    #expect(found(55, of: 109)?.stands == true && found(55, of: 109)?.stratum == .peaked)
    #expect(found(12, of: 109) == nil)
  }

  @Test("a new answer is seen beside others that the baseline has anyway, and choosing it costs a factor of two")
  func chiefAnswer() {
    let then = ["a": 22, "b": 1, "c": 1]
    func departure(_ now: [String: Int]) -> Departure? {
      Departure(
        PromptID("p"), now: Watched.record(now, .peaked), baseline: Watched.record(then, .peaked))
    }
    // Of 26 answers 4 are new; all that are not the common one are six, of which the baseline has two.
    let new = departure(["a": 22, "x": 4])
    #expect(new?.chief?.now == 4 && new?.chief?.then == 0 && new?.now.other == 4 && new?.then.other == 2)
    // 26·25·24·23 / (50·49·48·47): all four on one side.
    let chief = 358_800.0 / 5_527_200
    #expect(abs((new?.suspicion ?? 0) - chief) < 1e-12 && abs((new?.pValue ?? 0) - 2 * chief) < 1e-12)
    // Where there is one other answer, it is all others, and nothing is chosen.
    let single = Departure(
      PromptID("p"), now: Watched.record(["a": 1, "x": 2], .peaked), baseline: Watched.record(["a": 24], .peaked))
    #expect(single?.chief?.now == 2 && abs((single?.pValue ?? 0) - 3.0 / 351) < 1e-12)
    // What the baseline gives most often of the others is no new answer.
    let known = departure(["a": 2, "b": 1])
    #expect(known?.chief?.now == 1 && known?.chief?.then == 1)
    // Many different answers, none of them common: all together say it.
    let spread = Dictionary(uniqueKeysWithValues: (0..<20).map { ("x\($0)", 1) })
    #expect((departure(spread)?.pValue ?? 1) < 1e-5)
  }

  @Test("without a change a departure has a p-value of at most a level no more often than that")
  func departureLevel() {
    var generator = SeededGenerator(seed: 11)
    let draws = 2_000
    let small = (0..<draws).count { _ in
      func drawn(_ count: Int) -> [String: Int] {
        (0..<count).reduce(into: [:]) { counts, _ in
          let number = generator.next(below: 20)
          counts[number < 16 ? "a" : "x\(number)", default: 0] += 1
        }
      }
      let departure = Departure(
        PromptID("p"), now: Watched.record(drawn(30), .peaked), baseline: Watched.record(drawn(40), .peaked))
      return (departure?.pValue ?? 1) <= 0.05
    }
    // 5 % of 2,000 are 100; more than 132 come once in a thousand such tests.
    #expect(small > 0 && small <= 132, "\(small)")
  }
}
