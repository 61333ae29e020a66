import CaseFile
import Cases
import DemoModels
import Formats
import Foundation
import Importing
import Likelihood
import Probing
import Reporting
import TestSupport
import Testing
import Workflows

/// Workflows about endpoints, and about a case that was asked of some.
@Suite("Asking endpoints")
struct AskCaseTests {
  @Test("a case is asked, and nothing is analysed")
  func asked() async throws {
    let (file, result) = try await ServedCase.answered()
    #expect(result.stop == .complete && result.planned == 60 && result.answered == 60)
    let contents = try CaseStore.withOpen(at: file) { try $0.contents() }
    #expect(contents.transcripts.values.allSatisfy { $0.responses.count == 10 })
    let planned = try CaseStore.withOpen(at: file) { try $0.frozenProtocol()?["analysis"]?["method"]?.integer }
    #expect(planned == 3)
  }

  @Test("the protocol says how the answers will be weighed: with the calibration that ships, another, or not at all")
  func weighing() throws {
    let folder = try TemporaryFolder()
    let configuration = try ServedCase.configuration(port: 9, in: folder.path)
    func planned(_ weighing: AskCase.PlannedWeighing) throws -> PlannedAnalysis? {
      try AskCase(configuration, file: "x", environment: [:], tool: "t", weighing: weighing).plannedAnalysis()
    }
    #expect(try planned(.calibrated(nil))?.calibration == Calibration.shipped().digest)
    #expect(try planned(.calibrated(Calibration.demo()))?.calibration == Calibration.demo().digest)
    #expect(try planned(.none) == nil)
  }

  @Test("what the case holds is exported, analysed, and drawn, like any answers")
  func used() async throws {
    let (file, _) = try await ServedCase.answered()
    let folder = try TemporaryFolder()
    let found = try ExportAnswers(of: file).run(to: folder.path)
    #expect(found.unanswered.isEmpty && found.files.count == 8)
    let again = try await TranscriptFolder.read(folder.file("transcripts"))
    let contents = try await AnswerSource(path: file).contents()
    #expect(again.mapValues(\.responses) == contents.transcripts.mapValues(\.responses))
    #expect(try await AnswerSource(path: file).transcripts().count == 6)
    let other = try await AnswerSource(path: file, suspect: "alder").contents()
    #expect(other.suspect == ModelID("alder") && other.candidates == contents.candidates)
    let report = try await AnalyseCase(tool: "t").report(contents)
    #expect(report.suspect == ModelID("student"))
    #expect(try await DrawTree(AnswerSource(path: file)).run(replicates: 5).tree.models.count == 6)
  }

  @Test("endpoints are checked: what answers, and what does not")
  func check() async throws {
    let folder = try TemporaryFolder()
    let found = try await withModelServer(models: ["teacher": DemoWorld.train(DemoWorld.teacher)], seed: 1) { port in
      let models = try ServedCase.configuration(port: port, in: folder.path).candidates.compactMap(\.asked)
      return try await CheckEndpoints(models, environment: [:]).run()
    }
    #expect(found.silent == nil && found.checks.map(\.model.id) == [ModelID("teacher")])
    // Nobody listens there any more.
    let models = found.checks.map(\.model)
    let silent = try await CheckEndpoints(models, timeout: .seconds(2), environment: [:]).run().silent
    #expect(silent?.models == [ModelID("teacher")] && silent?.isKeyRefused == false)
  }

