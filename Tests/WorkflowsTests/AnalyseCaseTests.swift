import Cases
import Formats
import Likelihood
import Reporting
import TestSupport
import Testing
import Workflows

@Suite("Analysing a case")
struct AnalyseCaseTests {
  private static func contents(given: GivenAnswer? = nil) -> CaseContents {
    let probe = Probe(id: PromptID("p100"), prompt: "?", given: given)
    return CaseContents(
      name: "voices", suspect: ModelID("m1"), candidates: [ModelID("m0")],
      cohort: (2..<9).map { ModelID("m\($0)") }, transcripts: Voices.transcripts(), lineage: Lineage(),
      probes: [probe.id: probe], seed: 3)
  }

  @Test("the same contents give the same bytes, and the student stands out towards its teacher")
  func report() async throws {
    let workflow = try AnalyseCase(tool: "test 1")
    let first = try await workflow.report(Self.contents())
    #expect(first.verdicts.map(\.standing) == [.standsOut])
    let files = try ReportFiles(first)
    #expect(try ReportFiles(try await workflow.report(Self.contents())).result == files.result)
    #expect(JSONValue(parsing: files.result)?["tool"]?.string == "test 1")
    for text in [files.markdown, files.html] { #expect(text.contains(Digest(of: files.result).hex)) }
  }

  @Test("without a calibration there is no ratio, and the one that ships holds for its own method alone")
  func calibration() async throws {
    let none = try await AnalyseCase(method: .version1, calibration: .shipped(for: .version1), tool: "t")
      .report(Self.contents())
    #expect(try Self.ratios(none).isEmpty)
    let workflow = try AnalyseCase(tool: "t")
    #expect(
      workflow.calibration == (try Calibration.shipped()) && workflow.method.version == workflow.calibration?.method)
    let some = try await workflow.report(Self.contents())
    #expect(try Self.ratios(some).count == Alternative.allCases.count)
  }

  private static func ratios(_ report: Report) throws -> [JSONValue] {
    try #require(JSONValue(parsing: report.json())?["candidates"]?.array?.first?["likelihood_ratios"]?.array)
  }

  @Test("calibrations go by name or file, methods by number; what does not fit or exist is refused")
  func named() throws {
    #expect(try Calibration.named("shipped", for: .current) == Calibration.shipped())
    #expect(try Calibration.named("shipped", for: .version2).method == 2)
    #expect(try Calibration.named("demo", for: .current) == Calibration.demo())
    #expect(throws: LikelihoodError.calibrationOfOtherChannels(file: "demo", method: 3)) {
      try Calibration.named("demo", for: .version1)
    }
    #expect(throws: FileError.self) { try Calibration.named("/nowhere/c.json", for: .current) }
    #expect(throws: WorkflowError.unknownMethod(4)) { try CohortMethod.named(4) }
  }

  @Test("a case of likelihoods has no report")
  func likelihoods() async throws {
    let given = GivenAnswer(text: "x", model: nil, prompt: PromptID("p100"), sample: 0, tokens: [:])
    await #expect(throws: WorkflowError.caseOfLikelihoods(file: "voices")) {
      try await AnalyseCase(tool: "t").report(Self.contents(given: given))
    }
  }

  @Test("words of models stand in a report only where they may")
  func excerpts() async throws {
    let word = "v1w"
    let with = try ReportFiles(try await AnalyseCase(tool: "t").report(Self.contents()))
    let without = try ReportFiles(try await AnalyseCase(excerpts: false, tool: "t").report(Self.contents()))
    #expect(with.html.contains(word) && !without.html.contains(word) && !without.markdown.contains(word))
  }
}

@Suite("Cases of recorded answers")
struct RecordedCaseTests {
  @Test("suspect and candidates leave the cohort's folder, other files are passed over")
  func roles() async throws {
    let recorded = try RecordedFolder.voices()
    try recorded.write("notes", to: "cohort/README.md")
    let line = #"{"prompt_id":"p100","sample":0,"text":"x"}"# + "\n"
    for name in ["m0", "m1"] { try recorded.write(line, to: "cohort/\(name).jsonl") }
    let contents = try await recorded.recordedCase().contents()
    #expect(contents.suspect == ModelID("m1") && contents.candidates == [ModelID("m0")])
    #expect(contents.cohort == (2..<9).map { ModelID("m\($0)") })
    #expect(contents.transcripts[ModelID("m1")]?.responses.count == 30)
  }

  @Test("a model in two files, a name that is no transcript's, and no candidate are refused")
  func mistakes() async throws {
    let recorded = try RecordedFolder.voices()
    await #expect(throws: WorkflowError.noCandidate) { try await recorded.recordedCase(candidates: []).contents() }
    await #expect(throws: CasesError.self) { try await recorded.recordedCase(candidates: ["m1"]).contents() }
    let odd = RecordedCase(suspect: "m1.txt", candidates: ["m0.jsonl"], cohort: recorded.path)
    await #expect(throws: CasesError.notATranscript(file: "m1.txt")) { try await odd.contents() }
    try recorded.write("", to: "cohort/m3.jsonl.gz")
    let path = "\(recorded.path)/cohort/m3.jsonl"
    await #expect(throws: CasesError.modelNamedTwice(ModelID("m3"), path, path + ".gz")) {
      try await recorded.recordedCase().contents()
    }
  }

  @Test("a probe set limits the prompts, and a table of lineage tells who is related")
  func limits() async throws {
    let recorded = try RecordedFolder.voices()
    let probes = try recorded.write(
      (100..<110).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# + "\n" }.joined(), to: "probes.jsonl")
    let lineage = try recorded.write("model,developer\nm2,Own\nm1,Own\n", to: "lineage.csv")
    let contents = try await recorded.recordedCase(probes: probes, lineage: lineage).contents()
    #expect(contents.transcripts.values.allSatisfy { $0.responses.count == 10 } && contents.probes.count == 10)
    #expect(contents.lineage[ModelID("m2")]?.developer == "Own")
    let report = try await AnalyseCase(tool: "t").report(contents)
    let left = JSONValue(parsing: try report.json())?["candidates"]?.array?.first?["left_out"]?.array
    #expect(left?.map { $0["model"]?.string } == ["m2"])
  }
}
