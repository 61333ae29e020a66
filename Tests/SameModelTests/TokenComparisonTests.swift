import Cases
import Formats
import Foundation
import SameModel
import TestSupport
import Testing

@Suite("Token distributions")
struct TokenComparisonTests {
  static func alternatives(_ list: [(String, Double)]) -> [TokenLogprob] {
    list.map { TokenLogprob(token: $0, logprob: log($1)) }
  }

  static func transcript(_ name: String, _ answers: [String: [[(String, Double)]]]) -> Transcript {
    Transcript(
      model: ModelID(name),
      responses: answers.map { prompt, places in
        Response(
          prompt: PromptID(prompt), sample: 0, text: places.map { $0[0].0 }.joined(),
          tokens: places.map { place in
            TokenLogprob(token: place[0].0, logprob: log(place[0].1), top: alternatives(place))
          })
      }, source: Digest(of: name))
  }

  @Test("tokens of different tokenisers that begin with the same byte are the same next byte")
  func bytes() throws {
    let whole = try #require(NextByteDistribution(Self.alternatives([("Hello", 0.5), ("Hi", 0.25), ("Yes", 0.25)])))
    let pieces = try #require(NextByteDistribution(Self.alternatives([("H", 0.75), ("Y", 0.25)])))
    #expect(whole.tail < 1e-12)
    #expect(whole.jensenShannon(pieces).upperBound < 1e-12)
    // Bytes come before the printed token, and a token without bytes is the end.
    let cut = try #require(
      NextByteDistribution([TokenLogprob(token: "\u{FFFD}", bytes: [0xE3, 0x81], logprob: 0)]))
    #expect(cut.listed[0xE3] == 1)
    #expect(try #require(NextByteDistribution(Self.alternatives([("", 0.5)]))).listed[256] == 0.5)
    #expect(NextByteDistribution([TokenLogprob(token: "a", logprob: nil)]) == nil)
  }

  @Test("the interval holds the divergence of every way to spread the tails, and its ends are reached")
  func tails() throws {
    let p = try #require(NextByteDistribution(Self.alternatives([("a", 0.5), ("b", 0.2), ("c", 0.1)])))
    let q = try #require(NextByteDistribution(Self.alternatives([("a", 0.1), ("b", 0.5), ("d", 0.1)])))
    let bounds = p.jensenShannon(q)
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    var least = 1.0
    func spread(_ mass: Double) -> [Double] {
      let parts = (0..<6).map { _ in -log(uniform()) * (uniform() < 0.5 ? 1 : 0.001) }
      return parts.map { $0 / parts.reduce(0, +) * mass }
    }
    for _ in 0..<40_000 {
      let x = zip([0.5, 0.2, 0.1, 0, 0, 0], spread(0.2)).map(+)
      let y = zip([0.1, 0.5, 0, 0.1, 0, 0], spread(0.3)).map(+)
      var divergence = 0.0
      for (a, b) in zip(x, y) {
        if a > 0 { divergence += a / 2 * log2(2 * a / (a + b)) }
        if b > 0 { divergence += b / 2 * log2(2 * b / (a + b)) }
      }
      #expect(divergence >= bounds.lowerBound - 1e-12 && divergence <= bounds.upperBound + 1e-12)
      least = min(least, divergence)
    }
    #expect(least - bounds.lowerBound < 0.01, "no spread comes near the lower bound")
    #expect(bounds.contains(p.jensenShannonWithCommonTail(q)))
    // Enough tail on both sides to make them equal.
    let open = try #require(NextByteDistribution(Self.alternatives([("a", 0.2)])))
    let wide = try #require(NextByteDistribution(Self.alternatives([("b", 0.3)])))
    #expect(open.jensenShannon(wide).lowerBound < 1e-12)
    #expect(open.jensenShannon(wide).upperBound == 1)
  }

  @Test(
    "divergences are those of SciPy, the overlap is that of its definition",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let a: [[(String, Double)]] = [[("The", 0.4), (" A", 0.3), ("It", 0.1)], [(" cat", 0.6), (" dog", 0.3)]]
    let b: [[(String, Double)]] = [
      [("The", 0.2), ("It", 0.5), ("Th", 0.1)], [(" cat", 0.1), (" do", 0.7), ("x", 0.1)],
    ]
    let one = TokenComparison(Self.transcript("a", ["p": a]), Self.transcript("b", ["p": b]))
    let start = try #require(one.atStart)
    let continued = try #require(one.continued)
    #expect(start.contexts == 1 && continued.contexts == 1)
    struct Expected: Codable { let token: Double; let byte: Double; let kl: Double; let rbo: Double; let delta: Double }
    let script = """
      import json, sys
      import numpy as np
      from scipy.spatial.distance import jensenshannon
      from scipy.special import rel_entr
      out = []
      for p, q in json.load(sys.stdin):
        p, q = dict(p), dict(q)
        def js(p, q):
          keys = sorted(set(p) | set(q)); x = [p.get(k, 0) for k in keys]; y = [q.get(k, 0) for k in keys]
          return float(jensenshannon(x + [1 - sum(x)], y + [1 - sum(y)], 2) ** 2)
        def by_byte(d):
          r = {}
          for k, v in d.items(): r[k.encode()[:1]] = r.get(k.encode()[:1], 0) + v
          return r
        both = [k for k in p if k in q]
        x = [p[k] for k in both]; y = [q[k] for k in both]; x.append(1 - sum(x)); y.append(1 - sum(y))
        kl = float(rel_entr(x, y).sum() + rel_entr(y, x).sum())
        s = [k.strip() for k in sorted(p, key=lambda k: -p[k])]; t = [k.strip() for k in sorted(q, key=lambda k: -q[k])]
        w = 0.9; k = min(len(s), len(t)); overlap = [len(set(s[:d]) & set(t[:d])) / d for d in range(1, k + 1)]
        rbo = overlap[-1] * w ** k + (1 - w) / w * sum(o * w ** (d + 1) for d, o in enumerate(overlap))
        out.append(dict(token=js(p, q), byte=js(by_byte(p), by_byte(q)), kl=kl, rbo=rbo,
                        delta=float(np.mean([abs(np.log(p[k] / q[k])) for k in both]))))
      print(json.dumps(out))
      """
    struct Pair: Encodable {
      let lists: [[(String, Double)]]
      func encode(to encoder: any Encoder) throws {
        var pair = encoder.unkeyedContainer()
        for list in lists {
          var entries = pair.nestedUnkeyedContainer()
          for (token, mass) in list {
            var entry = entries.nestedUnkeyedContainer()
            try entry.encode(token)
            try entry.encode(mass)
          }
        }
      }
    }
    let expected = try JSONDecoder().decode(
      [Expected].self,
      from: IndependentPython.run(script, input: JSONEncoder().encode(zip(a, b).map { Pair(lists: [$0, $1]) })))
    for (found, expected) in zip([start, continued], expected) {
      #expect(abs(found.byToken - expected.token) < 1e-9)
      #expect(abs(found.commonTail - expected.byte) < 1e-9)
      #expect(abs(try #require(found.symmetricKL) - expected.kl) < 1e-9)
      #expect(abs(found.rankBiasedOverlap - expected.rbo) < 1e-9)
      #expect(abs(try #require(found.logprobDifference) - expected.delta) < 1e-9)
    }
  }

  @Test("contexts are shared where both began a token after the same bytes, and no others; sides may be exchanged")
  func contexts() throws {
    let a = Self.transcript(
      "a",
      [
        "p": [[("ab", 1)], [("c", 1)], [("d", 1)]], "q": [[("x", 1)]], "only": [[("o", 1)]],
        "r": [[("ab", 1)], [("x", 1)]],
      ])
    let b = Self.transcript(
      "b", ["p": [[("a", 1)], [("bc", 1)], [("d", 1)]], "q": [[("x", 1)]], "r": [[("cd", 1)], [("x", 1)]]])
    let comparison = TokenComparison(a, b)
    #expect(comparison.atStart?.contexts == 3)
    // After "abc" only: after "ab" the second is in the middle of a token, and "cd" is as long as "ab", but another text.
    #expect(comparison.continued?.contexts == 1)
    let turned = TokenComparison(b, a)
    #expect(turned.atStart == comparison.atStart && turned.continued == comparison.continued)
    #expect(TokenComparison(a, Transcript(model: ModelID("n"), responses: [], source: Digest(of: "n"))).atStart == nil)
  }

  @Test(
    "after the teacher's own words its students lie nearer than its same-data twin; after human words not every one does",
    .enabled(if: LabTranscripts.isHere, "\(LabTranscripts.note)"))
  func lab() throws {
    let students = ["S1", "S1L", "S1k", "S3"]
    let others = ["C3", "I0", "I0s", "I1", "T2"]
    func divergences(_ contexts: String?) throws -> (copies: [Double], students: [Double], others: [Double]) {
      let teacher = try LabTranscripts.next("T1", contextsOf: contexts)
      func byByte(_ names: [String]) throws -> [Double] {
        try names.map {
          let found = TokenComparison(teacher, try LabTranscripts.next($0, contextsOf: contexts)).atStart
          return try #require(found).commonTail
        }
      }
      return (try byByte(["T1-q8", "T1-q4"]), try byByte(students), try byByte(others))
    }
    let own = try divergences("T1")
    let human = try divergences(nil)
    #expect(try #require(own.students.max()) < #require(own.others.min()))
    #expect(try #require(human.students.max()) > #require(human.others.min()))
    for found in [own, human] { #expect(try 4 * #require(found.copies.max()) < #require(found.students.min())) }
  }

  /// Jensen–Shannon divergences that the lab's own script computed from the same recordings.
  @Test(
    "by tokens they are those that were measured elsewhere",
    .enabled(if: LabTranscripts.isHere, "\(LabTranscripts.note)"),
    arguments: [("S1", 0.124, 0.085), ("S1k", 0.069, 0.046), ("I0", 0.109, 0.116), ("T1-q4", 0.016, 0.013)])
  func measuredElsewhere(model: String, human: Double, own: Double) throws {
    for (contexts, expected) in [(String?.none, human), ("T1", own)] {
      let comparison = TokenComparison(
        try LabTranscripts.next("T1", contextsOf: contexts), try LabTranscripts.next(model, contextsOf: contexts))
      #expect(abs(try #require(comparison.atStart).byToken - expected) < 0.0006)
    }
  }
}
