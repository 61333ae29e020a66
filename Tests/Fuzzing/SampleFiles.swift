import CaseFile
import Cases
import Custody
import Evidence
import Formats
import Foundation

/// A small case and its evidence, made by the program as it is: formats that change need no new seeds.
struct SampleFiles {
  let caseFile: [UInt8]
  let tar: [UInt8]
  let key: SigningKey

  init() throws {
    guard let key = SigningKey(name: "lab.example.org", seed: Array(repeating: 7, count: 32)) else {
      throw FuzzFault(description: "no key")
    }
    self.key = key
    let file = "\(Workplace.folder)/sample.retort"
    let tar = "\(Workplace.folder)/sample.tar"
    let configuration = try Self.configuration()
    let store = try CaseStore.create(
      at: file, configuration: configuration, plan: Self.plan(configuration), tool: "fuzz 1",
      analysis: PlannedAnalysis(
        question: "Was s trained on answers of t?", proposition: "It was.", alternatives: ["no_link"],
        alternative: "no_link", method: 2,
        channels: ["style": 1], calibration: nil, exclusions: [], stopping: "All are answered."), signer: key)
    _ = try store.signedHead(by: key)
    let run = try store.beginRun(started: Self.time(0), tool: "fuzz 1")
    for item in try store.remaining() { try store.append(Self.attempt(item), run: run) }
    _ = try store.signedHead(by: key)
    _ = try EvidenceExport(
      store, key: key, withholding: .nothing, attachments: [("report/result.json", Array("{}\n".utf8))]
    ).write(to: tar)
    try store.close()
    caseFile = try FileBytes.read(file)
    self.tar = try FileBytes.read(tar)
  }

  static func configuration() throws -> CaseConfiguration {
    let lines = (0..<2).map { #"{"id": "p\#($0)", "prompt": "Question \#($0)?"}"# + "\n" }.joined()
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: "\(name)-v1"),
        lineage: Lineage.Entry(developer: "D", teachers: name == "s" ? [ModelID("t")] : []))
    }
    return CaseConfiguration(
      name: "sample", seed: 7, suspect: model("s"), candidates: [model("t")], cohort: ["a", "b", "c", "d"].map(model),
      probeSets: [try ProbeSet.parse(Array(lines.utf8), file: "open.jsonl")], sampling: Sampling(logprobs: true))
  }

  private static func plan(_ configuration: CaseConfiguration) -> [PlannedItem] {
    configuration.probes.flatMap { probe in configuration.models.map { (probe.id, $0.id) } }.enumerated().map {
      PlannedItem(order: $0, model: $1.1, probe: $1.0, sample: 0, requestSeed: 1_000 + $0)
    }
  }

  private static func time(_ seconds: Int) -> String {
    UTCTime.text(Date(timeIntervalSinceNow: Double(seconds)))
  }

  private static func attempt(_ item: PlannedItem) -> Attempt {
    let failed = item.order == 7
    let text = "Answer \(item.order)"
    let answer = Answer(
      text: text, reasoning: item.order % 3 == 0 ? "Thought" : nil,
      reasoningSource: item.order % 3 == 0 ? "reasoning" : nil,
      finish: "stop", promptTokens: 3, completionTokens: 4, declaredModel: "m-1", fingerprint: "fp",
      tokens: item.order == 2 ? [TokenLogprob(token: "An", id: 7, bytes: [65, 110], logprob: -0.5, top: nil)] : nil)
    let body =
      failed
      ? #"{"error":{"message":"oops"}}"#
      : #"{"choices":[{"message":{"content":"\#(text)"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3}}"#
    return Attempt(
      item: item,
      times: Attempt.Times(
        started: time(item.order), ended: time(item.order), startedNanoseconds: item.order * 1_000_000_000,
        firstByteNanoseconds: nil, endedNanoseconds: item.order * 1_000_000_000 + 3),
      request: Attempt.Request(
        url: "http://127.0.0.1:9/v1/chat/completions",
        headers: [Attempt.Header(name: "content-type", value: "application/json")], body: Array("{}".utf8)),
      response: Attempt.HTTPResponse(
        status: failed ? 500 : 200, headers: [Attempt.Header(name: "date", value: "Sun, 06 Nov 1994 08:49:37 GMT")],
        body: Array(body.utf8), isRedacted: false),
      outcome: failed ? .failed : .ok, answer: failed ? nil : answer,
      failure: failed ? Attempt.Failure(kind: "transient", detail: "status 500: oops") : nil,
      chargedTokens: failed ? 0 : 7)
  }
}
