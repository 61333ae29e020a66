import Cases
import Monitoring
import Statistics
import Testing

@Suite("From answers to a verdict")
struct CheckEvaluationTests {
  private static func records(_ probes: Int) -> [PromptID: ProbeRecord] {
    Dictionary(uniqueKeysWithValues: (0..<probes).map { (PromptID(Watched.name($0)), Watched.record(["a": 24])) })
  }

  private static let new = Array(repeating: "b", count: 24)

  @Test("answers that came, all the same, are the same; what came first ends the check")
  func same() throws {
    let baseline = Watched.baseline(Self.records(12))
    let (result, next) = CheckEvaluation(baseline: baseline, seed: 1).screened(
      Watched.same(12, times: 3), trouble: nil, of: Watched.result(baseline))
    #expect(result.verdict == .same && result.reason == nil && result.medianMilliseconds == 3)
    guard case .done = next else {
      Issue.record("asked again")
      return
    }
  }

  @Test("a suspicion without calls to follow it is no verdict")
  func notConfirmable() throws {
    let baseline = Watched.baseline(Self.records(12), maxCalls: 30)
    let changed = Watched.same(12, times: 2, but: [0: ["b", "b"], 1: ["b", "b"], 2: ["b", "b"]])
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    let few = evaluation.screened(changed, trouble: nil, of: Watched.result(baseline, calls: 24)).result
    #expect(few.verdict == .inconclusive && few.reason == .notConfirmable([.peaked], callsLeft: 6))
    // With room for two answers to each probe it goes on, and asks the suspicious stratum alone.
    let roomy = Watched.baseline(Self.records(12), maxCalls: 48)
    let next = CheckEvaluation(baseline: roomy, seed: 1).screened(
      changed, trouble: nil, of: Watched.result(roomy, calls: 24)
    ).next
    guard case .confirm(let round) = next else {
      Issue.record("not asked again")
      return
    }
    let sizes = round.sizes
    #expect(sizes.count == 12 && sizes.values.allSatisfy { $0 == 2 })
  }

  @Test("a baseline in which not even a change of everything would be found says nothing by finding none")
  func powerless() {
    let none = DetectableEffect(stratum: .peaked, probes: 12, changedProbes: nil, changedShare: nil)
    let baseline = Watched.baseline(Self.records(12), detectable: [none])
    let result = CheckEvaluation(baseline: baseline, seed: 1).screened(
      Watched.same(12, times: 3), trouble: nil, of: Watched.result(baseline)
    ).result
    #expect(result.verdict == .inconclusive && result.reason == .powerless([.peaked]))
  }

  @Test("answers that are missing more often than they were are a finding, though nearly all came")
  func failsMoreOften() {
    let baseline = Watched.baseline(Self.records(50), planned: 32)
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    func result(missing: Int) -> CheckResult {
      let answers = Watched.same(
        50, times: 8, but: Dictionary(uniqueKeysWithValues: (0..<missing).map { ($0, Array(repeating: "a", count: 7)) })
      )
      return evaluation.screened(answers, trouble: nil, of: Watched.result(baseline)).result
    }
    // Of 400 to 1200 that all came: by Fisher's exact test 4 missing have p = .0038, 6 have .00023.
    #expect(result(missing: 4).verdict == .same)
    guard case .failsMoreOften(6, 400, let pValue)? = result(missing: 6).reason else {
      Issue.record("\(String(describing: result(missing: 6).reason))")
      return
    }
    #expect(abs(pValue - 0.000235) < 0.00002, "\(pValue)")
  }

  @Test("an endpoint that stopped to give log-probabilities has left a stratum unmeasured")
  func noLogprobs() {
    let given = TokenDistribution(values: ["ta": -5_000])
    let records = Self.records(12).mapValues {
      ProbeRecord(stratum: $0.stratum, samples: $0.samples, answers: $0.answers, distributions: [given: 24])
    }
    let baseline = Watched.baseline(records, strata: [.peaked, .logprobs])
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    let silent = evaluation.screened(Watched.same(12, times: 3), trouble: "x", of: Watched.result(baseline)).result
    guard case .incomplete(.screening, 36, 36, let probes, .noLogprobs)? = silent.reason else {
      Issue.record("\(String(describing: silent.reason))")
      return
    }
    #expect(probes.count == 12)
    let token = TokenLogprob(token: "a", logprob: -0.5, top: [TokenLogprob(token: "a", logprob: -0.5)])
    let texts = Dictionary(uniqueKeysWithValues: (0..<12).map { (Watched.name($0), ["a", "a", "a"]) })
    let told = evaluation.screened(
      Watched.answers(texts, tokens: [token]), trouble: nil, of: Watched.result(baseline)
    ).result
    #expect(told.verdict == .same && told.screening.map(\.stratum) == [.peaked, .logprobs])
  }

