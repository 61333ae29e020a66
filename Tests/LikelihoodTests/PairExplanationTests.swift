import Cases
import Formats
import Likelihood
import Similarity
import Testing

@Suite("What carries a pair")
struct PairExplanationTests {
  /// Voices that answer in words of their own; the second borrows the first's words for some prompts.
  static func transcripts(prompts: Int = 30, missing: Bool = false) -> [ModelID: Transcript] {
    func text(_ voice: Int, _ prompt: Int) -> String {
      let words = (0..<18).map { "v\(voice)w\((prompt * 5 + $0 * $0 * (voice + 1)) % 9) t\(($0 + prompt) % 4)" }
      return words.prefix(4 + voice + prompt % 3).joined(separator: " ") + "."
    }
    var transcripts: [ModelID: Transcript] = [:]
    for voice in 0..<9 {
      let name = ModelID("m\(voice)")
      transcripts[name] = Transcript(
        model: name,
        responses: (0..<prompts).filter { !missing || ($0 * 7 + voice) % 6 != 0 }.map { prompt in
          Response(
            prompt: PromptID("p\(100 + prompt)"), sample: 0,
            text: text(voice == 1 && prompt % 3 == 0 ? 0 : voice, prompt))
        }, source: Digest(of: name.rawValue))
    }
    return transcripts
  }

  static func explain(
    _ transcripts: [ModelID: Transcript], cohort: [ModelID]? = nil, method: CohortMethod = .version2
  ) async throws -> PairExplanation {
    try await PairExplanation(
      suspect: ModelID("m1"), candidate: ModelID("m0"),
      cohort: cohort ?? (2..<9).map { ModelID("m\($0)") }, transcripts: transcripts, lineage: Lineage(), method: method)
  }

  @Test("what probes and length add is the normalised score, also where answers are missing", arguments: [false, true])
  func adds(missing: Bool) async throws {
    let explained = try await Self.explain(Self.transcripts(missing: missing))
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
    let transcripts = Self.transcripts()
    // Without the adjustment for length, which is fitted on all pairs, those of the member included.
    let method = CohortMethod(
      version: 2, name: "unadjusted", channels: CohortMethod.version2.channels, adjustedForLength: [],
      reference: .farHalf)
    let whole = try await Self.explain(transcripts, method: method)
    let without = try #require(whole.combinedWithout.first { $0.member == ModelID("m5") })
    let scoring = await CorpusScoring(
      transcripts, lineage: Lineage(), cohort: (2..<9).filter { $0 != 5 }.map { ModelID("m\($0)") }, method: method)
    let expected = try #require(scoring.score(teacher: ModelID("m0"), student: ModelID("m1")))
    #expect(abs(without.value - expected.combined) < 1e-9)
    #expect(abs(without.value - whole.combined) > 1e-3)
    #expect(whole.combinedWithout.count == 7)
    let least = try #require(whole.combinedWithout.map(\.value).min())
    let greatest = try #require(whole.combinedWithout.map(\.value).max())
    #expect(least < greatest)
  }

  @Test("a cohort from which none can be left out, or no shared prompt, is an error")
  func limits() async throws {
    let transcripts = Self.transcripts()
    await #expect(throws: LikelihoodError.cohortTooSmall(given: 4, needed: 5)) {
      try await Self.explain(transcripts, cohort: (2..<6).map { ModelID("m\($0)") })
    }
    var apart = transcripts
    apart[ModelID("m1")] = Transcript(
      model: ModelID("m1"), responses: [Response(prompt: PromptID("x"), sample: 0, text: "no")], source: Digest(of: "x")
    )
    await #expect(throws: LikelihoodError.noCommonPrompts) { try await Self.explain(apart) }
  }

  @Test("each channel's figures are those of its own ranking")
  func channelValidation() async throws {
    let scoring = await CorpusScoring(
      Self.transcripts(), lineage: Lineage(), method: .version2)
    func pair(_ teacher: String, _ student: String, _ label: Int) throws -> (LabelledPair, CorpusScoring.PairScore) {
      (
        LabelledPair(
          teacher: ModelID(teacher), student: ModelID(student), label: label, relation: "r", teacherCorpus: "c",
          studentCorpus: "c", studentFamily: student, teacherDeveloper: teacher),
        try #require(scoring.score(teacher: ModelID(teacher), student: ModelID(student)))
      )
    }
    let pairs = try [pair("m0", "m1", 1), pair("m2", "m1", 0), pair("m3", "m1", 0), pair("m2", "m4", 0)]
    let names = CohortMethod.version2.channels.map(\.name)
    let validation = ChannelValidation(
      pairs.map { (labelled: $0.0, score: $0.1) }, channels: names, combined: ["openings_2", "style"])
    #expect(validation.ones == 1 && validation.zeros == 3)
    #expect(validation.method.withinStudent == 1)
    for (place, row) in validation.rows.enumerated() {
      let own = pairs[0].1.channels[place].value
      let below = pairs.dropFirst().count { $0.1.channels[place].value < own }
      #expect(row.alone.areaUnderCurve == Double(below) / 3)
      #expect((row.added == nil) == ["openings_2", "style"].contains(row.channel))
    }
  }
}
