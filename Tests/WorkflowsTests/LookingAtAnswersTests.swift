import Cases
import Formats
import Likelihood
import Rendering
import Reporting
import SameModel
import Similarity
import Statistics
import TestSupport
import Testing
import Workflows

/// Workflows that read recorded answers and tell something of them.
@Suite("Looking at recorded answers")
struct LookingAtAnswersTests {
  @Test("of a folder, all models but the suspect are candidates; one that is not there is refused")
  func source() async throws {
    let recorded = try RecordedFolder.all(prompts: 4)
    let contents = try await AnswerSource(path: recorded.path, suspect: "m1").contents()
    #expect(contents.candidates == ["m0", "m2", "m3", "m4", "m5", "m6", "m7", "m8"].map { ModelID($0) })
    #expect(contents.cohort == contents.candidates)
    await #expect(throws: WorkflowError.suspectMissing) { try await AnswerSource(path: recorded.path).contents() }
    await #expect(throws: CasesError.noTranscript(of: ModelID("x"), folder: recorded.path)) {
      try await AnswerSource(path: recorded.path, suspect: "x").contents()
    }
  }

  @Test("each channel has a score for each candidate, and the teacher is the nearest by openings")
  func channels() async throws {
    let source = AnswerSource(path: try RecordedFolder.all().path, suspect: "m1")
    let found = try await MeasureChannels(source).run()
    #expect(found.table.rows.count == 8 && found.table.channels.contains("content_overlap"))
    let ranks = found.table.rows.map { row in row.cells.first { $0.channel == "openings_2" }?.rank }
    #expect(ranks.first == 1)
    let one = try await MeasureChannels(source).run(replicates: 20, nearest: 3, channels: ["openings_2"])
    #expect(one.table.channels == ["openings_2"] && one.table.rows.count == 3)
    #expect(one.table.rows.allSatisfy { $0.cells.allSatisfy { $0.interval != nil } })
    await #expect(throws: WorkflowError.self) { try await MeasureChannels(source).run(channels: ["magic"]) }
  }

  @Test("vectors add a channel; those without the suspect, and those that are no numbers, are refused")
  func vectors() async throws {
    let recorded = try RecordedFolder.all(prompts: 6)
    let source = AnswerSource(path: recorded.path, suspect: "m1")
    func lines(_ models: Range<Int>) -> String {
      models.flatMap { model in
        (0..<6).map { prompt in
          AnswerVectors.line(
            .init(model: ModelID("m\(model)"), prompt: PromptID("p\(100 + prompt)"), sample: 0),
            [Double(model + 1), Double((prompt * model) % 3 + 1), 1])
        }
      }.joined()
    }
    let all = try recorded.write(lines(0..<9), to: "vectors/all.jsonl")
    let found = try await MeasureChannels(source, vectors: all).run(channels: ["openings_2"])
    #expect(found.table.channels == ["openings_2", "embeddings"])
    let others = try recorded.write(lines(2..<9), to: "vectors/others.jsonl")
    await #expect(throws: WorkflowError.noVectors(of: ModelID("m1"), file: others)) {
      try await MeasureChannels(source, vectors: others).run()
    }
  }

  @Test("one pair is explained; which one has to be said where there are several candidates")
  func explain() async throws {
    let source = AnswerSource(path: try RecordedFolder.all().path, suspect: "m1")
    let found = try await ExplainPair(source, candidate: "m0").run(limit: 3)
    #expect(found.explanation.candidate == ModelID("m0") && found.explanation.selection.members.count == 7)
    #expect(found.beside.isEmpty && found.wrongValues.isEmpty)
    await #expect(throws: WorkflowError.candidateMissing(found: 8)) {
      try await ExplainPair(source, candidate: nil).run(limit: 3)
    }
    for (name, nearest) in [("m1", ModelID("m0")), ("nobody", nil)] {
      await #expect(throws: CasesError.noTranscript(of: ModelID(name), folder: source.path, nearest: nearest)) {
        try await ExplainPair(source, candidate: name).run(limit: 3)
      }
    }
  }

  @Test("two models are tested where both answered twice, and not where they answered once")
  func same() async throws {
    let twice = AnswerSource(path: try RecordedFolder.all(prompts: 8, samples: 3).path, suspect: "m1")
    let found = try await CompareSameModel(twice, candidate: "m4").run(permutations: 99)
    guard case .tested(_, let together, _) = found.comparison.tests else {
      Issue.record("not tested")
      return
    }
    let gate = found.comparison.gate
    #expect(together <= gate.level && gate.permutation.permutations == 99 && found.debris.isEmpty)
    let once = AnswerSource(path: try RecordedFolder.all(prompts: 8).path, suspect: "m1")
    await #expect(throws: NothingToCompare.self) {
      try await CompareSameModel(once, candidate: "m4").run(permutations: 99)
    }
  }

  @Test("a tree names every model; relatives are counted only where a table tells of them")
  func tree() async throws {
    let recorded = try RecordedFolder.all()
    let plain = try await DrawTree(AnswerSource(path: recorded.path)).run(replicates: 10)
    #expect(plain.tree.models.count == 9 && plain.agreement == nil)
    #expect((0..<9).allSatisfy { plain.files.newick.contains("'m\($0)'") })
    let lineage = try recorded.write("model,developer,trained_on_outputs_of\nm1,A,m0\nm0,B,\n", to: "t/lineage.csv")
    let known = try await DrawTree(AnswerSource(path: recorded.path, lineage: lineage)).run(replicates: 10)
    #expect(known.files.newick == plain.files.newick)
    #expect(known.agreement?.models == 2 && known.agreement?.hits == 2)
    let folder = "\(recorded.path)/out"
    try known.files.write(to: folder)
    #expect(try FileBytes.list(folder) == ["distances.csv", "heatmap.svg", "tree.nwk", "tree.svg"])
  }
}
