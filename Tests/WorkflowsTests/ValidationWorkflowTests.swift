import Cases
import Formats
import Likelihood
import TestSupport
import Testing
import Validation
import Workflows

@Suite("Validating and calibrating on a corpus")
struct ValidationWorkflowTests {
  private static let header =
    "teacher,student,label,relation,teacher_corpus,student_corpus,student_family,teacher_developer\n"

  /// A corpus of one set, `voices`; the pairs are given without their corpora.
  private static func corpus(_ pairs: [String]) throws -> (recorded: RecordedFolder, pairs: String) {
    let recorded = try RecordedFolder()
    for (model, transcript) in Voices.transcripts() {
      try recorded.write(transcript.responses, to: "voices/responses/\(model).jsonl")
    }
    let models = (0..<9).map { "m\($0),dev\($0),voices\n" }.joined()
    try recorded.write("model,developer,corpus\n" + models, to: "lineage.csv")
    return (recorded, try recorded.write(header + pairs.map { $0 + "\n" }.joined(), to: "pairs.csv"))
  }

  private static let pairs = [
    "m0,m1,1,distill_direct,voices,voices,own-1,dev0", "m2,m1,0,no_link,voices,voices,own-1,dev2",
    "m3,m4,0,no_link,voices,voices,own-4,dev3", "m5,m4,,sibling_same_teacher,voices,voices,own-4,dev5",
  ]

  @Test("every pair of one set is scored, also those without a label, and the progress tells of the set")
  func validate() async throws {
    let (recorded, pairs) = try Self.corpus(Self.pairs)
    let (told, tell) = AsyncStream.makeStream(of: String.self)
    let found = try await ValidateMethod(corpus: recorded.path, pairs: pairs, seed: 1).run(.version2, frozen: nil) {
      tell.yield("\($0.set) \($0.scored) of \($0.pairs)")
    }
    tell.finish()
    #expect(await told.reduce(into: []) { $0.append($1) } == ["voices 4 of 4"])
    #expect(found.report.pairs.map(\.labelled.label) == [1, 0, 0, nil])
    #expect(found.pairs.lineage["voices"]?[ModelID("m3")]?.developer == "dev3")
    #expect(found.pairs.pairs == Digest(of: try FileBytes.read(pairs)))
  }

  @Test("a model without answers is missed before anything is measured, in whichever folder")
  func missingLater() async throws {
    let (recorded, pairs) = try Self.corpus(
      Self.pairs + ["nobody,m1,0,no_link,zvoices,zvoices,own-1,dev0"])
    for model in ["m0", "m1"] {
      try recorded.write(Voices.transcripts()[ModelID(model)]?.responses ?? [], to: "zvoices/responses/\(model).jsonl")
    }
    let (told, tell) = AsyncStream.makeStream(of: String.self)
    await #expect(
      throws: CasesError.noTranscript(of: ModelID("nobody"), folder: "\(recorded.path)/zvoices/responses")
    ) {
      try await ValidateMethod(corpus: recorded.path, pairs: pairs, seed: 1).run(.version2, frozen: nil) {
        tell.yield($0.set)
      }
    }
    tell.finish()
    let sets: [String] = await told.reduce(into: []) { $0.append($1) }
    #expect(sets.isEmpty)
  }

  @Test("a labelled pair without a score is named, one without a label is not; planted pairs are scored beside them")
  func unscored() async throws {
    // In a set of two models there is no cohort.
    let few = ["m0,m1,1,distill_direct,few,few,own-1,dev0", "m1,m0,,reverse_direction,few,few,own-0,dev1"]
    let (recorded, pairs) = try Self.corpus(Self.pairs + few)
    for model in ["m0", "m1"] {
      try recorded.write(Voices.transcripts()[ModelID(model)]?.responses ?? [], to: "few/responses/\(model).jsonl")
    }
    let table = String(decoding: try FileBytes.read("\(recorded.path)/lineage.csv"), as: UTF8.self)
    try recorded.write(table + "other,dev10,few\n", to: "lineage.csv")
    let found = try await ValidateMethod(corpus: recorded.path, pairs: pairs, seed: 1).run(.version2, frozen: nil).pairs
    #expect(found.unscored.map(\.studentCorpus) == ["few"] && found.unscored.map(\.label) == [1])
    #expect(found.scored.map(\.labelled.studentCorpus) == Array(repeating: "voices", count: 4))
    // Nine models of nine developers, each a stranger to all others; of those of the other set nothing is known.
    #expect(found.planted.count == 72 && found.planted.allSatisfy { $0.labelled.label == nil })
  }

  @Test("a frozen calibration must not have seen a family of the pairs")
  func seenFamilies() async throws {
    let demo = try Calibration.demo()
    let family = try #require(demo.families.first)
    let (recorded, pairs) = try Self.corpus(Self.pairs.map { $0.replacing("own-1", with: family) })
    await #expect(throws: FittingError.familiesOnBothSides([family])) {
      try await ValidateMethod(corpus: recorded.path, pairs: pairs, seed: 1).run(.version2, frozen: demo)
    }
  }

  @Test("all channels of text are judged, those of the method with no figure beside themselves")
  func channels() async throws {
    let (recorded, pairs) = try Self.corpus(Self.pairs)
    let found = try await JudgeChannels(corpus: recorded.path, pairs: pairs, seed: 1).run(beside: .version2)
    #expect(found.validation.rows.map(\.channel) == found.channels && found.channels.count > 8)
    #expect(found.validation.ones == 1 && found.validation.zeros == 2)
    let own = Set(found.validation.rows.filter { $0.added == nil }.map(\.channel))
    #expect(own == ["openings_2", "beginnings", "sentence_openings", "style"])
  }

  @Test("too few families are no calibration, and a model without answers is named")
  func refused() async throws {
    let (recorded, pairs) = try Self.corpus(Self.pairs)
    let fit = FitCalibration(seed: 1, tool: "t")
    await #expect(throws: FittingError.tooFewFamilies(found: 1, needed: 10)) {
      try await fit.run(corpus: recorded.path, pairs: pairs, method: .version2, learning: LeaveFamiliesOut())
    }
    let (other, strange) = try Self.corpus(["nobody,m1,1,distill_direct,voices,voices,f,d"])
    await #expect(
      throws: CasesError.noTranscript(of: ModelID("nobody"), folder: "\(other.path)/voices/responses")
    ) {
      try await fit.run(corpus: other.path, pairs: strange, method: .version2, learning: LeaveFamiliesOut())
    }
  }
}
