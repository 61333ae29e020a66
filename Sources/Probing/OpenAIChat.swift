package import CaseFile

/// `POST {base}/chat/completions` as OpenAI defines it, and as many servers speak it with variations.
package struct OpenAIChat: Dialect {
  /// Alternatives asked for beside each token where log-probabilities are wanted. Sent always: servers default to
  /// anything from none to 20.
  static let topLogprobs = 5

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
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
      "stream": .bool(false),
      "logprobs": .bool(sampling.logprobs),
    ]
    if sampling.logprobs { fields["top_logprobs"] = .integer(Self.topLogprobs) }
    if let provider = endpoint.provider {
      fields["provider"] = .object([
        "order": .array([.string(provider)]), "allow_fallbacks": .bool(false), "require_parameters": .bool(true),
      ])
    }
    return ResponseReading.request(endpoint, path: "/chat/completions", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header {
    Attempt.Header(name: "authorization", value: "Bearer \(secret)")
  }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch ResponseReading.object(status: status, body: body) {
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
    var reasoning = OpenAIReasoning.find(in: message)
    if reasoning == nil, let thought = OpenAIReasoning.split(text) {
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
