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
    if FinishWord.isBroken(native) {
      // Routers put the provider's error beside it.
      if let error = choice["error"], error.object != nil { return ResponseReading.inBand(error, status: status) }
      return .failure(.transient, detail: "the answer ended with finish_reason \(native)", error: nil)
    }
    let finish = FinishWord.canonical(native)
    guard let message = Self.message(of: choice, isWithheld: finish == "content_filter") else {
      return ResponseReading.incomplete("choices[0].message", body)
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
    return .answer(
      ResponseReading.outcome(said, finish: finish, isRefusal: FinishWord.isRefusal(native)), answer)
  }

  /// The message of a choice; some servers have a list of one, or a text, as in the older dialect.
  private static func message(of choice: JSONValue, isWithheld: Bool) -> JSONValue? {
    let given = [choice["message"], choice["messages"]?.array?.last, choice["delta"]]
    if let message = given.lazy.compactMap(\.self).first(where: { $0.object != nil }) { return message }
    if let text = choice["text"]?.string { return .object(["content": .string(text)]) }
    // What was withheld may have no message at all.
    return isWithheld && (choice["message"] ?? .null) == .null ? .object([:]) : nil
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
    if let content = StreamedContent(stream.values.compactMap(delta("content"))).joined {
      message["content"] = content
    } else if message["content"] == nil, let text = stream.joined({ choice($0)?["text"] }) {
      message["content"] = text
    }
    for field in ["refusal", "reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts"] {
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
}
