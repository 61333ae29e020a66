package import Cases
import Formats

/// `POST {base}/completion` of the llama.cpp server; the base is the server itself. No chat template is applied: a text is
/// continued, and its tokens come with ids and bytes.
///
/// What is not sent comes from the server's defaults, so everything is; a warm cache changes the last digits, so there is
/// none.
package struct LlamaCompletion: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .logprobs, .stream, .tokenizer]
  package let givenAnswers: LikelihoodMechanism? = .grammar
  package let continuesText = true

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields: [String: JSONValue] = [
      "prompt": .string((probe.system.map { $0 + "\n\n" } ?? "") + probe.prompt), "n_predict": .integer(maxTokens),
      "temperature": .number(sampling.temperature), "top_p": .number(sampling.topP), "top_k": .integer(0),
      "min_p": .number(0), "repeat_penalty": .number(1), "seed": .integer(item.requestSeed),
      "cache_prompt": .bool(false), "stream": .bool(endpoint.streams), "return_tokens": .bool(true),
    ]
    if let given = probe.given, let grammar = given.grammar(for: item.model) {
      fields["grammar"] = .string(grammar)
      fields["n_predict"] = .integer((given.tokens[item.model]?.count ?? 0) + 1)
    }
    if sampling.logprobs { fields["n_probs"] = .integer(sampling.topLogprobs) }
    return Attempt.Request.json(to: endpoint, path: "/completion", fields)
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
    guard let text = json["content"]?.string, json["stop"]?.bool == true else {
      return ResponseReading.incomplete("content and stop: true", body)
    }
    let native = json["stop_type"]?.string ?? "none"
    let finish = native == "limit" ? "length" : "stop"
    let said = SpokenContent(text)
    let answer = Answer(
      said, finish: finish, nativeFinish: native, promptTokens: ResponseReading.count(json["tokens_evaluated"]),
      completionTokens: ResponseReading.count(json["tokens_predicted"]), declaredModel: json["model"]?.string,
      tokens: json["completion_probabilities"]?.array?.compactMap(TokenLogprob.init(json:)))
    return .answer(ResponseReading.outcome(said, finish: finish), answer)
  }

  /// All pieces in the last event, which says `stop: true` and how it ended.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    guard case .object(var whole)? = stream.values.last, whole["stop"]?.bool == true else { return nil }
    whole["content"] = stream.joined { $0["content"] }
    whole["completion_probabilities"] = stream.appended { $0["completion_probabilities"] }
    return .object(whole)
  }
}
