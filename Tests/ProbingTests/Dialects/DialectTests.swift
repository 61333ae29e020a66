import Cases
import Formats
import Probing
import Testing

/// One response for each dialect, from the vendors' documentation (no server of theirs can run here), and what it says.
struct DialectFixture: Sendable, CustomTestStringConvertible {
  let name: Endpoint.DialectName
  let body: String
  let text: String
  let reasoning: String?
  let finish: String
  /// Prompt, completion.
  let counts: [Int]
  let tokens: [String]
  /// What stands in place of the last word where the answer was cut, withheld or refused.
  let endings: [(from: String, to: String, outcome: Attempt.Outcome)]

  var testDescription: String { name.rawValue }
  var dialect: any Dialect { name.dialect }

  static let all = [
    DialectFixture(
      name: .anthropic,
      body: """
        {"id":"msg_1","type":"message","role":"assistant","model":"m-1","content":[{"type":"thinking","thinking":"hm",
        "signature":"s"},{"type":"text","text":"Hi "},{"type":"text","text":"you"}],"stop_reason":"end_turn",
        "stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":5}}
        """, text: "Hi you", reasoning: "hm", finish: "stop", counts: [9, 5], tokens: [],
      endings: [
        (#""end_turn""#, #""max_tokens""#, .truncated), (#""end_turn""#, #""refusal""#, .refused),
        (#""end_turn""#, #""stop_sequence""#, .ok), (#"[{"type":"thinking""#, #"[],"x":[{"type":"thinking""#, .empty),
      ]),
    DialectFixture(
      name: .gemini,
      body: """
        {"candidates":[{"index":0,"finishReason":"STOP","content":{"role":"model","parts":[{"text":"hm","thought":true},
        {"text":"Hi"}]},"logprobsResult":{"chosenCandidates":[{"token":"Hi","tokenId":2151,"logProbability":-0.25}],
        "topCandidates":[{"candidates":[{"token":"Hi","tokenId":2151,"logProbability":-0.25},{"token":"Ho","tokenId":7}]}]}}],
        "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"thoughtsTokenCount":2},"modelVersion":"m-1"}
        """, text: "Hi", reasoning: "hm", finish: "stop", counts: [9, 5], tokens: ["Hi"],
      endings: [
        (#""STOP""#, #""MAX_TOKENS""#, .truncated), (#""STOP""#, #""SAFETY""#, .filtered),
        (#""STOP""#, #""RECITATION""#, .filtered),
        (#"{"candidates""#, #"{"promptFeedback":{"blockReason":"SAFETY"},"candidates""#, .filtered),
        (#"{"text":"Hi"}"#, #"{"text":""}"#, .empty),
      ]),
    DialectFixture(
      name: .ollama,
      body: """
        {"model":"m-1","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"Hi","thinking":"hm"},
        "done":true,"done_reason":"stop","logprobs":[{"token":"Hi","logprob":-0.25,"bytes":[72,105],"top_logprobs":[]}],
        "total_duration":1,"prompt_eval_count":9,"eval_count":5}
        """, text: "Hi", reasoning: "hm", finish: "stop", counts: [9, 5], tokens: ["Hi"],
      endings: [
        (#""stop""#, #""length""#, .truncated), (#""content":"Hi""#, #""content":"""#, .empty),
      ]),
    DialectFixture(
      name: .openAIResponses,
      body: """
        {"id":"resp_1","object":"response","status":"completed","model":"m-1","error":null,"incomplete_details":null,
        "output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},{"type":"message","role":"assistant",
        "content":[{"type":"output_text","text":"Hi","logprobs":[{"token":"Hi","bytes":[72,105],"logprob":-0.25,
        "top_logprobs":[]}]}]}],"usage":{"input_tokens":9,"output_tokens":5,"output_tokens_details":{"reasoning_tokens":2}}}
        """, text: "Hi", reasoning: "hm", finish: "stop", counts: [9, 5], tokens: ["Hi"],
      endings: [
        (
          #""completed","model":"m-1","error":null,"incomplete_details":null"#,
          #""incomplete","incomplete_details":{"reason":"max_output_tokens"}"#, .truncated
        ),
        (
          #""completed","model":"m-1","error":null,"incomplete_details":null"#,
          #""incomplete","incomplete_details":{"reason":"content_filter"}"#, .filtered
        ),
        (#""output_text","text":"Hi""#, #""refusal","refusal":"No.""#, .refused),
      ]),
    DialectFixture(
      name: .openAICompletions,
      body: """
        {"id":"cmpl-1","object":"text_completion","model":"m-1","choices":[{"text":" cat","index":0,
        "logprobs":{"tokens":[" cat"],"token_logprobs":[-0.25],"top_logprobs":[{" cat":-0.25," dog":-4.3}],
        "text_offset":[0]},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":5}}
        """, text: " cat", reasoning: nil, finish: "stop", counts: [9, 5], tokens: [" cat"],
      endings: [
        (#""finish_reason":"stop""#, #""finish_reason":"length""#, .truncated),
        (#""finish_reason":"stop""#, #""finish_reason":"content_filter""#, .filtered),
      ]),
    DialectFixture(
      name: .llamaCpp,
      body: """
        {"index":0,"content":"-","tokens":[48],"stop":true,"model":"m-1","tokens_predicted":5,"tokens_evaluated":9,
        "stop_type":"eos","truncated":false,"completion_probabilities":[{"id":48,"token":"-","bytes":[45],"logprob":-0.25,
        "top_logprobs":[{"id":48,"token":"-","bytes":[45],"logprob":-0.25}]}]}
        """, text: "-", reasoning: nil, finish: "stop", counts: [9, 5], tokens: ["-"],
      endings: [
        (#""eos""#, #""limit""#, .truncated), (#""content":"-""#, #""content":"""#, .empty),
      ]),
    DialectFixture(
      name: .azure,
      body: """
        {"model":"m-1","choices":[{"index":0,"finish_reason":"stop","message":{"content":"Hi","reasoning":"hm"},
        "content_filter_results":{},"logprobs":{"content":[{"token":"Hi","logprob":-0.25,"bytes":[72,105]}]}}],
        "prompt_filter_results":[],"usage":{"prompt_tokens":9,"completion_tokens":5}}
        """, text: "Hi", reasoning: "hm", finish: "stop", counts: [9, 5], tokens: ["Hi"],
      endings: [(#""stop""#, #""content_filter""#, .filtered), (#""stop""#, #""length""#, .truncated)]),
  ]
}

@Suite("Dialects")
struct DialectTests {
  private func read(_ fixture: DialectFixture, _ body: String, status: Int = 200) -> DialectReading {
    fixture.dialect.read(status: status, body: Array(body.utf8))
  }

  @Test("each dialect but those that read as the chat one, and pasted answers, has its fixture")
  func complete() {
    let others: Set<Endpoint.DialectName> = [.openAIChat, .vllm, .openRouter, .deepSeek, .manual]
    #expect(Set(DialectFixture.all.map(\.name)).union(others) == Set(Endpoint.DialectName.allCases))
  }

  @Test("a documented response is read to the last field", arguments: DialectFixture.all)
  func fields(fixture: DialectFixture) throws {
    guard case .answer(let outcome, let answer) = read(fixture, fixture.body) else {
      Issue.record("no answer")
      return
    }
    #expect(outcome == .ok && answer.text == fixture.text && answer.finish == fixture.finish)
    #expect(answer.reasoning == fixture.reasoning && (answer.reasoningSource == nil) == (fixture.reasoning == nil))
    #expect([answer.promptTokens, answer.completionTokens] == fixture.counts.map(Optional.some))
    #expect(answer.declaredModel == "m-1")
    #expect((answer.tokens ?? []).map(\.token) == fixture.tokens)
    if let token = answer.tokens?.first { #expect(token.logprob == -0.25) }
  }

  @Test("what was cut, withheld, refused or left empty is an outcome of that name", arguments: DialectFixture.all)
  func endings(fixture: DialectFixture) {
    for (from, to, outcome) in fixture.endings {
      #expect(fixture.body.contains(from))
      let body = fixture.body.replacing(from, with: to)
      guard case .answer(let found, _) = read(fixture, body) else {
        Issue.record("no answer: \(to)")
        continue
      }
      #expect(found == outcome, "\(to)")
    }
  }

  @Test("an error in a response that claims success is a failure of its own class", arguments: DialectFixture.all)
  func inBand(fixture: DialectFixture) {
    let cases: [(Int, String, FailureClass)] = [
      (200, #"{"error":{"type":"rate_limit_error","message":"slow"}}"#, .throttle),
      (200, #"{"error":{"code":"rate_limit_exceeded","message":"slow"},"status":"failed","output":[]}"#, .throttle),
      (200, #"{"error":{"code":429,"message":"slow"}}"#, .throttle), (200, #"{"error":"boom"}"#, .transient),
      (529, #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#, .throttle),
      (429, #"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"retry"}}]"#, .throttle),
      (429, #"{"error":{"type":"insufficient_quota","message":"x"}}"#, .exhausted),
      (401, #"{"error":{"type":"authentication_error","message":"x"}}"#, .authentication),
      (404, #"{"error":"model 'x' not found"}"#, .configuration), (200, "{}", .transient), (200, "<html>", .transient),
      (502, "<html>", .transient),
    ]
    for (status, body, kind) in cases {
      guard case .failure(let found, _, _) = read(fixture, body, status: status) else {
        Issue.record("an answer: \(body)")
        continue
      }
      #expect(found == kind, "\(status) \(body)")
    }
  }

  @Test("no bytes crash a reader, and half a response is never an answer", arguments: DialectFixture.all)
  func anyBytes(fixture: DialectFixture) {
    let whole = Array(fixture.body.utf8)
    for cut in whole.indices {
      if case .answer = fixture.dialect.read(status: 200, body: Array(whole[..<cut])) {
        Issue.record("\(cut) bytes were taken for an answer")
      }
    }
    for _ in 0..<2_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8) { bytes[Int.random(in: bytes.indices)] = .random(in: .min ... .max) }
      _ = fixture.dialect.read(status: [200, 400, 429, 500].randomElement() ?? 200, body: bytes)
      _ = fixture.dialect.read(status: .random(in: 0..<999), body: (0..<60).map { _ in .random(in: .min ... .max) })
    }
    let names = fixture.body.split(separator: "\"").filter { $0.allSatisfy { $0.isLetter || $0 == "_" } }
    for value in ["null", "1", "[]", "{}", #""x""#, "true", "1e308"] {
      for name in Set(names) {
        _ = read(fixture, fixture.body.replacing("\"\(name)\":", with: "\"\(name)\":\(value),\"was\":"))
      }
    }
  }

  // MARK: Requests

  private static let item = PlannedItem(
    order: 0, model: ModelID("m"), probe: PromptID("p"), sample: 0, requestSeed: 7)

  private func request(
    _ name: Endpoint.DialectName, url: String = "http://h/v1", model: String = "M", logprobs: Bool = true,
    system: String? = "S", apiVersion: String? = nil, provider: String? = nil
  ) -> (url: String, headers: [String], body: JSONValue?) {
    let request = name.dialect.request(
      for: Self.item, probe: Probe(id: PromptID("p"), prompt: "U", system: system),
      endpoint: Endpoint(url: url, model: model, dialect: name, apiVersion: apiVersion, provider: provider),
      sampling: Sampling(temperature: 0.7, topP: 0.9, maxTokens: 64, logprobs: logprobs), maxTokens: 64)
    return (request.url, request.headers.map { "\($0.name): \($0.value)" }, JSONValue(parsing: request.body))
  }

  /// Members that a configuration may add to or say otherwise: objects that hold others, and what servers default to anything.
  private static let envelope: Set = [
    "options", "generationConfig", "stream_options", "provider", "thinking", "store", "include", "grammar",
    "top_k", "min_p", "repeat_penalty", "repetition_penalty", "cache_prompt", "return_tokens", "return_token_ids",
    "add_generation_prompt", "continue_final_message",
  ]

  @Test(
    "what a request sets itself, no configuration can set a second time",
    arguments: Endpoint.DialectName.allCases.filter { $0 != .manual })
  func ownFields(name: Endpoint.DialectName) throws {
    let given = GivenAnswer(
      text: "A", model: ModelID("t"), prompt: PromptID("q"), sample: 0, tokens: [ModelID("m"): [1, 2]])
    let ways: [(streams: Bool, given: GivenAnswer?, limit: Endpoint.TokenLimitField)] = [
      (true, nil, .maxTokens), (false, given, .maxCompletionTokens),
    ]
    for way in ways {
      let request = name.dialect.request(
        for: Self.item, probe: Probe(id: PromptID("p"), prompt: "U", system: "S", given: way.given),
        endpoint: Endpoint(
          url: "http://h/v1", model: "M", dialect: name, tokenLimitField: way.limit, provider: "x", streams: way.streams
        ),
        sampling: Sampling(temperature: 0.7, topP: 0.9, logprobs: true, promptLogprobs: true), maxTokens: 64)
      let members = try #require(JSONValue(parsing: request.body)?.object)
      let inner = ["options", "generationConfig"].flatMap { (members[$0]?.object ?? [:]).keys }
      let unknown = Set(members.keys).union(inner).subtracting(EndpointReader.ownFields).subtracting(Self.envelope)
      #expect(unknown == [], "\(name.rawValue) sets what `EndpointReader.ownFields` lacks")
    }
  }

  @Test("Anthropic: the version in a header, no seed, the key in x-api-key")
  func anthropic() {
    let (url, headers, body) = request(.anthropic)
    #expect(url == "http://h/v1/messages" && headers.contains("anthropic-version: 2023-06-01"))
    #expect(
      body
        == JSONValue(
          parsing:
            #"{"model":"M","system":"S","messages":[{"role":"user","content":"U"}],"max_tokens":64,"temperature":0.7,"top_p":0.9,"stream":false}"#
        ))
    #expect(AnthropicMessages().credentials("k") == Attempt.Header(name: "x-api-key", value: "k"))
  }

  @Test("Gemini: the model in the path, percent-encoded, and the key in a header")
  func gemini() {
    let (url, _, body) = request(.gemini, url: "http://h/v1beta", model: "models/a b?")
    #expect(url == "http://h/v1beta/models/a%20b%3F:generateContent")
    #expect(body?["generationConfig"]?["seed"] == .integer(7))
    #expect(body?["generationConfig"]?["responseLogprobs"] == .bool(true))
    #expect(body?["systemInstruction"]?["parts"]?.array?.first?["text"] == .string("S"))
    #expect(GeminiContent().credentials("k").name == "x-goog-api-key")
    #expect(request(.gemini, url: "http://h", model: "g-1").url == "http://h/models/g-1:generateContent")
  }

  @Test("Ollama and llama.cpp: every sampling parameter is sent, for theirs would differ")
  func servers() {
    let ollama = request(.ollama, url: "http://h")
    #expect(ollama.url == "http://h/api/chat" && ollama.body?["stream"] == .bool(false))
    let options = ollama.body?["options"]
    #expect(
      options?["top_k"] == .integer(0) && options?["min_p"] == .integer(0) && options?["num_predict"] == .integer(64))
    let llama = request(.llamaCpp, url: "http://h")
    #expect(llama.url == "http://h/completion" && llama.body?["prompt"] == .string("S\n\nU"))
    #expect(llama.body?["cache_prompt"] == .bool(false) && llama.body?["n_probs"] == .integer(5))
  }

  @Test("Responses: nothing is stored at the provider; log-probabilities are asked for by include")
  func responses() {
    let (url, _, body) = request(.openAIResponses)
    #expect(url == "http://h/v1/responses" && body?["store"] == .bool(false) && body?["instructions"] == .string("S"))
    #expect(body?["include"] == .array([.string("message.output_text.logprobs")]))
    #expect(body?["seed"] == nil && request(.openAIResponses, logprobs: false).body?["include"] == nil)
  }

  @Test("Azure: the version in the URL, the key in api-key; a router is held to one provider")
  func variants() {
    #expect(request(.azure, apiVersion: "2024-10-21").url == "http://h/v1/chat/completions?api-version=2024-10-21")
    #expect(AzureChat().credentials("k").name == "api-key")
    let routed = request(.openAIChat, provider: "x").body?["provider"]
    #expect(routed?["allow_fallbacks"] == .bool(false) && routed?["order"] == .array([.string("x")]))
    #expect(request(.openAIChat).body?["provider"] == nil)
  }
}
