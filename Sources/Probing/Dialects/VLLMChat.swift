package import Cases
import Formats

/// The chat dialect with what vLLM adds to it: token ids, log-probabilities of the prompt's tokens, and samplers that it
/// would otherwise take from the model's own `generation_config.json`.
///
/// - Source: vLLM, `vllm/entrypoints/openai/protocol.py`. Read, not run here.
package struct VLLMChat: Dialect {
  private let chat = OpenAIChat()

  package let features: DialectFeatures = [.sampling, .seed, .several, .logprobs, .promptLogprobs, .stream, .tokenizer]
  package let embeddings: EmbeddingShape? = .openAI
  package let givenAnswers: LikelihoodMechanism? = .echo

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields = chat.fields(for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: maxTokens)
    fields["top_k"] = .integer(-1)
    fields["min_p"] = .integer(0)
    fields["repetition_penalty"] = .integer(1)
    fields["return_token_ids"] = .bool(true)
    // Not available with a stream.
    if sampling.promptLogprobs, !endpoint.streams { fields["prompt_logprobs"] = .integer(sampling.topLogprobs) }
    if let given = probe.given, let messages = fields["messages"]?.array {
      fields["messages"] = .array(
        messages + [.object(["role": .string("assistant"), "content": .string(given.text)])])
      fields["add_generation_prompt"] = .bool(false)
      fields["continue_final_message"] = .bool(true)
      fields[endpoint.tokenLimitField.rawValue] = .integer(1)
    }
    return Attempt.Request.json(to: endpoint, path: "/chat/completions", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header { chat.credentials(secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let reading = chat.read(status: status, body: body)
    guard case .answer(let outcome, let answer) = reading,
      let json = JSONValue(parsing: body, numberWords: .absent, upTo: .response)
    else {
      return reading
    }
    let ids = json["choices"]?.array?.first?["token_ids"]?.array?.map(\.integer)
    return .answer(
      outcome,
      answer.with(
        tokens: answer.tokens.map { Self.named($0, ids: ids) },
        promptTokenLogprobs: Self.promptTokens(json["prompt_logprobs"], ids: json["prompt_token_ids"]?.array)))
  }

  /// The ids stand in a list of their own.
  private static func named(_ tokens: [TokenLogprob], ids: [Int?]?) -> [TokenLogprob] {
    guard let ids, ids.count == tokens.count else { return tokens }
    return zip(tokens, ids).map {
      TokenLogprob(token: $0.token, id: $0.id ?? $1, bytes: $0.bytes, logprob: $0.logprob, top: $0.top)
    }
  }

  /// For each token of the prompt an object of alternatives by their ids, the token itself among them; null for the
  /// first. Which one is the prompt's own, `prompt_token_ids` tells, or that it is alone: the order of an object does not.
  static func promptTokens(_ list: JSONValue?, ids: [JSONValue]?) -> [TokenLogprob]? {
    guard let places = list?.array else { return nil }
    return places.enumerated().map { place, alternatives in
      let id = ids.flatMap { $0.indices.contains(place) ? $0[place].integer : nil }
      let all = (alternatives.object ?? [:]).compactMap { name, value -> TokenLogprob? in
        Int(name).map {
          TokenLogprob(token: value["decoded_token"]?.string ?? "", id: $0, logprob: value["logprob"]?.number)
        }
      }.sorted { ($1.logprob ?? -.infinity, $0.id ?? 0) < ($0.logprob ?? -.infinity, $1.id ?? 0) }
      let own = all.count == 1 ? all.first : all.first { $0.id == id }
      return TokenLogprob(token: own?.token ?? "", id: own?.id ?? id, logprob: own?.logprob, top: all)
    }
  }
}
