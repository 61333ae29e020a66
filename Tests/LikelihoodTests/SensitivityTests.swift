import Cases
import Likelihood
import Similarity
import Testing

@Suite("Sensitivity")
struct SensitivityTests {
  /// A channel without idf and without adjustment: leaving out a model or a probe then equals a case without it.
  static let method = CohortMethod(
    version: 2, name: "openings", channels: [OpeningAgreement(length: 1), OpeningAgreement(length: 2)],
    adjustedForLength: [], reference: .wholeCohort)

  static func finding(_ contents: CaseContents) async throws -> (CandidateScores, Sensitivity) {
    let analysis = try await CohortAnalysis(method: method, replicates: 10).run(contents)
    let scores = try CohortAnalysisTests.scores(analysis)[0]
    return (scores, try #require(analysis.candidates[0].sensitivity))
  }

  static func contents(
    without model: ModelID? = nil, prompts: (Int) -> Bool = { _ in true }, category: (Int) -> String? = { _ in nil }
  ) -> CaseContents {
    let whole = CohortAnalysisTests.contents(share: 0.4)
    let names = (0..<60).map { "p\($0)" }.sorted()
    let kept = Set(names.indices.filter(prompts).map { PromptID(names[$0]) })
    return CaseContents(
      name: whole.name, suspect: whole.suspect, candidates: whole.candidates,
      cohort: whole.cohort.filter { $0 != model },
      transcripts: whole.transcripts.filter { $0.key != model }.mapValues { transcript in
        Transcript(
          model: transcript.model, responses: transcript.responses.filter { kept.contains($0.prompt) },
          source: transcript.source)
      }, lineage: whole.lineage,
      probes: Dictionary(
        uniqueKeysWithValues: names.enumerated().map { place, name in
          (PromptID(name), Probe(id: PromptID(name), prompt: name, category: category(place)))
        }), seed: whole.seed)
  }

  @Test("without a channel the combined score is the mean of the others")
  func channels() async throws {
    let (scores, found) = try await Self.finding(Self.contents())
    let variants = found.variants.filter { $0.part == .channel }
    #expect(variants.map(\.leftOut) == ["openings_1", "openings_2"])
    #expect(variants.map(\.combined) == [scores.channels[1].normalised.value, scores.channels[0].normalised.value])
    #expect(variants.allSatisfy { $0.headline == nil })
  }

  @Test("without a cohort model the score is that of a case without it")
  func cohortModels() async throws {
    let variants = try await Self.finding(Self.contents()).1.variants.filter { $0.part == .cohortModel }
    #expect(variants.count == 8)
    for variant in variants.prefix(3) {
      let alone = try await Self.finding(Self.contents(without: ModelID(variant.leftOut))).0
      #expect(abs(alone.combined - variant.combined) < 1e-9)
    }
    #expect(Set(variants.map(\.combined)).count > 1)
  }

  @Test("without half of the probes, or a category of them, the score is that of a case of the rest")
  func probes() async throws {
    let found = try await Self.finding(Self.contents(category: { $0 < 20 ? "first" : "rest" })).1.variants
    func combined(_ part: Sensitivity.Part, _ name: String) throws -> Double {
      try #require(found.first { $0.part == part && $0.leftOut == name }).combined
    }
    let even = try await Self.finding(Self.contents(prompts: { $0 % 2 == 0 })).0
    let odd = try await Self.finding(Self.contents(prompts: { $0 % 2 == 1 })).0
    let rest = try await Self.finding(Self.contents(prompts: { $0 >= 20 })).0
    #expect(abs(try combined(.probeHalf, "odd places") - even.combined) < 1e-9)
    #expect(abs(try combined(.probeHalf, "even places") - odd.combined) < 1e-9)
    #expect(abs(try combined(.probeCategory, "first") - rest.combined) < 1e-9)
  }
}
