import Cases
import Formats
import Likelihood
import Reporting
import Terminal
import TestSupport
import Testing
import Workflows

/// More models than a question needs.
@Suite("A cohort that is drawn")
struct BoundedCohortTests {
  /// Thirty models; `near…` speak in the suspect's words half of the time, `kin` all the time.
  private static func folder() throws -> RecordedFolder {
    let recorded = try RecordedFolder()
    func text(_ voice: Int, _ prompt: Int) -> String {
      (0..<12).map { "v\(voice)w\((prompt * 5 + $0 * $0 * (voice + 1)) % 9) t\(($0 + prompt) % 4)" }.joined(
        separator: " ")
    }
    func write(_ name: String, _ voice: (Int) -> Int) throws {
      let responses = (0..<24).map {
        Response(prompt: PromptID("p\(100 + $0)"), sample: 0, text: text(voice($0), $0))
      }
      try recorded.write(responses, to: name)
    }
    try write("m1.jsonl") { _ in 1 }
    try write("m0.jsonl") { _ in 0 }
    for place in 0..<3 { try write("cohort/near\(place).jsonl") { $0 % 2 == 0 ? 1 : 50 + place } }
    try write("cohort/kin.jsonl") { _ in 1 }
    for place in 0..<26 { try write("cohort/far\(place).jsonl") { _ in 2 + place } }
    try recorded.write("model,developer\nm1,Mine\nkin,Mine\n", to: "lineage.csv")
    return recorded
  }

  private static func recordedCase(_ recorded: RecordedFolder, most: Int, seed: UInt64 = 1) -> RecordedCase {
    RecordedCase(
      suspect: "\(recorded.path)/m1.jsonl", candidates: ["\(recorded.path)/m0.jsonl"],
      cohort: "\(recorded.path)/cohort",
      lineage: "\(recorded.path)/lineage.csv", seed: seed, maximumCohort: most)
  }

  /// All of them in one folder, where nobody says who the candidates are.
  private static func source() throws -> AnswerSource {
    let recorded = try folder()
    for name in ["m0", "m1"] {
      try FileBytes.write(
        try FileBytes.read("\(recorded.path)/\(name).jsonl"), to: "\(recorded.path)/cohort/\(name).jsonl")
    }
    return AnswerSource(
      path: "\(recorded.path)/cohort", suspect: "m1", lineage: "\(recorded.path)/lineage.csv")
  }

  @Test("the nearest strangers stay, others are drawn by the seed, and the report says how many")
  func drawn() async throws {
    let recorded = try Self.folder()
    let contents = try await Self.recordedCase(recorded, most: 15).contents()
    #expect(contents.draw == CohortDraw(given: 30, nearest: 3, drawn: 12, seed: 1))
    #expect(contents.cohort.count == 15 && contents.transcripts.count == 17)
    #expect((0..<3).allSatisfy { contents.cohort.contains(ModelID("near\($0)")) })
    #expect(try await Self.recordedCase(recorded, most: 15).contents().cohort == contents.cohort)
    #expect(try await Self.recordedCase(recorded, most: 15, seed: 2).contents().cohort != contents.cohort)
    let report = try await AnalyseCase(tool: "t").report(contents)
    let limits = JSONValue(parsing: try report.json())?["limits"]?.array?.compactMap(\.string) ?? []
    #expect(limits.contains { $0.hasPrefix("Of 30 models of the cohort 15 were compared: the 3 that") })
  }

  @Test("answers that are held already are chosen from as those that are read, and the report is the same to the byte")
  func held() async throws {
    let recorded = try Self.folder()
    let workflow = try AnalyseCase(tool: "t")
    let chosen = try await Self.recordedCase(recorded, most: 15).contents()
    let all = try await Self.recordedCase(recorded, most: 30).contents()
    let held = try await workflow.report(all, maximumCohort: 15).json()
    let read = try await workflow.report(chosen).json()
    let whole = try await workflow.report(all).json()
    #expect(held == read && held != whole)
  }

  @Test("explain keeps the pair and the nearest strangers, and says how many of the others were drawn")
  func explain() async throws {
    let explaining = ExplainPair(try Self.source(), candidate: "m0")
    let found = try await explaining.run(limit: 3, maximumCohort: 15)
    #expect(found.draw == CohortDraw(given: 30, nearest: 3, drawn: 12, seed: 1))
    let members = found.explanation.selection.members
    #expect((0..<3).allSatisfy { members.contains(ModelID("near\($0)")) } && (14...15).contains(members.count))
    #expect(!members.contains(ModelID("kin")))
    let lines = ExplainText.lines(found.explanation, draw: found.draw)
    #expect(lines.first?.hasPrefix("Of 30 models of the cohort 15 were compared: the 3 that") == true)
    let whole = try await explaining.run(limit: 3, maximumCohort: 30)
    #expect(whole.draw == nil && whole.explanation.selection.members.count == 29)
    #expect(ExplainText.json(whole.explanation, draw: whole.draw, tool: "t")["draw"] == nil)
  }

  @Test("channels of a folder are those of the models that were chosen, relatives among the nearest")
  func channels() async throws {
    let measuring = MeasureChannels(try Self.source())
    let found = try await measuring.run(channels: ["openings_2"], maximumCohort: 15)
    #expect(found.draw == CohortDraw(given: 31, nearest: 3, drawn: 12, seed: 1))
    #expect(found.table.rows.count == 15 && found.table.rows.contains { $0.model == ModelID("kin") })
    let lines = ChannelsText.lines(found.table, found.shortAnswers, draw: found.draw, top: 1)
    #expect(lines.first?.hasPrefix("Of 31 models of the cohort 15 were compared: the 3 that") == true)
    let whole = try await measuring.run(channels: ["openings_2"], maximumCohort: 31)
    #expect(whole.draw == nil && whole.table.rows.count == 31)
    // Who says how many, gets as many.
    let nearest = try await measuring.run(nearest: 20, channels: ["openings_2"], maximumCohort: 15)
    #expect(nearest.draw == nil && nearest.table.rows.count == 20)
  }

  @Test(
    "what is said of a draw is in the schemas",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func schemas() async throws {
    let source = try Self.source()
    let pair = try await ExplainPair(source, candidate: "m0").run(limit: 3, maximumCohort: 15)
    let explained = ExplainText.json(pair.explanation, draw: pair.draw, tool: "t")
    #expect(explained["draw"]?["seed"]?.string == "1")
    #expect(try Schemas.violations(of: explained.canonical, "explain") == "")
    let found = try await MeasureChannels(source).run(channels: ["openings_2"], maximumCohort: 15)
    let document = ChannelsText.document(found.table, found.shortAnswers, draw: found.draw, tool: "t")
    #expect(document["draw"]?["given"]?.integer == 31)
    #expect(try Schemas.violations(of: document.canonical, "channels") == "")
  }

  @Test("a cohort that is small enough is compared whole")
  func whole() async throws {
    let recorded = try Self.folder()
    let contents = try await Self.recordedCase(recorded, most: 30).contents()
    #expect(contents.draw == nil && contents.cohort.count == 30 && contents.transcripts.count == 32)
    let report = try await AnalyseCase(tool: "t").report(contents)
    #expect(!String(decoding: try report.json(), as: UTF8.self).contains("were compared: the"))
  }
}
