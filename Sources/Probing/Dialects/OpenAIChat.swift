package import Cases
import Formats

/// `POST {base}/chat/completions` as OpenAI defines it, and as many servers speak it with variations.
package struct OpenAIChat: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .several, .logprobs, .stream, .tokenizer]
  package let embeddings: EmbeddingShape? = .openAI
  package let givenAnswers: GivenAnswerWay? = .grammar

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    Attempt.Request.json(
      to: endpoint, path: "/chat/completions",
      fields(for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: maxTokens))
  }

  /// The members of a request; variants of the dialect add theirs.
  func fields(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> [String: JSONValue] {
    func message(_ role: String, _ text: String) -> JSONValue {
      .object(["role": .string(role), "content": .string(text)])
    }
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model),
      "messages": .array((probe.system.map { [message("system", $0)] } ?? []) + [message("user", probe.prompt)]),
      "temperature": .number(sampling.temperature),
      "top_p": .number(sampling.topP),
      endpoint.tokenLimitField.rawValue: .integer(maxTokens),
      "n": .integer(1),
      "seed": .integer(item.requestSeed),
      "stream": .bool(endpoint.streams),
      "logprobs": .bool(sampling.logprobs),
    ]
    if sampling.logprobs { fields["top_logprobs"] = .integer(sampling.topLogprobs) }
    // The server of llama.cpp takes it; others refuse what they do not know.
    if let given = probe.given, let grammar = given.grammar(for: item.model) {
      fields["grammar"] = .string(grammar)
      fields[endpoint.tokenLimitField.rawValue] = .integer((given.tokens[item.model]?.count ?? 0) + 1)
    }
    if endpoint.streams { fields["stream_options"] = .object(["include_usage": .bool(true)]) }
    if let provider = endpoint.provider {
      fields["provider"] = .object([
        "order": .array([.string(provider)]), "allow_fallbacks": .bool(false), "require_parameters": .bool(true),
      ])
    }
    return fields
  }

  package func credentials(_ secret: String) -> Attempt.Header {
    Attempt.Header(name: "authorization", value: "Bearer \(secret)")
  }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch ResponseReading.object(status: status, body: body, assembling: Self.assembled) {
    case .object(let object): json = object
    case .failed(let reading): return reading
    }
    guard let choice = json["choices"]?.array?.first, let message = choice["message"], message.object != nil else {
      return ResponseReading.incomplete("choices[0].message", body)
    }
    guard let finish = choice["finish_reason"]?.string, !finish.isEmpty else {
      return .failure(.transient, detail: "the response has no finish_reason: it is incomplete", error: nil)
    }
    guard !["error", "insufficient_system_resource"].contains(finish) else {
      return .failure(.transient, detail: "the answer ended with finish_reason \(finish)", error: choice["error"])
    }
    let answer = Self.answer(json, choice: choice, message: message, finish: finish)
    let isRefusal = message["refusal"]?.string.map { !$0.isEmpty } ?? false
    return .answer(
      ResponseReading.outcome(text: answer.text, finish: answer.finish ?? "", isRefusal: isRefusal), answer)
  }

  private static func answer(_ json: JSONValue, choice: JSONValue, message: JSONValue, finish: String) -> Answer {
    var text = text(message["content"])
    var reasoning = ReasoningText.find(in: message)
    if reasoning == nil, let thought = ReasoningText.split(text) {
      reasoning = (thought.reasoning, "<think>")
      text = thought.text
    }
    if text.isEmpty, let refusal = message["refusal"]?.string { text = refusal }
    let usage = json["usage"]
    return Answer(
      text: text, reasoning: reasoning?.text, reasoningSource: reasoning?.source, finish: canonicalFinish(finish),
      nativeFinish: choice["native_finish_reason"]?.string ?? finish,
      promptTokens: ResponseReading.count(usage?["prompt_tokens"]),
      completionTokens: ResponseReading.count(usage?["completion_tokens"]),
      reasoningTokens: ResponseReading.count(usage?["completion_tokens_details"]?["reasoning_tokens"]),
      declaredModel: json["model"]?.string, fingerprint: json["system_fingerprint"]?.string,
      tokens: choice["logprobs"]?["content"]?.array?.compactMap(TokenLogprob.init(json:)))
  }

  /// The first choice of all chunks, as one message. Complete with its reason to finish and `[DONE]`.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    func choice(_ chunk: JSONValue) -> JSONValue? {
      chunk["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
    }
    func delta(_ field: String) -> (JSONValue) -> JSONValue? { { choice($0)?["delta"]?[field] } }
    guard stream.isDone, let finish = stream.last({ choice($0)?["finish_reason"] }) else { return nil }
    var message: [String: JSONValue] = [:]
    for field in ["content", "refusal", "reasoning_content", "reasoning", "thinking"] {
      message[field] = stream.joined(delta(field))
    }
    message["reasoning_details"] = stream.appended(delta("reasoning_details")).map(OpenAIReasoning.joined)
    let whole: [String: JSONValue?] = [
      "finish_reason": finish, "message": .object(message),
      "native_finish_reason": stream.last { choice($0)?["native_finish_reason"] },
      "error": stream.last { choice($0)?["error"] },
      "logprobs": stream.appended { choice($0)?["logprobs"]?["content"] }.map { .object(["content": $0]) },
    ]
    let response: [String: JSONValue?] = [
      "choices": .array([.object(whole.compactMapValues(\.self))]), "usage": stream.last { $0["usage"] },
      "model": stream.last { $0["model"] }, "system_fingerprint": stream.last { $0["system_fingerprint"] },
    ]
    return .object(response.compactMapValues(\.self))
  }

  /// A string, or a list of parts of which those with a text count.
  private static func text(_ content: JSONValue?) -> String {
    content?.string ?? (content?.array ?? []).compactMap { $0["text"]?.string ?? $0.string }.joined()
  }

  private static func canonicalFinish(_ finish: String) -> String {
    switch finish {
    case "max_tokens", "MAX_TOKENS": "length"
    case "eos", "end_turn", "eos_token": "stop"
    case "SAFETY": "content_filter"
    default: finish
    }
  }
}
