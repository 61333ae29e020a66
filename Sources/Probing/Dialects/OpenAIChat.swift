package import Cases
import Formats

/// `POST {base}/chat/completions` as OpenAI defines it, and as many servers speak it with variations.
package struct OpenAIChat: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .several, .logprobs, .stream, .tokenizer]
  package let embeddings: EmbeddingShape? = .openAI
  package let givenAnswers: LikelihoodMechanism? = .grammar

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
    guard let choice = json["choices"]?.array?.first else {
      return ResponseReading.incomplete("choices[0].message", body)
    }
    guard let native = choice["finish_reason"]?.string, !native.isEmpty else {
      return .failure(.transient, detail: "the response has no finish_reason: it is incomplete", error: nil)
    }
    let finish = Self.canonicalFinish(native)
    let message: JSONValue
    switch choice["message"] {
    case let given? where given.object != nil: message = given
    // What was withheld may have no message at all.
    case nil where finish == "content_filter", .null? where finish == "content_filter": message = .object([:])
    default: return ResponseReading.incomplete("choices[0].message", body)
    }
    guard !["error", "insufficient_system_resource"].contains(native) else {
      return .failure(.transient, detail: "the answer ended with finish_reason \(native)", error: choice["error"])
    }
    let said = SpokenContent(message: message)
    let usage = json["usage"]
    let answer = Answer(
      said, finish: finish, nativeFinish: choice["native_finish_reason"]?.string ?? native,
      promptTokens: ResponseReading.count(usage?["prompt_tokens"]),
      completionTokens: ResponseReading.count(usage?["completion_tokens"]),
      reasoningTokens: ResponseReading.count(usage?["completion_tokens_details"]?["reasoning_tokens"]),
      declaredModel: json["model"]?.string, fingerprint: json["system_fingerprint"]?.string,
      tokens: choice["logprobs"]?["content"]?.array?.compactMap(TokenLogprob.init(json:)),
      responseID: ResponseReading.identifier(json["id"]))
    return .answer(ResponseReading.outcome(said, finish: finish), answer)
  }

  /// The first choice of all chunks, as one message. Complete with its reason to finish, which the dialect guarantees in the last
  /// chunk of a choice; where a server gives none, `[DONE]` is the end and stands for the reason, or the usage, which comes last.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    func choice(_ chunk: JSONValue) -> JSONValue? {
      chunk["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
    }
    func delta(_ field: String) -> (JSONValue) -> JSONValue? { { choice($0)?["delta"]?[field] } }
    // Some servers write an empty reason in every chunk but the last.
    let reason = stream.last { chunk in choice(chunk)?["finish_reason"].flatMap { $0 == .string("") ? nil : $0 } }
    let isEnded =
      stream.isDone
      || stream.values.last.map { $0["choices"]?.array?.isEmpty == true && $0["usage"]?.object != nil } == true
    guard let finish = reason ?? (isEnded ? .string(StreamedBody.doneMark) : nil) else { return nil }
    // The whole message beside the pieces, or in their place.
    var message = stream.last({ choice($0)?["message"] })?.object ?? [:]
    if let content = StreamedContent(stream.values.compactMap(delta("content"))).joined { message["content"] = content }
    for field in ["refusal", "reasoning_content", "reasoning", "thinking"] {
      if let joined = stream.joined(delta(field)) { message[field] = joined }
    }
    for field in ["tool_calls", "images"] {
      if let appended = stream.appended(delta(field)) { message[field] = appended }
    }
    for field in ["function_call", "audio"] {
      if let last = stream.last(delta(field)) { message[field] = last }
    }
    if let details = stream.appended(delta("reasoning_details")) {
      message["reasoning_details"] = OpenAIReasoning.joined(details)
    }
    // `[DONE]` alone ends nothing that was never begun.
    guard reason != nil || !SpokenContent(message: .object(message)).words.isEmpty else { return nil }
    let whole: [String: JSONValue?] = [
      "finish_reason": finish, "message": .object(message),
      "native_finish_reason": stream.last { choice($0)?["native_finish_reason"] },
      "error": stream.last { choice($0)?["error"] },
      "logprobs": stream.appended { choice($0)?["logprobs"]?["content"] }.map { .object(["content": $0]) },
    ]
    let response: [String: JSONValue?] = [
      "choices": .array([.object(whole.compactMapValues(\.self))]), "usage": stream.last { $0["usage"] },
      "model": stream.last { $0["model"] }, "system_fingerprint": stream.last { $0["system_fingerprint"] },
      "id": stream.last { $0["id"] },
    ]
    return .object(response.compactMapValues(\.self))
  }

  /// nil where the endpoint gave no reason.
  private static func canonicalFinish(_ finish: String) -> String? {
    if finish.hasPrefix("content_filter") { return "content_filter" }
    return switch finish {
    case "max_tokens", "MAX_TOKENS": "length"
    case "eos", "end_turn", "eos_token", "STOP": "stop"
    case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "safety", "sensitive",
      "guardrail_intervened", "error_toxic", "moderation", "violation":
      "content_filter"
    case StreamedBody.doneMark: nil
    default: finish
    }
  }
}
