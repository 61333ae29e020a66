import Cases
import Formats
import Likelihood
import TestSupport
import Testing

@Suite("Cohort analysis")
struct CohortAnalysisTests {
  /// Models that speak in their own words, and one that mixes in those of another with the given share.
  static func contents(
    share: Double, cohort: Int = 8, prompts: Int = 60, lineage: Lineage = Lineage(), seed: UInt64 = 1
  ) -> CaseContents {
    func text(voice: Int, prompt: Int, _ state: inout UInt64) -> String {
      func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      // Half of the words are everybody's, half are the voice's own; so are the beginnings of sentences.
      return (0..<5).map { _ in
        (["\(next(2) == 0 ? "Open\(voice)" : "Well") \(next(2) == 0 ? "so" : "then")"]
          + (0..<8).map { _ in next(2) == 0 ? "w\(next(30))" : "v\(voice)x\(next(12))" }).joined(separator: " ")
      }.joined(separator: next(3) == 0 ? ".\n" : ". ")
    }
    func transcript(_ name: String, voice: Int, seed: UInt64, mixing other: Int? = nil) -> Transcript {
      var state = seed
      return Transcript(
        model: ModelID(name),
        responses: (0..<prompts).map { prompt in
          let mixed = other.map { _ in Double(prompt % 20) < share * 20 } ?? false
          return Response(
            prompt: PromptID("p\(prompt)"), sample: 0,
            text: text(voice: mixed ? other ?? voice : voice, prompt: prompt, &state))
        }, source: Digest(of: name))
    }
    var transcripts = [
      transcript("suspect", voice: 100, seed: 5, mixing: 200), transcript("teacher", voice: 200, seed: 6),
      transcript("stranger", voice: 300, seed: 7),
    ]
    let names = (0..<cohort).map { "cohort\($0)" }
    transcripts += names.enumerated().map { transcript($1, voice: $0, seed: UInt64(50 + $0)) }
    return CaseContents(
      name: "planted", suspect: ModelID("suspect"), candidates: [ModelID("teacher"), ModelID("stranger")],
      cohort: names.map { ModelID($0) },
      transcripts: Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }), lineage: lineage, seed: seed)
  }

  static func scores(_ analysis: Analysis) throws -> [CandidateScores] {
    try analysis.candidates.map {
      guard case .evaluated(let scores) = $0.outcome else { throw NotEvaluated() }
      return scores
    }
  }

  struct NotEvaluated: Error {}

  @Test("a planted student stands out towards its teacher and not towards a stranger")
  func planted() async throws {
    // These voices differ in words, not in how sentences are built: the skeletons of method 3 see nothing of them.
    let found = try Self.scores(
      await CohortAnalysis(method: .version2, replicates: 200).run(Self.contents(share: 0.6)))
    #expect(found[0].standsOut && found[0].rank == 1)
    #expect(!found[1].standsOut)
    #expect(found[0].interval.low < found[0].combined && found[0].combined < found[0].interval.high)
    #expect(found[0].cohortScores.count == 8)
  }

  @Test("the combined score is the mean of its channels; a channel reported beside them does not touch it")
  func combined() async throws {
    let found = try Self.scores(await CohortAnalysis(replicates: 20).run(Self.contents(share: 0.4)))[0]
    let inside = found.channels.filter(\.isCombined)
    #expect(inside.count == 4 && found.channels.count == 5)
    #expect(abs(found.combined - inside.reduce(0) { $0 + $1.normalised.value } / 4) < 1e-12)
    let first = try Self.scores(
      await CohortAnalysis(method: .version1, replicates: 20).run(Self.contents(share: 0.4)))[0]
    #expect(first.channels.map(\.name) == ["content_overlap", "openings_2"] && first.channels.allSatisfy(\.isCombined))
  }

  @Test("without a dose neither candidate stands out")
  func noDose() async throws {
    let found = try Self.scores(await CohortAnalysis(replicates: 200).run(Self.contents(share: 0)))
    #expect(found.allSatisfy { !$0.standsOut })
  }

  @Test("the same case and seed give the same bits; another seed moves the interval only")
  func repeatable() async throws {
    let runs = try await [1, 1, 2].asyncMap { seed in
      try Self.scores(await CohortAnalysis(replicates: 100).run(Self.contents(share: 0.3, seed: seed)))[0]
    }
    #expect(runs[0].interval == runs[1].interval && runs[0].marginInterval == runs[1].marginInterval)
    #expect(runs[0].combined.bitPattern == runs[1].combined.bitPattern)
    #expect(runs[0].combined.bitPattern == runs[2].combined.bitPattern)
    #expect(runs[0].interval != runs[2].interval)
  }

  @Test("relatives of suspect and candidate and documented students leave the cohort, each with its reason")
  func relatives() {
    let lineage = Lineage([
      ModelID("suspect"): .init(developer: "S", base: "B", family: "s"),
      ModelID("teacher"): .init(developer: "T", base: "T-base", family: "t"),
      ModelID("t2"): .init(developer: "T"), ModelID("s-kin"): .init(developer: "X", family: "s"),
      ModelID("same-base"): .init(developer: "Y", base: "B"), ModelID("tuned"): .init(developer: "Z", base: "teacher"),
      ModelID("student"): .init(developer: "Q", teachers: [ModelID("elsewhere")]),
      ModelID("free"): .init(developer: "F"), ModelID("silent"): .init(developer: "undisclosed", family: "q"),
    ])
    let cohort = ["t2", "s-kin", "same-base", "tuned", "student", "free", "silent", "nobody", "teacher"].map {
      ModelID($0)
    }
    let selection = CohortSelection(
      from: cohort, suspect: ModelID("suspect"), candidate: ModelID("teacher"), lineage: lineage)
    #expect(selection.members == [ModelID("free"), ModelID("nobody"), ModelID("silent")])
    #expect(selection.unknown == [ModelID("nobody")])
    #expect(selection.unstated == [ModelID("nobody"), ModelID("silent")])
    let reasons = Dictionary(uniqueKeysWithValues: selection.omitted.map { ($0.model.rawValue, $0.relation) })
    #expect(
      reasons == [
        "t2": .sameDeveloper(as: ModelID("teacher")), "s-kin": .sameFamily(as: ModelID("suspect")),
        "same-base": .sameBase(as: ModelID("suspect")), "tuned": .tunedFrom(ModelID("teacher")),
        "student": .trainedOnAnswers(of: ModelID("elsewhere")), "teacher": .isInThePair,
      ])
  }

  @Test("a cohort under four models, and models without common prompts, cannot be measured")
  func nothingToMeasure() async throws {
    await #expect(throws: LikelihoodError.cohortTooSmall(given: 3, needed: 4)) {
      try await CohortAnalysis(replicates: 10).run(Self.contents(share: 0, cohort: 3))
    }
    let contents = Self.contents(share: 0)
    let apart = contents.transcripts.mapValues { t in
      Transcript(
        model: t.model,
        responses: t.responses.map { Response(prompt: PromptID("\(t.model)/\($0.prompt)"), sample: 0, text: $0.text) },
        source: t.source)
    }
    await #expect(throws: LikelihoodError.noCommonPrompts) {
      try await CohortAnalysis(replicates: 10).run(
        CaseContents(
          name: "apart", suspect: contents.suspect, candidates: contents.candidates, cohort: contents.cohort,
          transcripts: apart, lineage: Lineage(), seed: 1))
    }
  }

  @Test("where relatives leave fewer than four, the candidate is not evaluated, with the number")
  func tooFewLeft() async throws {
    let kin = (0..<5).map { (ModelID("cohort\($0)"), Lineage.Entry(developer: "T")) }
    let lineage = Lineage(
      Dictionary(uniqueKeysWithValues: kin + [(ModelID("teacher"), Lineage.Entry(developer: "T"))]))
    let analysis = try await CohortAnalysis(replicates: 20).run(Self.contents(share: 0.5, lineage: lineage))
    guard case .notEvaluated(let reason) = analysis.candidates[0].outcome else {
      Issue.record("the candidate was evaluated")
      return
    }
    #expect(reason == .cohortTooSmall(left: 3, needed: 4))
  }
}

extension Sequence where Element: Sendable {
  func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var results: [T] = []
    for element in self { results.append(try await transform(element)) }
    return results
  }
}