  @Test("likelihoods need answers first, and endpoints that can tell them")
  func likelihoods() async throws {
    let folder = try TemporaryFolder()
    let configuration = try ServedCase.configuration(port: 9, in: folder.path)
    func workflow(_ configuration: CaseConfiguration, base: String) -> AskLikelihoods {
      AskLikelihoods(
        configuration, base: base, plan: LikelihoodCase(), references: nil, environment: [:], custody: nil, tool: "t")
    }
    await #expect(throws: WorkflowError.noAnswersYet(file: "\(folder.path)/none.retort")) {
      try await workflow(configuration, base: "\(folder.path)/none").run()
    }
    let (file, _) = try await ServedCase.answered()
    let unable = CaseConfiguration(
      name: "served", seed: 7,
      suspect: .init(
        id: ModelID("student"), endpoint: Endpoint(url: "http://127.0.0.1:9", model: "m", dialect: .anthropic)),
      candidates: [], cohort: [], probeSets: configuration.probeSets)
    await #expect(throws: ProbingError.noLikelihood([ModelID("student")])) {
      try await workflow(unable, base: String(file.dropLast(".retort".count))).run()
    }
    // A case without given answers holds no likelihoods: nothing is found, nothing is invented.
    let findings = try AskLikelihoods.findings(in: file).likelihoods
    #expect(findings.usable == 0 && findings.unusable == 0)
  }

  @Test("the dialect of an endpoint for embeddings has to have them; what is there already is not asked for")
  func embeddings() async throws {
    let recorded = try RecordedFolder.all(prompts: 2)
    let none = Endpoint(url: "http://127.0.0.1:9", model: "m", dialect: .anthropic)
    await #expect(throws: WorkflowError.noEmbeddings(.anthropic)) {
      try await EmbedAnswers(AnswerSource(path: recorded.path), endpoint: none, environment: [:]).run(
        batch: 8, to: "\(recorded.path)/v/v.jsonl")
    }
    let lines = Voices.transcripts(prompts: 2).flatMap { model, transcript in
      transcript.responses.map {
        AnswerVectors.line(.init(model: model, prompt: $0.prompt, sample: 0), [1, 2])
      }
    }
    let file = try recorded.write(lines.joined(), to: "v/all.jsonl")
    let counts = try await EmbedAnswers(
      AnswerSource(path: recorded.path), endpoint: Endpoint(url: "http://127.0.0.1:9", model: "m"), environment: [:]
    ).run(batch: 8, to: file)
    #expect(counts == .init(answers: 18, added: 0))
  }

  @Test("one process at a time adds vectors to a file, and only to a file")
  func embeddingsAtOnce() async throws {
    let recorded = try RecordedFolder.all(prompts: 2)
    let file = "\(recorded.path)/v.jsonl"
    let embed = EmbedAnswers(
      AnswerSource(path: recorded.path), endpoint: Endpoint(url: "http://127.0.0.1:9", model: "m"), environment: [:])
    let held = try FileLock.take(beside: file, patience: .zero)
    try #require(held != nil)
    let refused = await #expect(throws: FileError.self) { try await embed.run(batch: 8, to: file) }
    guard case .inUse(file, _)? = refused else {
      Issue.record("\(String(describing: refused))")
      return
    }
    withExtendedLifetime(held) {}
    let pipe = "\(recorded.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    for special in [pipe, "/dev/null"] {
      let refused = await #expect(throws: FileError.self) { try await embed.run(batch: 8, to: special) }
      guard case .unwritable(special, _)? = refused else {
        Issue.record("\(String(describing: refused))")
        return
      }
    }
  }

  @Test("answers of other tools become transcripts, and what cannot be imported is told")
  func imported() throws {
    let recorded = try RecordedFolder()
    let file = try recorded.write(
      #"[{"instruction":"Q?","output":"A.","generator":"m"}]"#, to: "in.json")
    let found = try ImportAnswers([file], format: .alpacaEval, model: nil, fields: ImportFields([:])).run(
      to: "\(recorded.path)/out")
    #expect(found.files.compactMap(\.model) == [ModelID("m")] && found.imported.skipped.isEmpty)
    #expect(try TranscriptFolder.files(of: "\(recorded.path)/out/transcripts").keys.sorted() == [ModelID("m")])
    let bad = try recorded.write(#"[{"instruction":"R?","generator":"m"}]"#, to: "bad.json")
    #expect(throws: ImportError.self) {
      try ImportAnswers([bad], format: .alpacaEval, model: nil, fields: ImportFields([:])).run(
        to: "\(recorded.path)/no")
    }
  }
}

@Suite("The demo, rehearsed")
struct RehearseDemoTests {
  @Test("what lies under the name of the demo's case and is none of its own is neither read nor removed")
  func notOurs() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("demo.retort")
    let (served, _) = try await ServedCase.answered()
    // A text, a database cut off, and a case of the user's.
    let own = try FileBytes.read(served)
    for bytes in [Array("mine".utf8), Array(own.prefix(5_000)), own] {
      try FileBytes.write(bytes, to: file)
      await #expect(throws: FileError.wouldOverwrite(file: file)) {
        try await RehearseDemo(isShuffled: false, share: 1, seed: 1, folder: folder.path, tool: "t").run(
          stage: { _ in Issue.record("began") })
      }
      #expect(try FileBytes.read(file) == bytes)
    }
  }

  @Test("nothing is concluded from a run that ended early, and the stages are told in their order")
  func incomplete() async throws {
    let folder = try TemporaryFolder()
    let (told, tell) = AsyncStream.makeStream(of: String.self)
    await #expect(throws: IncompleteRun.self) {
      _ = try await RehearseDemo(isShuffled: false, share: 1, seed: 1, folder: folder.path, tool: "t").run(
        asking: { asked in
          tell.yield("asked \(asked.configuration.models.count)")
          return RunResult(
            stop: .interrupted, planned: 1, answered: 0, attempts: 0, failures: 0, tokens: 0, cost: .zero)
        },
        stage: {
          switch $0 {
          case .training(let models): tell.yield("training \(models)")
          case .teaching(_, _, let teacher): tell.yield("teaching by \(teacher)")
          case .probing(let endpoints, _): tell.yield("probing \(endpoints)")
          }
        })
    }
    tell.finish()
    let stages = await told.reduce(into: [String]()) { $0.append($1) }
    #expect(stages == ["training 9", "teaching by teacher", "probing 10", "asked 10"])
  }
}
