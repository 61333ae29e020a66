import Statistics
import Testing

@Suite("Shares that wander from session to session")
struct SessionSharesTests {
  private typealias Probe = SessionSharesTest.Probe
  private typealias Count = SessionSharesTest.Count

  private static func probe(_ now: Int, _ sessions: [Int]) -> Probe {
    Probe(now: Count(count: now, of: 8), sessions: sessions.map { Count(count: $0, of: 8) })
  }

  @Test("what sessions do among themselves is no change, and what goes beyond it is one")
  func change() {
    let calm = (0..<10).map { _ in Self.probe(4, [4, 3, 5]) }
    let moved = (0..<10).map { _ in Self.probe(0, [4, 3, 5]) }
    #expect(SessionSharesTest.compare(calm).pValue > 0.5)
    let found = SessionSharesTest.compare(moved)
    #expect(found.pValue < 0.001 && found.telling == 10 && found.standardised > 3, "\(found)")
    // The same counts say less where sessions scatter as far.
    let wild = (0..<10).map { $0.isMultiple(of: 2) ? Self.probe(0, [8, 1, 3]) : Self.probe(0, [0, 7, 5]) }
    let scattered = SessionSharesTest.compare(wild)
    #expect(scattered.dispersion > 4 && scattered.pValue > 0.01, "\(scattered)")
  }

  @Test(
    "without a change p-values are at most a level no more often than that, with wandering shares too, beside one session as well",
    arguments: [false, true])
  func level(besideOne: Bool) {
    var generator = SeededGenerator(seed: 7)
    func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }
    func session(_ share: Double) -> Count {
      let own = min(1, max(0, share + 0.1 * generator.nextNormal()))
      return Count(count: (0..<8).count { _ in uniform() < own }, of: 8)
    }
    let trials = 200
    let small = (0..<trials).count { trial in
      let probes = (0..<10).map { _ in
        let share = 0.2 + 0.6 * uniform()
        let (now, others) = (session(share), (0..<3).map { _ in session(share) })
        return besideOne
          ? Probe(now: now, sessions: [session(share)], scattering: others) : Probe(now: now, sessions: others)
      }
      return SessionSharesTest.compare(probes).pValue <= 0.05
    }
    // 5 % of 200 are 10; more than 19 come once in 500 such tests.
    #expect(small <= 19, "\(small)")
  }

  @Test("a session of another size than those that show the scatter is weighed by its own")
  func otherSize() {
    let scattering = [Count(count: 1, of: 8), Count(count: 6, of: 8), Count(count: 3, of: 8)]
    func pValue(_ sessions: [Count]) -> Double {
      let probes = (0..<4).map { _ in Probe(now: Count(count: 16, of: 24), sessions: sessions, scattering: scattering) }
      return SessionSharesTest.compare(probes).pValue
    }
    // Three times the answers in one session tell little more than a third of them, where all answers of a session go together.
    let (one, three) = (pValue([Count(count: 6, of: 24)]), pValue([Count(count: 2, of: 8)]))
    #expect(abs(one - three) < 0.25 * three, "\(one) \(three)")
  }

  @Test("nothing is compared with nothing")
  func empty() {
    #expect(SessionSharesTest.compare([]).pValue == 1)
    let alone = Probe(now: Count(count: 1, of: 2), sessions: [])
    #expect(SessionSharesTest.compare([alone]).telling == 0)
  }
}
