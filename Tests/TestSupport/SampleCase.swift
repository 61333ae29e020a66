package import CaseFile
package import Cases
import GRDB

/// A case of six models and a few probes, made in code.
package enum SampleCase {
  package static func configuration(
    probes: Int = 3, temperature: Double = 0.7, name: String = "sample", developer: String? = "A",
    logprobs: Bool = false
  ) throws -> CaseConfiguration {
    let lines = (0..<probes).map { #"{"id": "p\#($0)", "prompt": "Question \#($0)?"}"# + "\n" }.joined()
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: "\(name)-v1"),
        lineage: Lineage.Entry(developer: developer, teachers: name == "s" ? [ModelID("t")] : []))
    }
    return CaseConfiguration(
      name: name, seed: 18_446_744_073_709_551_615, suspect: model("s"), candidates: [model("t")],
      cohort: ["a", "b", "c", "d"].map(model), probeSets: [try ProbeSet.parse(Array(lines.utf8), file: "open.jsonl")],
      sampling: Sampling(temperature: temperature, logprobs: logprobs))
  }

  package static func plan(_ configuration: CaseConfiguration) -> [PlannedItem] {
    var items: [PlannedItem] = []
    for probe in configuration.probes {
      for model in configuration.models {
        items.append(
          PlannedItem(
            order: items.count, model: model.id, probe: probe.id, sample: 0, requestSeed: 1_000 + items.count))
      }
    }
    return items
  }

  package static func store(at file: String, _ configuration: CaseConfiguration) throws -> CaseStore {
    try CaseStore.create(at: file, configuration: configuration, plan: plan(configuration), tool: "test 1")
  }

  package static func answered(
    _ item: PlannedItem, text: String = "An answer.", outcome: Attempt.Outcome = .ok, tokens: [TokenLogprob]? = nil,
    reasoning: String? = nil
  ) -> Attempt {
    attempt(
      item, outcome: outcome,
      answer: Answer(
        text: text, reasoning: reasoning, reasoningSource: reasoning.map { _ in "reasoning" }, finish: "stop",
        promptTokens: 3, completionTokens: 4, declaredModel: "declared-1",
        fingerprint: "fp_1", tokens: tokens), failure: nil)
  }

  package static func failed(_ item: PlannedItem) -> Attempt {
    attempt(
      item, outcome: .failed, answer: nil, failure: Attempt.Failure(kind: "transient", detail: "status 500: \0 oops"))
  }

  private static func attempt(
    _ item: PlannedItem, outcome: Attempt.Outcome, answer: Answer?, failure: Attempt.Failure?
  ) -> Attempt {
    Attempt(
      item: item,
      times: Attempt.Times(
        started: "2026-11-23T12:44:10.123Z", ended: "2026-11-23T12:44:11.000Z", startedNanoseconds: 5 * item.order,
        firstByteNanoseconds: nil, endedNanoseconds: 5 * item.order + 3),
      request: Attempt.Request(
        url: "http://127.0.0.1:9/v1/chat/completions",
        headers: [Attempt.Header(name: "content-type", value: "application/json")],
        body: Array("request \(item.order)".utf8)),
      response: Attempt.HTTPResponse(
        status: failure == nil ? 200 : 500, headers: [], body: Array("response \(item.order) \(outcome)".utf8),
        isRedacted: false),
      outcome: outcome, answer: answer, failure: failure, chargedTokens: failure == nil ? 7 : 0)
  }

  /// What SQLite itself finds in a file that nobody has open.
  package static func integrity(_ file: String) throws -> [String] {
    let raw = try DatabaseQueue(path: file)
    defer { try? raw.close() }
    return try raw.read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check")
        + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map(\.description)
    }
  }
}
