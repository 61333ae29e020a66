import CaseFile
import Cases
import DemoModels
import Formats
import Foundation
import Likelihood
import Probing
import Terminal
import TestSupport
import Testing
import Workflows

/// Workflows before the first question: a case is written, and what it will take and be able to say is known.
@Suite("Drafting a case, and what is known of it beforehand")
struct DraftingCaseTests {
  private static let nobody = "http://127.0.0.1:9/v1"

  @Test("of two names and a server comes a case that runs: all models but those of vectors, and what their names tell")
  func served() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("case.yaml")
    let model = DemoWorld.train(DemoWorld.independent)
    let names = ["mine", "theirs", "qwen-a", "llama-b", "c", "d", "nomic-embed"]
    let found = try await withModelServer(
      models: Dictionary(uniqueKeysWithValues: names.map { ($0, model) }), seed: 1
    ) { port in
      let url = "http://127.0.0.1:\(port)/v1"
      let draft = DraftCase(
        suspect: "\(url)#mine", candidates: ["\(url)#theirs"], cohort: [url], seed: 5, environment: [:])
      let found = try await draft.write(to: file)
      await #expect(throws: FileError.wouldOverwrite(file: file)) { try await draft.write(to: file) }
      return found
    }
    let configuration = found.configuration
    #expect(found.file == file && found.probes == folder.file("case.probes.jsonl"))
    #expect(configuration.suspect.id == ModelID("mine") && configuration.candidates.map(\.id) == [ModelID("theirs")])
    #expect(Set(configuration.cohort.map(\.id.rawValue)) == ["qwen-a", "llama-b", "c", "d"])
    #expect(configuration.lineage[ModelID("qwen-a")]?.developer == "Alibaba")
    // The probes that come with the program, as often as the case says.
    #expect(configuration.seed == 5 && configuration.probes.count == 120 && configuration.plannedItems == 1_440)
    let pair = try #require(found.forecast.pairs.first)
    #expect(pair.candidate == ModelID("theirs") && pair.prompts == 120 && pair.repeated == 120)
    #expect(pair.unstated.map(\.rawValue) == ["c", "d", "mine", "theirs"])
    #expect(pair.unrelated == 4)
    #expect(
      pair.reasons == [
        .cohortTooSmall(found: 4, needed: 8), .lineageUnknown([ModelID("mine"), ModelID("theirs")]),
        .cohortLineageUnknown(found: 2, of: 4, needed: 4),
      ])
  }

  @Test("models of one name are told apart, and what is missing is an error before anything is written")
  func refused() async throws {
    let folder = try TemporaryFolder()
    func draft(_ suspect: String, _ candidate: String, cohort: [String]) async throws -> DraftCase.Findings {
      try await DraftCase(
        suspect: suspect, candidates: [candidate], cohort: cohort.map { "\(Self.nobody)#\($0)" }, samples: 1, seed: 5,
        environment: [:]
      ).write(to: folder.file("case.yaml"))
    }
    await #expect(throws: WorkflowError.noSuchModel("nonsense")) { try await draft("nonsense", "x", cohort: []) }
    await #expect(throws: WorkflowError.modelNotNamed("https://api.openai.com/v1")) {
      try await draft("https://api.openai.com/v1", "x", cohort: [])
    }
    await #expect(throws: WorkflowError.draftCohortTooSmall(found: 3)) {
      try await draft("\(Self.nobody)#a", "\(Self.nobody)#b", cohort: ["c", "d", "e"])
    }
    #expect(try folder.names() == [])
    let found = try await draft("\(Self.nobody)#org/m.gguf", "\(Self.nobody)#other/m", cohort: ["c", "d", "e", "f"])
    #expect(found.configuration.models.map(\.id.rawValue) == ["m", "m-2", "c", "d", "e", "f"])
    #expect(found.configuration.models.map(\.endpoint.model).prefix(2) == ["org/m.gguf", "other/m"])
    #expect(found.configuration.samples == 1 && found.forecast.pairs.map(\.repeated) == [0])
  }

  @Test("a vendor's address tells dialect, key and the field that bounds an answer")
  func vendor() async throws {
    let endpoint = try await DraftCase.endpoint("https://api.openai.com/v1/#m", environment: [:])
    #expect(endpoint.url == "https://api.openai.com/v1" && endpoint.model == "m" && endpoint.dialect == .openAIChat)
    #expect(endpoint.key == .environment("OPENAI_API_KEY") && endpoint.tokenLimitField == .maxCompletionTokens)
    let local = try await DraftCase.endpoint("ollama#m", environment: ["OLLAMA_HOST": "127.0.0.1:99"])
    #expect(local.url == "http://127.0.0.1:99" && local.dialect == .ollama && local.key == nil)
  }

  private static func configuration(
    _ probes: [String], url: String = nobody, dialect: Endpoint.DialectName = .openAIChat, cohort: Int = 8,
    developer: (String) -> String? = { "maker of \($0)" }
  ) throws -> CaseConfiguration {
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: url, model: name, dialect: dialect),
        lineage: Lineage.Entry(developer: developer(name)))
    }
    return CaseConfiguration(
      name: "forecast", seed: 1, suspect: model("s"), candidates: [model("t")],
      cohort: (0..<cohort).map { model("c\($0)") },
      probeSets: [try ProbeSet.parse(Array((probes.joined(separator: "\n") + "\n").utf8), file: "p.jsonl")],
      samples: 2, sampling: Cases.Sampling(maxTokens: 100))
  }

  @Test("relatives leave the cohort before anything is asked, and each reason against a ratio has its number")
  func forecast() throws {
    let many = (0..<80).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# }
    let demo = try Calibration.demo()
    let possible = try ForecastCase(Self.configuration(many), calibration: demo).run()
    #expect(possible.pairs.map(\.reasons) == [[]] && possible.pairs.map(\.repeated) == [80])
    // Against a common teacher this calibration bears no ratio of 2, either way.
    #expect(possible.told == [.noLink])
    #expect(possible.untold == [.commonTeacher, .sameBase, .otherTeacherSamePrompts, .otherModelOfDeveloper])
    let kin = try ForecastCase(
      Self.configuration(many) { ["s", "c1", "c2"].contains($0) ? "Own" : "maker of \($0)" }, calibration: demo
    ).run().pairs[0]
    #expect(kin.leftOut.map(\.model.rawValue) == ["c1", "c2"] && kin.unstated.isEmpty)
    #expect(kin.leftOut.allSatisfy { $0.relation == .sameDeveloper(as: ModelID("s")) })
    #expect(kin.unrelated == 6 && kin.reasons == [.cohortTooSmall(found: 6, needed: 7)])
    // Answers of at most 30 tokens, one to each probe whatever the case says, in Japanese.
    let short = (0..<9).map {
      #"{"id":"p\#($0)","prompt":"Q \#($0)?","samples":1,"max_tokens":30,"language":"ja"}"#
    }
    let pair = try ForecastCase(Self.configuration(short, cohort: 7), calibration: demo).run().pairs[0]
    #expect(
      pair.reasons == [
        .scriptNotCovered(withoutSpaces: true), .tooFewPrompts(found: 9, needed: 80),
        .answersTooShort(found: 120, needed: 151),
      ])
    #expect(pair.repeated == 0 && pair.isFixedByProbes)
  }

  @Test(
    "without a lineage of suspect, candidate and four fifths of the cohort no ratio is foreseen, and who lacks it is told"
  )
  func lineage() throws {
    let many = (0..<80).map { #"{"id":"p\#($0)","prompt":"Question \#($0)?"}"# }
    let demo = try Calibration.demo()
    func lines(_ developer: (String) -> String?) throws -> (ForecastCase.Pair, [String]) {
      let configuration = try Self.configuration(many, cohort: 10, developer: developer)
      let found = try ForecastCase(configuration, calibration: demo).run()
      return (found.pairs[0], ForecastText(configuration, found).lines)
    }
    let (nobody, words) = try lines { _ in nil }
    #expect(
      nobody.reasons == [
        .lineageUnknown([ModelID("s"), ModelID("t")]), .cohortLineageUnknown(found: 0, of: 10, needed: 8),
      ])
    #expect(words[0] == "✗ t: there will be no likelihood ratio")
    #expect(words[1] == "    because: neither developer nor base of s and t is stated")
    #expect(words[2] == "    remedy:  developer: NAME or base: NAME in the entry of s and of t")
    #expect(words[3].contains("stated of 0 of the 10 unrelated models of the cohort, 8 are needed"))
    // A word for not knowing is no name.
    let (hidden, _) = try lines { $0 == "s" ? "undisclosed" : "maker of \($0)" }
    #expect(hidden.reasons == [.lineageUnknown([ModelID("s")])])
    let (enough, possible) = try lines { ["c0", "c1"].contains($0) ? nil : "maker of \($0)" }
    #expect(enough.reasons == [] && possible[0].hasPrefix("✓ t: a likelihood ratio is possible"))
    let (few, _) = try lines { ["c0", "c1", "c2"].contains($0) ? nil : "maker of \($0)" }
    #expect(few.reasons == [.cohortLineageUnknown(found: 7, of: 10, needed: 8)])
  }

  @Test(
    "whether likelihoods can be asked for is told by dialects and addresses",
    arguments: [
      ("http://127.0.0.1:9", Endpoint.DialectName.llamaCpp, true), ("http://127.0.0.1:9/v1", .openAIChat, true),
      ("https://llm.example/v1", .openAICompletions, true),
      ("https://api.openai.com/v1", .openAIChat, false), ("https://api.anthropic.com/v1", .anthropic, false),
    ])
  func likelihoods(url: String, dialect: Endpoint.DialectName, isPossible: Bool) throws {
    let configuration = try Self.configuration([#"{"id":"p","prompt":"Q?"}"#], url: url, dialect: dialect)
    #expect(try ForecastCase(configuration, calibration: .demo()).run().hasLikelihoods == isPossible)
  }

  @Test("of a case that was begun, what is left is counted, and its answers tell how long others may be")
  func estimate() async throws {
    let folder = try TemporaryFolder()
    let now = Date(timeIntervalSince1970: 1_790_000_000)
    let configuration = try ServedCase.configuration(port: 9, in: folder.path, prompts: 2)
    let file = folder.file("begun.retort")
    let whole = try EstimateRun(configuration, file: file, checks: true).run(now: now)
    // Six models, two prompts, two samples; at most twelve requests to see what an endpoint obeys.
    #expect(whole.estimate.calls == 24 && whole.answered == 0 && whole.checkCalls == 72 && !whole.isOfAnother)
    #expect(whole.estimate.answerShare == 0.5 && !FileBytes.exists(file))
    let plan = Plan.items(of: configuration)
    let store = try CaseStore.create(at: file, configuration: configuration, plan: plan, tool: "t")
    let run = try store.beginRun(started: "2026-11-23T12:44:10.000Z", tool: "t")
    try store.append(SampleCase.answered(plan[0]), run: run)
    try store.close()
    let rest = try EstimateRun(configuration, file: file, checks: false).run(now: now)
    #expect(rest.estimate.calls == 23 && rest.answered == 1 && rest.checkCalls == 0 && !rest.isOfAnother)
    // It is charged with seven tokens, three of them the prompt's; the limit of an answer is 24.
    #expect(abs(rest.estimate.answerShare - 4.0 / 24) < 1e-12)
    let other = try ServedCase.configuration(port: 9, in: folder.path, prompts: 3)
    let refused = try EstimateRun(other, file: file, checks: false).run(now: now)
    #expect(refused.isOfAnother && refused.answered == 0 && refused.estimate.calls == 36)
    let (asked, _) = try await ServedCase.answered()
    let done = try EstimateRun(ServedCase.configuration(port: 9, in: folder.path), file: asked, checks: false).run(
      now: now)
    #expect(done.estimate.calls == 0 && done.answered == 60)
  }

  @Test("the rehearsal's case asks its student and all others as often as a ratio and the same-model test need")
  func rehearsal() throws {
    let folder = try TemporaryFolder()
    let file = try RehearsalCase.write(to: folder.path, url: Self.nobody)
    let configuration = try CaseConfigurationReader.read(file: file)
    #expect(configuration.suspect.id == RehearseDemo.student)
    #expect(configuration.candidates.map(\.id.rawValue) == ["teacher"])
    #expect(configuration.cohort.map(\.id.rawValue) == (["independent"] + DemoWorld.cohort.map(\.name)))
    #expect(configuration.lineage[ModelID("teacher")]?.developer == "author of teacher")
    #expect(configuration.models.allSatisfy { $0.endpoint.url == Self.nobody })
    #expect(configuration.probes.first?.prompt == DemoWorld.probePrompts[0])
    // 120 probes, 24 of them twice, of ten models.
    #expect(configuration.probes.count == 120 && configuration.plannedItems == 1_440)
    let pair = try #require(try ForecastCase(configuration).run().pairs.first)
    #expect(pair.reasons == [] && pair.repeated == 24 && pair.leftOut.isEmpty)
    try FileBytes.write("seed: 1\n".utf8, to: file)
    #expect(try RehearsalCase.write(to: folder.path, url: Self.nobody) == file)
    #expect(try CaseConfigurationReader.read(file: file) == configuration)
  }
}
