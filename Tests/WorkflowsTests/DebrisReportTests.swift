import Cases
import Formats
import Likelihood
import Reporting
import TestSupport
import Testing
import Workflows

/// Two models that have nothing to do with each other, and what one server or one tool put around the answers of both.
@Suite("Debris in a report")
struct DebrisReportTests {
  private static let pair = [ModelID("m2"), ModelID("m5")]

  private static func contents(_ around: (_ model: Int, _ prompt: Int, _ text: String) -> String) -> CaseContents {
    var transcripts = Voices.transcripts(prompts: 60)
    for (place, model) in pair.enumerated() {
      guard let own = transcripts[model] else { continue }
      let responses = own.responses.enumerated().map { number, response in
        Response(prompt: response.prompt, sample: 0, text: around(place, number, response.text))
      }
      transcripts[model] = Transcript(model: model, responses: responses, source: own.source)
    }
    let cohort = transcripts.keys.filter { !pair.contains($0) }.sorted()
    return CaseContents(
      name: "debris", suspect: pair[0], candidates: [pair[1]], cohort: cohort, transcripts: transcripts,
      lineage: Lineage(), seed: 3)
  }

  private static func document(_ contents: CaseContents) async throws -> JSONValue {
    try #require(JSONValue(parsing: try await AnalyseCase(tool: "t").report(contents).json()))
  }

  @Test(
    "is no finding: listed with its counts, left out of the score, and the score with it is told",
    arguments: [
      "<|im_start|>assistant\n", "Assistant: The answer to the question that was asked is as follows. ",
      "§q7~ the tool of the house says in reply: ",
    ])
  func noFinding(mark: String) async throws {
    let plain = try await Self.document(Self.contents { $2 })
    let found = try await Self.document(Self.contents { mark + $2 })
    #expect(plain["debris"] == nil && found["verdicts"]?.array?.first?["standing"] == .string("does_not_stand_out"))
    let debris = try #require(found["debris"])
    let models = (debris["found"]?.array ?? []).compactMap { $0["model"]?.string }
    #expect(Set(models) == ["m2", "m5"])
    #expect(debris["found"]?.array?.allSatisfy { $0["count"]?.integer == 60 && $0["of"]?.integer == 60 } == true)
    // What is left is what was there before: so is the score.
    let scores = [plain, found].map { $0["candidates"]?.array?.first?["combined"]?["score"]?.number ?? .nan }
    #expect(abs(scores[0] - scores[1]) < 1e-6)
    #expect(debris["with"]?.array?.first?["combined"]?.number ?? 0 > scores[1] + 1)
  }

  @Test("a finding that hangs on it is said to be none")
  func hangs() async throws {
    let sentence =
      "The service is busy at this hour, and your question could not be answered; please ask again later on."
    let found = try await Self.document(Self.contents { $1.isMultiple(of: 2) ? sentence : $2 })
    #expect(found["debris"]?["with"]?.array?.first?["stands_out"] == .bool(true))
    let verdict = found["verdicts"]?.array?.first
    #expect(verdict?["standing"] == .string("does_not_stand_out"))
    #expect(verdict?["sentence"]?.string?.contains("that is no finding") == true)
  }

  @Test(
    "where suspect and candidate do not both have some, no score with it is told, but by the rules of before",
    arguments: [0, 1])
  func alone(place: Int) async throws {
    let contents = Self.contents { $0 == place ? "<|im_start|>assistant\n" + $2 : $2 }
    let found = try await Self.document(contents)["debris"]
    #expect(found?["found"]?.array?.map { $0["model"]?.string } == [Self.pair[place].rawValue])
    #expect(found?["with"]?.array?.isEmpty == true)
    let method = CohortMethod.current
    let earlier = AnalyseCase(
      method: method, calibration: try .shipped(for: method), tool: "t", rules: .before0_8)
    let before = JSONValue(parsing: try await earlier.report(contents).json())
    #expect(before?["debris"]?["with"]?.array?.count == 1)
  }

  @Test("prompts that were given back are no finding; of evidence of before they are words, as they were")
  func echoes() async throws {
    let asked = { (number: Int) in Digest(of: "question \(number)").hex }
    let plain = Self.contents { $2 }
    let given = Self.contents { "\(asked($1))\n\($2)" }
    let prompts = Dictionary(
      uniqueKeysWithValues: given.transcripts[Self.pair[0]]?.responses.enumerated().map { ($1.prompt, asked($0)) } ?? []
    )
    let known = given.with(transcripts: given.transcripts.mapValues { $0.knowing(prompts) })
    let found = try await Self.document(known)
    #expect(found["debris"]?["found"]?.array?.map { $0["kind"]?.string } == ["echo", "echo"])
    let scores = try await [Self.document(plain), found].map {
      $0["candidates"]?.array?.first?["combined"]?["score"]?.number ?? .nan
    }
    #expect(abs(scores[0] - scores[1]) < 1e-6)
    let method = CohortMethod.current
    let earlier = AnalyseCase(
      method: method, calibration: try .shipped(for: method), tool: "t", rules: .before0_10)
    let before = try #require(JSONValue(parsing: try await earlier.report(known).json()))
    #expect(before["debris"]?["found"]?.array?.contains { $0["kind"] == .string("echo") } != true)
    #expect(before["candidates"]?.array?.first?["combined"]?["score"]?.number ?? 0 > scores[1] + 1)
  }

  @Test("no word of a model stands among the marks where none may stand")
  func excerpts() async throws {
    let sentence = "The service is busy at this hour, and your question could not be answered."
    let report = try await AnalyseCase(excerpts: false, tool: "t").report(
      Self.contents { $1.isMultiple(of: 2) ? sentence : $2 })
    let files = try ReportFiles(report)
    #expect(!files.html.contains("busy at this hour") && !files.markdown.contains("busy at this hour"))
    #expect(files.markdown.contains("Debris"))
  }
}
