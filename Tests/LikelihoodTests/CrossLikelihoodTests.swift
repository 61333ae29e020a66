import Cases
import Foundation
import Likelihood
import Similarity
import TestSupport
import Testing

@Suite("Likelihoods in both directions")
struct CrossLikelihoodTests {
  static let models = ["s", "t", "c1", "c2", "c3", "c4"]

  /// Values that depend on owner, scorer and prompt; `teaching` is added to the teacher's answers under the student, and
  /// `imitation` to the student's under the teacher.
  static func scored(teaching: Double = 0, imitation: Double = 0, prompts: Int = 12) -> [ScoredAnswer] {
    var state: UInt64 = 5
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    return (0..<prompts).flatMap { prompt in
      (models + [nil]).flatMap { owner in
        models.enumerated().map { place, scorer in
          let taught = owner == "t" && scorer == "s" ? teaching : owner == "s" && scorer == "t" ? imitation : 0
          return ScoredAnswer(
            owner: owner.map { ModelID($0) }, scorer: ModelID(scorer), prompt: PromptID("p\(100 + prompt)"), sample: 0,
            // Each scorer finds all text likelier by a step of its own: the base takes that out.
            // Its own it finds likelier than any other does.
            perByte: -5 + 0.3 * Double(place) + 0.1 * noise() + taught + (owner == scorer ? 2 : 0))
        }
      }
    }
  }

  static func cross(_ scored: [ScoredAnswer], cohort: [String] = Array(models[2...])) throws -> CrossLikelihood {
    try CrossLikelihood(
      scored, suspect: ModelID("s"), candidate: ModelID("t"), cohort: cohort.map { ModelID($0) }, lineage: Lineage(),
      seed: 3)
  }

