import CaseFile
import Cases
import Foundation
import Probing
import Testing

@Suite("Limits of what is sent and received")
struct ProbingLimitsTests {
  @Test(
    "a response of too many values is a failure that names the limit",
    arguments: [Endpoint.DialectName.openAIChat, .gemini])
  func responses(name: Endpoint.DialectName) {
    for value in ["[]", #"{"":0}"#] {
      let body = #"{"choices":["# + String(repeating: value + ",", count: 800_000) + "0]}"
      guard case .failure(let kind, let detail, _) = name.dialect.read(status: 200, body: Array(body.utf8)) else {
        Issue.record("read")
        return
      }
      #expect(kind == .configuration && detail.contains("of more than 4000000 values"), "\(detail)")
    }
  }

  @Test("the events of a stream share what one response may take")
  func streams() {
    let list = String(repeating: "[],", count: 20_000)
    let event =
      #"data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}],"x":["# + list + "0]}\n\n"
    func read(_ count: Int) -> DialectReading {
      let body = String(repeating: event, count: count) + "data: [DONE]\n\n"
      return Endpoint.DialectName.openAIChat.dialect.read(status: 200, body: Array(body.utf8))
    }
    // A list of 20,000 takes 120,000 of 12 million, and 60 KB of the 8 MiB that are read.
    guard case .answer = read(2), case .failure(let kind, let detail, _) = read(101) else {
      Issue.record("\(read(2))")
      return
    }
    #expect(event.utf8.count * 101 < HTTPTransport.bodyLimit)
    #expect(kind == .configuration)
    #expect(detail.hasPrefix("a stream of more than 65536 events or 12000000 values: "), "\(detail)")
  }

  @Test("an answer that is pasted has a length")
  func pasted() async {
    let line = String(repeating: "x", count: 1 << 20)
    let transport = ManualTransport(show: { _, _, _ in }, read: { line })
    let reply = await transport.send(
      TransportRequest(
        request: Attempt.Request(url: Endpoint.manualURL, headers: [], body: Array(#"{"prompt":"?"}"#.utf8)),
        credentials: nil, timeout: .seconds(60)))
    #expect(reply.problem == .bodyTooLarge(limit: HTTPTransport.bodyLimit))
  }

  @Test("answers that are put to models make no plan beyond its limit")
  func likelihoods() throws {
    let lines = #"{"id": "p", "prompt": "Why?"}"#
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(id: ModelID(name), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: name))
    }
    let configuration = CaseConfiguration(
      name: "n", seed: 1, suspect: model("s"), candidates: (0..<99).map { model("t\($0)") }, cohort: [],
      probeSets: [try ProbeSet.parse(Array(lines.utf8), file: "p.jsonl")])
    let given = GivenAnswer(text: "a", model: nil, prompt: PromptID("p"), sample: 0)
    #expect(throws: ProbingError.planTooLarge(answers: 50_001, models: 100)) {
      try LikelihoodCase().configuration(of: configuration, given: Array(repeating: given, count: 50_001))
    }
  }

  @Test("charges that a case file states add up to the largest number, and not beyond")
  func charges() throws {
    let configuration = CaseConfiguration(
      name: "n", seed: 1,
      suspect: CaseConfiguration.Model(id: ModelID("s"), endpoint: Endpoint(url: "http://127.0.0.1:9/v1", model: "s")),
      candidates: [], cohort: [],
      probeSets: [try ProbeSet.parse(Array(#"{"id": "p", "prompt": "Why?"}"#.utf8), file: "p.jsonl")])
    let spending = [(Int.max, Int.min), (.max, 0), (.min, .max), (.max, .max)].map {
      CaseStore.Spending(model: ModelID("s"), probe: PromptID("p"), tokens: $0, promptTokens: $1)
    }
    let share = Estimate.answerShare(of: spending, configuration: configuration)
    #expect(share.map { (0...1).contains($0) } == true)
  }
}
