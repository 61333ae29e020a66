import Cases
import Formats
import Rendering
import Reporting
import TestSupport
import Testing
import Workflows

@Suite("Making a study")
struct MakeStudyTests {
  private static let yaml = """
    title: Voices
    introduction: Before.
    conclusion: After.
    lineage: lineage.csv
    comparisons:
      - set: voices
        about: Thirty prompts.
        suspects: [m1, m4]
        candidates_of: [Big]
        fewest_prompts: 10
    """

  private static func corpus() throws -> RecordedFolder {
    let recorded = try RecordedFolder()
    for (model, transcript) in Voices.transcripts() {
      try recorded.write(transcript.responses, to: "voices/responses/\(model).jsonl")
    }
    try recorded.write([Response(prompt: PromptID("p100"), sample: 0, text: "x")], to: "voices/responses/brief.jsonl")
    try recorded.write("model,developer,corpus\nm0,Big,voices\nm2,Big,voices\n", to: "lineage.csv")
    return recorded
  }

  @Test("each suspect has its report, each set its scores and figures, and a pair that stands out is looked into")
  func whole() async throws {
    let recorded = try Self.corpus()
    let study = try StudyReader.read(file: try recorded.write(Self.yaml, to: "study.yaml"))
    let out = "\(recorded.path)/out"
    var told: [String] = []
    let text = try await MakeStudy(study, corpus: recorded.path, tool: "t").run(to: out) {
      told.append("\($0.set) \($0.suspect) \($0.candidates)")
    }
    #expect(told == ["voices m1 2", "voices m4 2"])
    let readme = String(decoding: try FileBytes.read("\(out)/README.md"), as: UTF8.self)
    #expect(readme == text.markdown() && readme.contains("brief"))
    #expect(readme.contains("**m1 and m0, looked into.**") && !readme.contains("**m4 and"))
    #expect(try FileBytes.list("\(out)/voices") == ["heatmap.svg", "m1", "m4", "scores.csv", "tree.svg"])
    let scores = String(decoding: try FileBytes.read("\(out)/voices/scores.csv"), as: UTF8.self)
    #expect(scores.split(separator: "\n").count == 5)
    // The report is that of the case by itself: what suspects share is measured once and not otherwise.
    let answers = try await StudyAnswers.read(study.comparisons[0], of: study, corpus: recorded.path)
    let contents = try answers.contents(suspect: ModelID("m1"), study: study, comparison: study.comparisons[0])
    let alone = try ReportFiles(try await AnalyseCase(excerpts: false, tool: "t").report(contents))
    #expect(try FileBytes.read("\(out)/voices/m1/result.json") == alone.result)
  }

  @Test("of a set that is larger than a question needs each suspect has models of its own, and the README says so")
  func drawn() async throws {
    let recorded = try Self.corpus()
    let study = try StudyReader.read(file: try recorded.write(Self.yaml, to: "study.yaml"))
    let out = "\(recorded.path)/out"
    let text = try await MakeStudy(study, corpus: recorded.path, tool: "t", maximumCohort: 4).run(to: out)
    // Two suspects, two candidates, and four of the other five.
    #expect(text.markdown().contains("[heat map](voices/heatmap.svg) of 8 models of the set"))
    #expect(text.markdown().contains("Each suspect was compared with some models of this set, not with all"))
    let answers = try await StudyAnswers.read(study.comparisons[0], of: study, corpus: recorded.path)
    for suspect in ["m1", "m4"] {
      let contents = try answers.contents(suspect: ModelID(suspect), study: study, comparison: study.comparisons[0])
      let alone = try ReportFiles(
        try await AnalyseCase(excerpts: false, tool: "t").report(contents, maximumCohort: 4))
      #expect(try FileBytes.read("\(out)/voices/\(suspect)/result.json") == alone.result)
      let limits = JSONValue(parsing: alone.result)?["limits"]?.array?.compactMap(\.string) ?? []
      #expect(limits.contains { $0.hasPrefix("Of 6 models of the cohort 4 were compared: the 1 that") })
    }
  }

  @Test("a suspect or candidate without answers is named")
  func missing() async throws {
    let recorded = try Self.corpus()
    let folder = "\(recorded.path)/voices/responses"
    for (from, to) in [("suspects: [m1, m4]", "suspects: [nobody]"), ("candidates_of: [Big]", "candidates: [nobody]")] {
      let file = try recorded.write(Self.yaml.replacing(from, with: to), to: "study.yaml")
      await #expect(throws: CasesError.noTranscript(of: ModelID("nobody"), folder: folder)) {
        _ = try await MakeStudy(try StudyReader.read(file: file), corpus: recorded.path, tool: "t").run(
          to: "\(recorded.path)/out")
      }
    }
  }
}
