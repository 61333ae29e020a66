package import CaseFile

/// `POST {base}/completions`, the older dialect without roles: a text is continued. For base models.
///
/// A probe's system text stands before the prompt, with an empty line between them.
package struct OpenAICompletions: Dialect {
  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model), "prompt": .string((probe.system.map { $0 + "\n\n" } ?? "") + probe.prompt),
      "max_tokens": .integer(maxTokens), "temperature": .number(sampling.temperature),
      "top_p": .number(sampling.topP), "n": .integer(1), "seed": .integer(item.requestSeed), "stream": .bool(false),
      "echo": .bool(false),
    ]
    if sampling.logprobs { fields["logprobs"] = .integer(OpenAIChat.topLogprobs) }
    return ResponseReading.request(endpoint, path: "/completions", fields)
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
    guard let choice = json["choices"]?.array?.first, let text = choice["text"]?.string else {
      return ResponseReading.incomplete("choices[0].text", body)
    }
    guard let finish = choice["finish_reason"]?.string, !finish.isEmpty else {
      return ResponseReading.incomplete("finish_reason", body)
    }
    let usage = json["usage"]
    let answer = Answer(
      text: text, finish: finish, nativeFinish: finish, promptTokens: ResponseReading.count(usage?["prompt_tokens"]),
      completionTokens: ResponseReading.count(usage?["completion_tokens"]), declaredModel: json["model"]?.string,
      fingerprint: json["system_fingerprint"]?.string, tokens: Self.tokens(choice["logprobs"]))
    return .answer(ResponseReading.outcome(text: text, finish: finish), answer)
  }

  /// Three lists of equal length, or, from some servers, the shape of the chat dialect. With `echo` the first number is null.
  private static func tokens(_ json: JSONValue?) -> [TokenLogprob]? {
    if let content = json?["content"]?.array { return content.compactMap(TokenLogprob.init(json:)) }
    guard let tokens = json?["tokens"]?.array else { return nil }
    let numbers = json?["token_logprobs"]?.array ?? []
    let top = json?["top_logprobs"]?.array ?? []
    return tokens.enumerated().compactMap { place, token in
      token.string.map {
        // Alternatives are named by their print: two tokens that print alike are one entry here.
        let others = top.indices.contains(place) ? top[place].object : nil
        return TokenLogprob(
          token: $0, id: nil, bytes: nil, logprob: numbers.indices.contains(place) ? numbers[place].number : nil,
          top: others?.compactMap { name, value in
            value.number.map { TokenLogprob(token: name, id: nil, bytes: nil, logprob: $0, top: nil) }
          }.sorted { ($1.logprob ?? -.infinity, $0.token) < ($0.logprob ?? -.infinity, $1.token) })
      }
    }
  }
}
