import Cases
import Formats
import Foundation
import Likelihood
import Similarity
import TestSupport
import Testing

@Suite("Lead over rivals")
struct RivalLeadTests {
  @Test("the lead is over the mean of the strongest rivals, of as many as there are")
  func value() {
    #expect(RivalLead.value(5, over: [1, 4, 2, 3], strongest: 3) == 2)
    #expect(RivalLead.value(5, over: [1, 4], strongest: 3) == 2.5)
    #expect(RivalLead.value(1, over: [1, .nan, 4], strongest: 1) == -3)
    #expect(RivalLead.value(1, over: [], strongest: 3) == nil)
    #expect(RivalLead.value(1, over: [.nan], strongest: 3) == nil)
    #expect(RivalLead.value(.nan, over: [1], strongest: 3) == nil)
  }

  static let lineage = Lineage([
    ModelID("suspect"): .init(developer: "S", base: "llama"), ModelID("candidate"): .init(developer: "C", family: "c"),
    ModelID("sibling"): .init(developer: "C"), ModelID("cousin"): .init(developer: "X", family: "c"),
    ModelID("tuned"): .init(developer: "Y", base: "suspect"),
    ModelID("same-base"): .init(developer: "Z", base: "llama"),
    ModelID("student"): .init(developer: "W", teachers: [ModelID("candidate")]),
    ModelID("stranger"): .init(developer: "V"),
  ])

