import Cases
import Formats
import Foundation
import Likelihood
import Monitoring
import Rendering
import Reporting

/// Cases of any size for the tests of the report; what the models say is for each test to decide.
enum ReportFixtures {
  static func names(_ count: Int) -> [String] {
    ["suspect", "teacher"] + (1...max(count - 2, 1)).map { "c\($0)" }
  }

  /// - Parameters:
  ///   - models: suspect, candidates, cohort, in this order.
  ///   - text: of a model, by its place, to a prompt; nil where it gave none.
  static func contents(
    models names: [String], candidates: Int = 1, prompts: Int, ledger: AttemptLedger? = nil, run: RunSummary? = nil,
    commission: Commission = Commission(), asked: (Int) -> String = { "Question number \($0)?" },
    text: (Int, Int) -> String?
  ) -> CaseContents {
    let models = names.map { ModelID($0) }
    let transcripts = models.enumerated().map { place, model in
      Transcript(
        model: model,
        responses: (0..<prompts).compactMap { prompt in
          text(place, prompt).map { Response(prompt: id(prompt), sample: 0, text: $0) }
        }, source: Digest(of: model.rawValue))
    }
    return CaseContents(
      name: "a case", suspect: models[0], candidates: Array(models[1...candidates]),
      cohort: Array(models[(1 + candidates)...]),
      transcripts: Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }), lineage: lineage(of: models),
      probes: Dictionary(
        uniqueKeysWithValues: (0..<prompts).map {
          (id($0), Probe(id: id($0), prompt: asked($0), category: "c\($0 % 3)"))
        }
      ), seed: 3, run: run, ledger: ledger, commission: commission)
  }

  /// A base of its own for each model, so that nobody is related, and of everybody it is stated.
  static func lineage(of models: [ModelID]) -> Lineage {
    Lineage(
      Dictionary(
        uniqueKeysWithValues: models.enumerated().map { ($0.element, Lineage.Entry(base: "base \($0.offset)")) }))
  }

  static func id(_ prompt: Int) -> PromptID { PromptID("p\(String(format: "%04d", prompt))") }

  /// An answer from a small vocabulary of one voice; the suspect takes every second one from the teacher's.
  static func voice(_ place: Int, _ prompt: Int, words: Int = 20) -> String {
    let voice = place == 0 && prompt % 2 == 0 ? 1 : place
    return (0..<words).map { "v\(voice)w\((prompt * 7 + $0 * $0 * (voice + 2)) % 11) s\($0 % 5)" }
      .joined(separator: " ")
  }

  /// A ledger of as many attempts, a second apart, asked in turn; every `failing`th fails.
  static func ledger(models: [String], prompts: Int, failing: Int = 0) -> AttemptLedger {
    let items = (0..<prompts).flatMap { prompt in models.map { (prompt, $0) } }
    return AttemptLedger(
      attempts: items.enumerated().map { place, item in
        AttemptLedger.Entry(
          number: place + 1, model: ModelID(item.1), probe: id(item.0), sample: 0,
          outcome: failing > 0 && place % failing == failing - 1 ? "failed" : "ok", started: time(place),
          ended: time(place + 1), hash: Digest(of: "attempt \(place)").hex)
      }, commitments: [:])
  }

  private static func time(_ seconds: Int) -> String {
    String(format: "2026-11-23T%02d:%02d:%02d.000Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
  }

  static func run(models: [String], prompts: Int) -> RunSummary {
    RunSummary(
      endpoints: models.map {
        .init(
          model: ModelID($0), dialect: "openai-chat", url: "https://api.example.org/v1", requestedModel: $0,
          declaredModels: ["\($0)-2026"], declaredFingerprints: [], planned: prompts, attempts: prompts,
          outcomes: ["ok": prompts])
      }, firstAttempt: time(0), lastAttempt: time(1), chainHead: Digest(of: "head").hex,
      configuration: Digest(of: "configuration").hex)
  }

  static func report(
    _ contents: CaseContents, calibration: Calibration? = nil, excerpts: Bool = true, replicates: Int = 50,
    tool: String = "retort test"
  ) async throws -> Report {
    Report(
      contents, try await CohortAnalysis(calibration: calibration, replicates: replicates).run(contents),
      sameModel: [:], tool: tool, excerpts: excerpts)
  }

  /// `result.json`, `report.md` and `report.html`.
  static func renderings(_ report: Report) throws -> [String] {
    [String(decoding: try report.json(), as: UTF8.self), try report.markdown(), try report.html()]
  }
}
