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
    return Attempt.Request(
      url: endpoint.url + "/chat/completions",
      headers: [
        Attempt.Header(name: "content-type", value: "application/json"),
        Attempt.Header(name: "accept", value: "application/json"),
      ],
      body: Array(JSONValue.object(fields).canonical.utf8))
  }

  package func credentials(_ secret: String) -> Attempt.Header {
    Attempt.Header(name: "authorization", value: "Bearer \(secret)")
  }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json = JSONValue(parsing: body)
    guard (200..<300).contains(status) else { return Self.failure(status: status, json: json, body: body) }
    guard let json, json.object != nil else {
      return .failure(.transient, detail: "the response is not a JSON object: \(Self.excerpt(body))", error: nil)
    }
    if let error = Self.inBandError(json) {
      return .failure(
        FailureClass.of(status: status, error: error),
        detail: "error in a response of status \(status): \(Self.words(error))",
        error: error)
    }
    guard let choice = json["choices"]?.array?.first, let message = choice["message"], message.object != nil else {
      return .failure(.transient, detail: "the response has no choices[0].message: \(Self.excerpt(body))", error: nil)
    }
    guard let finish = choice["finish_reason"]?.string, !finish.isEmpty else {
      return .failure(.transient, detail: "the response has no finish_reason: it is incomplete", error: nil)
    }
    guard !["error", "insufficient_system_resource"].contains(finish) else {
      return .failure(.transient, detail: "the answer ended with finish_reason \(finish)", error: choice["error"])
    }
    let answer = Self.answer(json, choice: choice, message: message, finish: finish)
    return .answer(Self.outcome(answer, message: message), answer)
  }

  private static func outcome(_ answer: Answer, message: JSONValue) -> Attempt.Outcome {
    if answer.finish == "content_filter" { return .filtered }
    if let refusal = message["refusal"]?.string, !refusal.isEmpty { return .refused }
    if answer.text.isEmpty { return .empty }
    return answer.finish == "length" ? .truncated : .ok
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
      promptTokens: count(usage?["prompt_tokens"]), completionTokens: count(usage?["completion_tokens"]),
      reasoningTokens: count(usage?["completion_tokens_details"]?["reasoning_tokens"]),
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

  /// A count of tokens that can be one.
  private static func count(_ value: JSONValue?) -> Int? {
    value?.integer.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil }
  }
}

// MARK: - Errors

extension OpenAIChat {
  private static let filterCodes: Set = ["content_filter", "content_policy_violation"]

  private static func failure(status: Int, json: JSONValue?, body: [UInt8]) -> DialectReading {
    let error = json.flatMap(inBandError) ?? json
    // Azure withholds an answer by an error: it is an outcome of the probe, not a failure to ask it.
    if status == 400, let code = error?["code"]?.string, filterCodes.contains(code) {
      return .answer(.filtered, Answer(text: "", finish: "content_filter", nativeFinish: code))
    }
    let words = json.flatMap(inBandError).map(words) ?? excerpt(body)
    return .failure(FailureClass.of(status: status, error: error), detail: "status \(status): \(words)", error: error)
  }

  /// `{"error": …}`, or the flat `{"object": "error", "message": …}` of older servers.
  private static func inBandError(_ json: JSONValue) -> JSONValue? {
    if let error = json["error"], error != .null, error != .string(""), error != .bool(false) { return error }
    return json["object"]?.string == "error" ? json : nil
  }

  private static func words(_ error: JSONValue) -> String {
    let code = error["code"].map { $0.string ?? $0.canonical } ?? error["type"]?.string
    let message = error["message"]?.string ?? error.string ?? error.canonical
    return excerpt(Array((code.map { "\($0): \(message)" } ?? message).utf8))
  }

  /// The beginning of a body as text, fit for one line.
  private static func excerpt(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix(300), as: UTF8.self)
    return String(text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
  }
}
