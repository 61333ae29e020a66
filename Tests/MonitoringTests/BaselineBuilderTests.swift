import Cases
import Formats
import Monitoring
import Testing

@Suite("From sessions to a baseline")
struct BaselineBuilderTests {
  private static func build(
    _ sessions: [[RecordedAnswer]], planned: Int = 8, floors: MonitorConfiguration.Floors = .init()
  ) throws -> BaselineBuilder.Built {
    let probes = Set(sessions.joined().map(\.response.prompt))
    let plan = Dictionary(uniqueKeysWithValues: probes.map { ($0, planned) })
    return try BaselineBuilder(falseAlarms: .init(atMost: 0.1, runs: 10), floors: floors, seed: 5).build(
      sessions.enumerated().map {
        .init(started: "day \($0.offset)", answers: $0.element, planned: plan, source: Digest(of: "\($0.offset)"))
      })
  }

  @Test("the answers of all sessions are counted together, and each session keeps its own account")
  func pooled() throws {
    let sessions = (0..<3).map { Watched.same(20, times: 8, but: [0: Array(repeating: "b", count: 6 + $0)]) }
    let built = try Self.build(sessions)
    let probe = try #require(built.probes[PromptID("p001")])
    #expect(probe.answers == ["a": 24] && probe.stratum == .peaked && probe.samples == 24)
    #expect(probe.dress?.answers == 24 && probe.dress?.counts == [.lowerCase: 24] && probe.dress?.lengths == [1: 24])
    #expect(built.probes[PromptID("p000")]?.answers == ["b": 21])
    #expect(built.sessions.map(\.answers) == [158, 159, 160] && built.sessions.map(\.missing) == [2, 1, 0])
    #expect(built.sessions.map(\.started) == ["day 0", "day 1", "day 2"])
    #expect(built.sessions.map(\.source) == (0..<3).map { Digest(of: "\($0)") })
  }

  @Test("a session that no baseline could hold is refused by itself; one that others may make up for is not")
  func useless() throws {
    func refused(_ answers: [RecordedAnswer]) -> Bool {
      let plan = Dictionary(uniqueKeysWithValues: Set(answers.map(\.response.prompt)).map { ($0, 8) })
      let session = BaselineBuilder.Session(started: "", answers: answers, planned: plan, source: Digest(of: "x"))
      let builder = BaselineBuilder(falseAlarms: .init(atMost: 0.1, runs: 10), floors: .init(), seed: 5)
      do { try builder.refuseIfUseless(session, number: 1) } catch { return true }
      return false
    }
    let empty = Array(repeating: "", count: 8)
    // Of 160 answers 16 are more than a twentieth, 8 are not, though one probe has no other.
    #expect(refused(Watched.same(20, times: 8, but: [0: empty, 1: empty])))
    #expect(!refused(Watched.same(20, times: 8, but: [0: empty])))
    #expect(!refused(Watched.same(20, times: 8)))
    // With two more sessions that answer the probe a baseline is made of it.
    let sessions = [
      Watched.same(20, times: 8, but: [0: Array(repeating: "", count: 8)]), Watched.same(20, times: 8),
      Watched.same(20, times: 8),
    ]
    #expect((try? Self.build(sessions, floors: .init(answers: 0.9))) != nil)
  }

  @Test(
    "how a probe is compared is decided on all sessions together",
    arguments: [
      // Of 24 answers, 20 are more than four fifths, 19 are less.
      (["a": 20, "b": 4], Stratum.peaked), (["a": 19, "b": 5], .diffuse),
      ([String(repeating: "long ", count: 30): 3, "a": 21], .text),
      ([String(repeating: "long ", count: 30): 2, "a": 22], .peaked),
    ])
  func strata(counts: [String: Int], stratum: Stratum) {
    let texts = counts.sorted { $0.key < $1.key }.flatMap { Array(repeating: $0.key, count: $0.value) }
    #expect(ProbeRecord.stratum(of: Watched.answers(["p": texts])) == stratum)
  }

  @Test("sessions that are the same differ by nothing, and the floors are those that were asked for")
  func stable() throws {
    let built = try Self.build((0..<3).map { _ in Watched.same(10, times: 8) }, floors: .init(answers: 0.03))
    #expect(built.stability == [.init(stratum: .peaked, pValue: 1, distance: 0)])
    #expect(built.rule.floors == [.peaked: 0.03] && built.rule.strata == [.peaked] && built.rule.seed == 5)
    #expect(abs(built.rule.level - 0.01) < 1e-12)
  }