  @Test("relatives of either side are no rivals; documented students and models of whom nothing is known are")
  func rivals() {
    let models = ModelID.all(
      "stranger", "student", "sibling", "cousin", "tuned", "same-base", "suspect", "candidate", "nobody")
    #expect(
      RivalLead.rivals(
        from: models, suspect: ModelID("suspect"), candidate: ModelID("candidate"), lineage: Self.lineage)
        == ModelID.all("nobody", "stranger", "student"))
  }

  /// Six channels' worth of structure in few words: models answer with one of a handful of openings.
  private static func transcripts(_ names: [String]) -> [ModelID: Transcript] {
    var state: UInt64 = 5
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let words = ["Sure", "Here", "The", "Well", "I"]
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        let responses = (0..<40).map { prompt in
          Response(prompt: PromptID("p\(100 + prompt)"), sample: 0, text: "\(words[next(5)]) \(words[next(3)]) it is.")
        }
        return (ModelID(name), Transcript(model: ModelID(name), responses: responses, source: Digest(of: name)))
      })
  }

  static let method = CohortMethod(
    version: 0, name: "openings", channels: [OpeningAgreement(length: 1), OpeningAgreement(length: 2)],
    adjustedForLength: [], reference: .farHalf, strongestRivals: 3)

  static let names = ["suspect", "candidate", "kin", "pupil"] + (0..<9).map { "m\($0)" }
  static let table = Lineage([
    ModelID("candidate"): .init(developer: "C"), ModelID("kin"): .init(developer: "C"),
    ModelID("pupil"): .init(developer: "P", teachers: [ModelID("m0")]),
  ])

  /// By matrices of raw scores, in Python: the suspect's fused score with each rival over that pair's own cohort.
  private static let script = """
    import json, sys
    import numpy as np
    q = json.load(sys.stdin); names = q["names"]; at = {n: i for i, n in enumerate(names)}
    S = [np.full((len(names),) * 2, np.nan) for _ in range(2)]
    for a, b, *v in q["scores"]:
      for k in (0, 1): S[k][at[a], at[b]] = S[k][at[b], at[a]] = v[k]
    kin = {("candidate", "kin"), ("kin", "candidate")}
    def z(M, s, c, cohort):
      x = M[at[s], [at[m] for m in cohort]]; y = M[at[c], [at[m] for m in cohort]]
      h = max((len(cohort) + 1) // 2, 5); v = M[at[s], at[c]]; floor = .5 / 40
      far = lambda key: np.lexsort((np.arange(len(key)), np.round(key * 1e9)))[:h]
      a, b = x[far(y)], y[far(x)]
      return .5 * ((v - a.mean()) / max(a.std(ddof=1), floor) + (v - b.mean()) / max(b.std(ddof=1), floor))
    def g(s, c):
      cohort = sorted(m for m in names if m not in (s, c, "pupil") and (m, c) not in kin and (m, s) not in kin)
      return np.mean([np.arcsinh(z(M, s, c, cohort)) for M in S])
    own = g("suspect", "candidate")
    rivals = sorted(g("suspect", m) for m in names if m not in ("suspect", "candidate", "kin"))
    lead = own - np.mean(rivals[-3:])
    print(json.dumps([own, lead, own + lead, len(rivals)]))
    """

  @Test(
    "fused score and lead are those of an independent computation, and of a case the same as of a corpus",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() async throws {
    let transcripts = Self.transcripts(Self.names)
    let scoring = try await CorpusScoring(transcripts, lineage: Self.table, method: Self.method)
    let found = try #require(scoring.score(teacher: ModelID("candidate"), student: ModelID("suspect")))
    let measured = try await ChannelRun.measure(AnswerTable(transcripts), channels: Self.method.channels)
    let scores = measured.scores()
    let models = measured.pairs.models
    let rows = models.indices.flatMap { a in
      models.indices.filter { $0 > a }.map { b in
        let pair = measured.pairs.index(a, b)
        let values = scores.map { "\($0[pair])" }.joined(separator: ",")
        return "[\"\(models[a])\",\"\(models[b])\",\(values)]"
      }
    }
    let names = Self.names.map { "\"\($0)\"" }.joined(separator: ",")
    let expected = try JSONDecoder().decode(
      [Double].self,
      from: IndependentPython.run(
        Self.script, input: Data("{\"names\":[\(names)],\"scores\":[\(rows.joined(separator: ","))]}".utf8)))
    #expect(abs(found.fusedAlone - expected[0]) < 1e-9)
    #expect(abs(try #require(found.lead) - expected[1]) < 1e-9)
    #expect(abs(found.fused - expected[2]) < 1e-9)
    #expect(found.rivals?.normalised.count == 10 && expected[3] == 10)

    let contents = CaseContents(
      name: "n", suspect: ModelID("suspect"), candidates: [ModelID("candidate")],
      cohort: Self.names.map { ModelID($0) }.filter { !["suspect", "candidate"].contains($0.rawValue) },
      transcripts: transcripts,
      lineage: Self.table, probes: [:], seed: 1, run: nil)
    let analysis = try await CohortAnalysis(method: Self.method, replicates: 50).run(contents)
    guard case .evaluated(let evaluated)? = analysis.candidates.first?.outcome else {
      Issue.record("not evaluated")
      return
    }
    #expect(abs(evaluated.fused - found.fused) < 1e-9)
    #expect(abs(evaluated.fusedAlone - found.fusedAlone) < 1e-9)
    let lead = try #require(evaluated.lead)
    #expect(lead.rivals == 10 && abs(lead.value - expected[1]) < 1e-9)
    #expect(lead.interval.low < lead.value && lead.value < lead.interval.high)
    #expect(evaluated.fusedReplicates.count == 50 && evaluated.fusedReplicates.allSatisfy(\.isFinite))
  }

  @Test("methods without a lead read the score alone, as they did")
  func without() async throws {
    let scoring = try await CorpusScoring(Self.transcripts(Self.names), lineage: Self.table, method: .version2)
    let found = try #require(scoring.score(teacher: ModelID("candidate"), student: ModelID("suspect")))
    #expect(found.lead == nil && found.fused == found.fusedAlone)
    #expect(CohortMethod.unstated.version == 2 && CohortMethod.version2.strongestRivals == 0)
  }
}

extension ModelID {
  fileprivate static func all(_ names: String...) -> [ModelID] { names.map { ModelID($0) } }
}