  @Test("recorded answers are decided on as they are: the same, changed, or too few")
  func recorded() {
    let baseline = Watched.baseline(Self.records(12))
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    func decided(_ answers: [RecordedAnswer]) -> CheckResult {
      evaluation.decided(recorded: answers, of: Watched.result(baseline))
    }
    #expect(decided(Watched.same(12, times: 8)).verdict == .same)
    let changed = decided(Watched.same(12, times: 24, but: [2: Self.new, 7: Self.new]))
    #expect(changed.verdict == .changed && changed.changedStrata == [.peaked])
    #expect(Set(changed.changes.map(\.probe)) == [PromptID("p002"), PromptID("p007")])
    #expect(
      changed.changes.allSatisfy {
        $0.then == [.init(answer: "a", count: 24)] && $0.now == [.init(answer: "b", count: 24)]
      })
    guard
      case .incomplete(.recorded, 22, 24, [PromptID("p004")], nil)? = decided(Watched.same(12, times: 8, but: [4: []]))
        .reason
    else {
      Issue.record("decided on eleven of twelve probes")
      return
    }
  }

  @Test("a probe that the baseline does not know is nothing, whatever it answers")
  func stranger() {
    let baseline = Watched.baseline(Self.records(12))
    let answers = Watched.same(12, times: 8) + Watched.answers(["stranger": Self.new])
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    #expect(evaluation.records(answers).keys.contains(PromptID("stranger")) == false)
    #expect(evaluation.decided(recorded: answers, of: Watched.result(baseline)).verdict == .same)
  }

  @Test(
    "answers without text of their own are no answers: more than in the baseline end a check, few are left out",
    arguments: ["", "  \n", "<!DOCTYPE html><p>Sign in", #"{"error": {"message": "overloaded"}}"#])
  func withoutText(text: String) {
    let baseline = Watched.baseline(Self.records(28))
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    func result(_ bad: Int) -> CheckResult {
      evaluation.screened(
        Watched.same(28, times: 3, but: Dictionary(uniqueKeysWithValues: (0..<bad).map { ($0, ["a", "a", text]) })),
        trouble: nil, of: Watched.result(baseline)
      ).result
    }
    let one = result(1)
    #expect(one.verdict == .same && one.withoutText == 1)
    // Of 84 to 672 that all had text: by Fisher's exact test 2 have p = .012, 4 have .00015.
    guard case .answersWithoutText(4, 84, _, _, let pValue)? = result(4).reason else {
      Issue.record("\(String(describing: result(4).reason))")
      return
    }
    #expect(abs(pValue - 0.000136) < 0.00003, "\(pValue)")
    #expect(result(4).verdict == .inconclusive && result(28).verdict == .inconclusive)
  }

  @Test("one sentence given to unrelated probes is trouble; a short answer that many give is not, nor is a known one")
  func oneForAll() {
    let baseline = Watched.baseline(Self.records(28))
    func reason(_ text: String, _ known: Baseline) -> CheckResult.Reason? {
      let odd = Dictionary(uniqueKeysWithValues: (0..<8).map { ($0, ["a", text, text]) })
      return CheckEvaluation(baseline: known, seed: 1).screened(
        Watched.same(28, times: 3, but: odd), trouble: nil, of: Watched.result(known)
      ).result.reason
    }
    let sentence = "The service is temporarily overloaded."
    guard case .answersWithoutText(16, 84, .oneForAll, sentence, _)? = reason(sentence, baseline) else {
      Issue.record("\(String(describing: reason(sentence, baseline)))")
      return
    }
    #expect(reason("yes", baseline) == nil)
    let key = "the service is temporarily overloaded"
    let knows = Watched.baseline(
      Self.records(28).mapValues { _ in Watched.record(["a": 12, key: 12], .diffuse) }, strata: [.diffuse])
    #expect(reason(sentence, knows) == nil)
  }

  @Test(
    "failed attempts are told from three on, and from a twentieth",
    arguments: [(3, 60, true), (3, 61, false), (2, 20, false)])
  func masked(failures: Int, attempts: Int, isTold: Bool) {
    #expect(CheckResult.MaskedTrouble(failures: failures, attempts: attempts, detail: "").isTold == isTold)
  }

  @Test("equal answers in a row are a cache, in any order they are none")
  func cached() {
    let kinds = (0..<24).map { "kind \($0 / 3)" }
    let mixed = (0..<24).map { "kind \($0 % 8)" }
    func p(_ texts: [String]) -> Double {
      SerialRepeats.pValue(
        (0..<8).map { _ in texts.map { Int32($0.suffix(1)) ?? 0 } }, permutations: 9_999, seed: 3)
    }
    #expect(p(kinds) <= 0.0001 && p(mixed) > 0.9)
    #expect(SerialRepeats.pValue([[1, 1, 1], [2]], permutations: 99, seed: 1) == 1)
  }
}
