import Cases
import Formats
import Monitoring
import Statistics
import Testing

@Suite("Border inputs")
struct BorderSearchTests {
  @Test("what differs at first is worth more; the nearest ties are kept, and hardly a tie is none")
  func search() {
    let first = ["a": ["x", "y"], "b": ["x", "x"], "c": ["y", "x"]]
    let answers = Dictionary(uniqueKeysWithValues: first.map { (PromptID($0), $1) })
    #expect(BorderSearch.promising(answers) == [PromptID("a"), PromptID("c")])
    func told(_ x: Int, _ y: Int) -> [String] { Array(repeating: "x", count: x) + Array(repeating: "y", count: y) }
    let all = [
      PromptID("a"): told(6, 6), PromptID("b"): told(2, 0), PromptID("c"): told(9, 3), PromptID("d"): told(11, 1),
      PromptID("e"): told(1, 1),
    ]
    #expect(BorderSearch.nearest(all, most: 5) == [PromptID("a"), PromptID("c")])
    #expect(BorderSearch.nearest(all, most: 1) == [PromptID("a")])
  }

  @Test("a run's answers stand beside each session of the baseline, by the answer that was the most common")
  func sessions() {
    func record(_ sessions: [[String: Int]]) -> ProbeRecord {
      let all = sessions.reduce(into: [String: Int]()) { $0.merge($1, uniquingKeysWith: +) }
      return ProbeRecord(
        stratum: .border, samples: all.values.reduce(0, +), answers: all, sessions: sessions)
    }
    let (probe, other) = (PromptID("p"), PromptID("q"))
    let then = [probe: record([["x": 5, "y": 3], ["x": 6, "y": 2]]), other: Watched.record(["a": 8])]
    let found = BorderSessions.of([probe: record([["z": 8]]), other: Watched.record(["b": 8])], baseline: then)
    #expect(found.count == 1 && found[0].now == .init(count: 0, of: 8))
    #expect(found[0].sessions == [.init(count: 5, of: 8), .init(count: 6, of: 8)])
    #expect(ProbeRecord(json: then[probe]?.json ?? .null) == then[probe])
    // Sessions that do not add up are damage.
    guard case .object(var members)? = then[probe]?.json else { return }
    members["sessions"] = .array([.object(["x": .integer(1)])])
    #expect(ProbeRecord(json: .object(members)) == nil)
  }

  /// Eight answers to each of twelve near ties, as many of them "l" as `counts` says in turn.
  private static func session(_ counts: [Int]) -> [RecordedAnswer] {
    Watched.answers(
      Dictionary(
        uniqueKeysWithValues: (0..<12).map { probe in
          let left = counts[probe % counts.count]
          return (Watched.name(probe), Array(repeating: "l", count: left) + Array(repeating: "r", count: 8 - left))
        }))
  }

  /// Of three sessions that wander.
  private static func built() throws -> BaselineBuilder.Built {
    let planned = Dictionary(uniqueKeysWithValues: (0..<12).map { (PromptID(Watched.name($0)), 8) })
    let sessions = [[6, 2], [3, 5], [4, 3]].map {
      BaselineBuilder.Session(started: "", answers: session($0), planned: planned, source: .init(of: "s"))
    }
    return try BaselineBuilder(
      falseAlarms: .init(), floors: .init(), seed: 1, border: Set(planned.keys)
    ).build(sessions)
  }

  @Test("since the last clean run border inputs moved where they did more than sessions do, not where they wandered")
  func sinceLatest() throws {
    let baseline = Watched.baseline(try Self.built().probes, strata: [.border])
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    let latest = LatestRun(
      run: "one", started: "", baseline: baseline.digest, probes: evaluation.records(Self.session([5, 4])), ledger: nil)
    func moved(_ counts: [Int]) -> Bool {
      let since = latest.since(evaluation.records(Self.session(counts)), baseline: baseline, seed: 1)
      #expect(since.run == "one" && since.findings.map(\.stratum) == [.border])
      return since.findings.contains(where: \.stands)
    }
    // By permutations, which take eight answers of a session for independent, the first of these moved.
    #expect(!moved([7, 1]) && !moved([4, 5]) && moved([0, 8]))
  }

  @Test("sessions that wander are no reason to refuse a baseline, nor a change; ties that are gone are one")
  func rule() throws {
    let built = try Self.built()
    #expect(built.rule.strata == [.border] && built.probes.values.allSatisfy { $0.sessions.count == 3 })
    let baseline = Watched.baseline(built.probes, strata: [.border])
    let evaluation = CheckEvaluation(baseline: baseline, seed: 1)
    func decided(_ counts: [Int]) -> CheckResult {
      evaluation.decided(recorded: Self.session(counts), of: Watched.result(baseline))
    }
    #expect(decided([5, 4]).verdict == .same)
    func suspected(_ counts: [Int]) -> [Bool] {
      let run = evaluation.records(Self.session(counts))
      let blocks = ProbeComparison(run, baseline: built.probes).blocks
      let sessions = BorderSessions.of(run, baseline: built.probes)
      let screened = built.rule.screen(blocks, sessions: sessions, run: 1)
      return [
        built.rule.screen(blocks, run: 1).contains(where: \.stands), screened.contains(where: \.stands),
        built.rule.look(blocks, sessions: sessions, after: screened, run: 1).contains(where: \.stands),
      ]
    }
    // By permutations, by the sessions, and after a second look: asked again is what goes beyond the sessions, not what goes beyond chance.
    #expect(suspected([7, 1]) == [true, false, false])
    #expect(suspected([0, 8]) == [true, true, true])
    #expect(decided([0, 8]).verdict == .changed, "\(decided([0, 8]).confirmation)")
  }
}
