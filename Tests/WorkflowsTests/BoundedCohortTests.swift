import Cases
import Formats
import Reporting
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

  @Test("the nearest strangers stay, others are drawn by the seed, and the report says how many")
  func drawn() async throws {
    let recorded = try Self.folder()
    let contents = try await Self.recordedCase(recorded, most: 15).contents()
    #expect(contents.draw == CohortDraw(given: 30, nearest: 3, drawn: 12))
    #expect(contents.cohort.count == 15 && contents.transcripts.count == 17)
    #expect((0..<3).allSatisfy { contents.cohort.contains(ModelID("near\($0)")) })
    #expect(try await Self.recordedCase(recorded, most: 15).contents().cohort == contents.cohort)
    #expect(try await Self.recordedCase(recorded, most: 15, seed: 2).contents().cohort != contents.cohort)
    let report = try await AnalyseCase(tool: "t").report(contents)
    let limits = JSONValue(parsing: try report.json())?["limits"]?.array?.compactMap(\.string) ?? []
    #expect(limits.contains { $0.hasPrefix("Of 30 models of the cohort 15 were compared: the 3 that") })
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