  @Test(
    "values are those of NumPy, by the definition", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let scored = Self.scored(teaching: 0.2, imitation: 0.05)
    struct Row: Encodable { let owner: String?; let scorer: String; let prompt: String; let value: Double }
    let script = """
      import json, sys
      import numpy as np
      d = {}
      for r in json.load(sys.stdin): d[r.get("owner"), r["scorer"], r["prompt"]] = r["value"]
      prompts = sorted({k[2] for k in d}); cohort = ["c1", "c2", "c3", "c4"]
      def excess(owner, scorer, cs, p): return d[owner, scorer, p] - np.mean([d[owner, c, p] for c in cs])
      def way(owner, scorer, cs):
        e = np.array([excess(owner, scorer, cs, p) for p in prompts])
        b = np.array([np.mean([excess(o, scorer, [c for c in cs if c != o], p) for o in cs]) for p in prompts])
        return e, b
      out = []
      ways = [("t", "s"), ("s", "t")]
      for owner, scorer in ways:
        e, b = way(owner, scorer, cohort)
        own = np.mean([d[owner, scorer, p] for p in prompts])
        ref = np.mean([excess(None, scorer, cohort, p) for p in prompts])
        out += [own, own - e.mean(), e.mean(), b.mean(), (e - b).mean(), ref]
        for c in cohort:
          e2, b2 = way(owner, c, [x for x in cohort if x != c]); out.append((e2 - b2).mean())
      out.append(out[4] - out[14])
      print(json.dumps([float(v) for v in out]))
      """
    let rows = scored.map {
      Row(owner: $0.owner?.rawValue, scorer: $0.scorer.rawValue, prompt: $0.prompt.rawValue, value: $0.perByte)
    }
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode(rows)))
    let cross = try Self.cross(scored)
    let found =
      [cross.candidateUnderSuspect, cross.suspectUnderCandidate].flatMap { way in
        [
          way.likelihood, way.cohortLikelihood, way.excess, way.base, way.specific, way.reference ?? .nan,
        ] + way.cohort.map(\.specific)
      } + [cross.asymmetry]
    #expect(found.count == expected.count)
    for (own, other) in zip(found, expected) { #expect(abs(own - other) < 1e-9) }
  }

  @Test("what was taught is found, whatever else a model finds likely; strangers are not")
  func planted() throws {
    let cross = try Self.cross(Self.scored(teaching: 0.2, imitation: 0.2))
    for way in [cross.candidateUnderSuspect, cross.suspectUnderCandidate] {
      #expect(abs(way.specific - 0.2) < 0.06 && way.rank == 1 && way.interval.low > 0)
      #expect(way.interval.low < way.specific && way.specific < way.interval.high)
    }
    let strangers = try Self.cross(Self.scored())
    #expect(abs(strangers.candidateUnderSuspect.specific) < 0.06)
    #expect(try Self.cross(Self.scored(teaching: 0.2, imitation: 0.2).reversed()).asymmetry == cross.asymmetry)
  }

  @Test("direction is determined only where dates and likelihoods point the same way")
  func direction() throws {
    let (s, t) = (ModelID("s"), ModelID("t"))
    let dates = [s: "2025-02-01", t: "2024-01-01"]
    let oneWay = try Self.cross(Self.scored(teaching: 0.3))
    #expect(DirectionFinding(oneWay, released: dates).verdict == .suspectFromCandidate)
    #expect(DirectionFinding(oneWay, released: [:]).verdict == .notDetermined)
    #expect(DirectionFinding(oneWay, released: [s: "2024-01-01", t: "2025-02-01"]).verdict == .notDetermined)
    let otherWay = try Self.cross(Self.scored(imitation: 0.3))
    #expect(DirectionFinding(otherWay, released: dates).verdict == .notDetermined)
    #expect(
      DirectionFinding(otherWay, released: [s: "2024-01-01", t: "2025-02-01"]).verdict == .candidateFromSuspect)
    for (cross, likelihoods) in [
      (try Self.cross(Self.scored(teaching: 0.3, imitation: 0.3)), DirectionFinding.Likelihoods.both),
      (try Self.cross(Self.scored()), .neither),
    ] {
      let finding = DirectionFinding(cross, released: dates)
      #expect(finding.verdict == .notDetermined)
      #expect(finding.evidence.map(\.observation).contains(.likelihood(likelihoods)))
    }
  }

  @Test("of a model whose answers a stranger finds likelier than its own endpoint does, nothing is said")
  func strangerToItself() throws {
    // Numbers beside the wrong token: about as likely as noise, whosever answer it is.
    func garbled(_ names: Set<String>) -> [ScoredAnswer] {
      Self.scored(teaching: 0.3).map { answer in
        guard names.contains(answer.scorer.rawValue) else { return answer }
        return ScoredAnswer(
          owner: answer.owner, scorer: answer.scorer, prompt: answer.prompt, sample: 0, perByte: answer.perByte - 4)
      }
    }
    for name in ["s", "t"] {
      #expect(throws: CrossLikelihood.Refusal.ownAnswersUnlikely(ModelID(name))) { _ = try Self.cross(garbled([name])) }
    }
    let one = try Self.cross(garbled(["c2"]))
    #expect(one.leftOut == [ModelID("c2")] && one.members == ["c1", "c3", "c4"].map { ModelID($0) })
    #expect(abs(one.candidateUnderSuspect.specific - 0.3) < 0.1)
    #expect(throws: CrossLikelihood.Refusal.ownAnswersUnlikely(ModelID("c2"))) {
      _ = try Self.cross(garbled(["c2", "c3"]))
    }
    #expect(try Self.cross(Self.scored()).leftOut.isEmpty)
  }

  @Test("too few unrelated models or prompts are refused, and an answer that one did not score counts for none")
  func refusals() throws {
    #expect(throws: CrossLikelihood.Refusal.cohortTooSmall(given: 2, needed: 3)) {
      _ = try Self.cross(Self.scored(), cohort: ["c1", "c2"])
    }
    #expect(throws: CrossLikelihood.Refusal.noCommonPrompts) { _ = try Self.cross(Self.scored(prompts: 4)) }
    let scored = Self.scored()
    let holed = scored.filter {
      !($0.owner == ModelID("t") && $0.scorer == ModelID("c2") && $0.prompt == PromptID("p103"))
    }
    #expect(try Self.cross(holed).candidateUnderSuspect.prompts == 11)
  }
}
