import Cases
import Formats
import Likelihood
import LinearAlgebra
import Similarity
import TestSupport
import Testing

@Suite("What carries a pair")
struct PairExplanationTests {
  static func explain(
    _ transcripts: [ModelID: Transcript], cohort: [ModelID]? = nil, method: CohortMethod = .version2
  ) async throws -> PairExplanation {
    try await PairExplanation(
      suspect: ModelID("m1"), candidate: ModelID("m0"),
      cohort: cohort ?? (2..<9).map { ModelID("m\($0)") }, transcripts: transcripts, lineage: Lineage(), method: method)
  }

  @Test("what probes and length add is the normalised score, also where answers are missing", arguments: [false, true])
  func adds(missing: Bool) async throws {
    let explained = try await Self.explain(Voices.transcripts(missing: missing))
    for channel in explained.channels {
      let sum = channel.probes.reduce(channel.length, +)
      #expect(abs(sum - channel.normalised.value) < 1e-9, "\(channel.name)")
    }
    #expect(explained.channels.contains { abs($0.length) > 0.01 })
    let carried = explained.probes.prefix(5).map(\.prompt.rawValue)
    #expect(carried.allSatisfy { (Int($0.dropFirst()) ?? 1) % 3 == 1 }, "\(carried)")
  }

  @Test("without one member the score is that of a cohort which never had it")
  func leaveOneOut() async throws {
    let transcripts = Voices.transcripts()
    // Without the adjustment for length, which is fitted on all pairs, those of the member included.
    let method = CohortMethod(
      version: 2, name: "unadjusted", channels: CohortMethod.version2.channels, adjustedForLength: [],
      reference: .farHalf)
    let whole = try await Self.explain(transcripts, method: method)
    let without = try #require(whole.combinedWithout.first { $0.member == ModelID("m5") })
    let scoring = try await CorpusScoring(
      transcripts, lineage: Lineage(), cohort: (2..<9).filter { $0 != 5 }.map { ModelID("m\($0)") }, method: method)
    let expected = try #require(scoring.score(teacher: ModelID("m0"), student: ModelID("m1")))
    #expect(abs(without.value - expected.combined) < 1e-9)
    #expect(abs(without.value - whole.combined) > 1e-3)
    #expect(whole.combinedWithout.count == 7)
    let least = try #require(whole.combinedWithout.map(\.value).min())
    let greatest = try #require(whole.combinedWithout.map(\.value).max())
    #expect(least < greatest)
  }

  @Test("what each prompt adds is kept of the pairs that are asked about, and the scores are those of all pairs")
  func keptPairs() async throws {
    let table = AnswerTable(Voices.transcripts(missing: true))
    let method = CohortMethod.version2
    let asked = try await PairExplanation.measure(table, ModelID("m1"), ModelID("m0"), method)
    let whole = try await ChannelRun.measure(table, channels: method.channels + method.uncombinedChannels)
    // Of 36 pairs eight of either, one of them of both.
    #expect(whole.contributions.allSatisfy { $0.values.columns == 36 })
    #expect(asked.contributions.allSatisfy { $0.values.columns == 15 })
    #expect(asked.scores() == whole.scores())
    let pairs = whole.pairs
    for (kept, all) in zip(asked.contributions, whole.contributions) {
      for pair in 0..<pairs.count {
        let (a, b) = pairs.members[pair]
        let column = kept.column(ofPair: pair)
        #expect((column != nil) == (a < 2 || b < 2))
        if let column { #expect(kept.values[3, column] == all.values[3, pair]) }
      }
    }
    let sums = try await CorpusScoring.measure(table, method: method, keepsPrompts: false)
    #expect(sums.contributions.allSatisfy { $0.values.columns == 0 })
    #expect(sums.scores() == whole.prefix(method.channels.count).scores())
  }

  @Test(
    "the lead over rivals is that of the report, further candidates among the rivals; a method without one has none")
  func lead() async throws {
    let models = (0..<9).map { ModelID("m\($0)") }
    let (suspect, candidates, cohort) = (models[1], [models[0], models[2]], Array(models[3...]))
    let transcripts = Voices.transcripts()
    let contents = CaseContents(
      name: "voices", suspect: suspect, candidates: candidates, cohort: cohort, transcripts: transcripts,
      lineage: Lineage(), seed: 3)
    let scores = try CohortAnalysisTests.scores(try await CohortAnalysis(replicates: 5).run(contents))
    for (candidate, expected) in zip(candidates, scores) {
      let explained = try await PairExplanation(
        suspect: suspect, candidate: candidate, cohort: cohort, beside: candidates, transcripts: transcripts,
        lineage: Lineage())
      let (found, stated) = (try #require(explained.lead), try #require(expected.lead))
      #expect(abs(found.value - stated.value) < 1e-9)
      #expect(found.nearest.count == 7 && found.nearest.map(\.model) == stated.nearest.map(\.model))
      #expect(zip(found.nearest, stated.nearest).allSatisfy { abs($0.ahead - $1.ahead) < 1e-9 })
    }
    #expect(scores[0].lead?.value ?? 0 > scores[1].lead?.value ?? 0)
    #expect(try await Self.explain(transcripts, method: .version2).lead == nil)
  }

  @Test("a cohort from which none can be left out, or no shared prompt, is an error")
  func limits() async throws {
    let transcripts = Voices.transcripts()
    await #expect(throws: LikelihoodError.cohortTooSmall(given: 4, needed: 5)) {
      try await Self.explain(transcripts, cohort: (2..<6).map { ModelID("m\($0)") })
    }
    var apart = transcripts
    apart[ModelID("m1")] = Transcript(
      model: ModelID("m1"), responses: [Response(prompt: PromptID("x"), sample: 0, text: "no")], source: Digest(of: "x")
    )
    await #expect(throws: LikelihoodError.noCommonPrompts) { try await Self.explain(apart) }
  }
}