  @Test("a change has to be larger than what differs between sessions, and then sessions may differ so much")
  func floors() throws {
    // In one session half of the probes are answered otherwise.
    let odd = Dictionary(uniqueKeysWithValues: (0..<5).map { ($0, Array(repeating: "b", count: 8)) })
    let sessions = [Watched.same(10, times: 8), Watched.same(10, times: 8), Watched.same(10, times: 8, but: odd)]
    var distance = 0.0
    do {
      _ = try Self.build(sessions)
      Issue.record("taken")
    } catch MonitoringError.unstable(let stratum, let pValue, let found) {
      #expect(stratum == .diffuse && pValue <= BaselineBuilder.stabilityLevel)
      distance = found
    }
    // Of the five probes that differ, two of three pairs of sessions are as far apart as can be.
    #expect(abs(distance - 2.0 / 3) < 1e-9, "\(distance)")
    let built = try Self.build(sessions, floors: .init(answers: 0.7))
    #expect(built.rule.floors[.diffuse] == 0.7)
    let wide = BaselineBuilder(falseAlarms: .init(), floors: .init(answers: 0.1), seed: 1).rule(built.stability)
    #expect(abs((wide.floors[.diffuse] ?? 0) - distance) < 1e-9)
  }

  @Test("nineteen of twenty answers are enough for a session, fewer are not; one of a probe is none")
  func incomplete() throws {
    // Never two of one probe.
    func session(missing: Int) -> [RecordedAnswer] {
      Watched.same(
        10, times: 8, but: Dictionary(uniqueKeysWithValues: (0..<missing).map { ($0, Array(repeating: "a", count: 7)) })
      )
    }
    let whole = session(missing: 0)
    #expect(try Self.build([whole, session(missing: 4), whole]).sessions.map(\.missing) == [0, 4, 0])
    #expect(throws: MonitoringError.sessionIncomplete(session: 2, answered: 75, planned: 80)) {
      try Self.build([whole, session(missing: 5), whole])
    }
    let one = Watched.same(10, times: 8, but: [3: ["a"]])
    #expect(throws: MonitoringError.probeUnanswered(PromptID("p003"), session: 3)) {
      try Self.build([whole, whole, one])
    }
  }

  @Test(
    "answers that never vary where a model draws them are refused, in the first session as in all; honest ones are not")
  func unchanging() throws {
    let all = Set((0..<8).map { PromptID(Watched.name($0)) })
    func refused(
      _ answers: [RecordedAnswer], drawn: Set<PromptID>, varied: Set<PromptID>, border: Set<PromptID> = []
    ) -> Bool {
      let plan = Dictionary(uniqueKeysWithValues: all.map { ($0, 20) })
      let session = BaselineBuilder.Session(started: "", answers: answers, planned: plan, source: Digest(of: "x"))
      let builder = BaselineBuilder(
        falseAlarms: .init(atMost: 0.1, runs: 10), floors: .init(), seed: 5, border: border, drawn: drawn,
        varied: varied)
      var outcomes: Set<Bool> = []
      for attempt in [
        { try builder.refuseIfUseless(session, number: 1) }, { _ = try builder.build([session, session, session]) },
      ] as [() throws -> Void] {
        do {
          try attempt()
          outcomes.insert(false)
        } catch MonitoringError.neverVaries(let probes) {
          #expect(probes >= 4)
          outcomes.insert(true)
        } catch { Issue.record("\(error)") }
      }
      #expect(outcomes.count == 1)
      return outcomes.contains(true)
    }
    let constant = Watched.same(8, times: 20)
    #expect(refused(constant, drawn: all, varied: all))
    // Questions with one answer; nothing is drawn; three probes; near ties; one probe that varies once.
    #expect(!refused(constant, drawn: all, varied: []))
    #expect(!refused(constant, drawn: [], varied: []))
    #expect(!refused(constant, drawn: all, varied: Set(all.sorted().prefix(3))))
    #expect(!refused(constant, drawn: all, varied: all, border: all))
    let once = Watched.same(8, times: 20, but: [0: Array(repeating: "a", count: 19) + ["b"]])
    #expect(!refused(once, drawn: all, varied: all))
    // A stop is enough: a cache gives the same bytes.
    let stop = Watched.same(8, times: 20, but: [0: Array(repeating: "a", count: 19) + ["a."]])
    #expect(!refused(stop, drawn: all, varied: all))
    // Long texts need no category.
    let texts = (0..<8).map { number in
      (Watched.name(number), Array(repeating: String(repeating: "word \(number) ", count: 40), count: 20))
    }
    let long = Watched.answers(Dictionary(uniqueKeysWithValues: texts))
    #expect(refused(long, drawn: all, varied: []) && !refused(long, drawn: [], varied: []))
  }

  @Test("answers that would have to be compared each with each are limited")
  func many() throws {
    let most = Limits.recordedAnswers / 3
    #expect(throws: MonitoringError.tooManyAnswers(PromptID("p000"), limit: Limits.recordedAnswers)) {
      try Self.build((0..<3).map { _ in Watched.same(1, times: most + 1) }, planned: most + 1)
    }
  }
}
