package import Cases
import Formats

/// `POST {base}/completions`, the older dialect without roles: a text is continued. For base models.
///
/// A probe's system text stands before the prompt, with an empty line between them.
package struct OpenAICompletions: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .several, .logprobs, .promptLogprobs, .stream, .tokenizer]
  package let embeddings: EmbeddingShape? = .openAI
  package let givenAnswers: LikelihoodMechanism? = .echo
  package let continuesText = true

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    let prompt = (probe.system.map { $0 + "\n\n" } ?? "") + probe.prompt + (probe.given?.text ?? "")
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model), "prompt": .string(prompt),
      "max_tokens": .integer(probe.given == nil ? maxTokens : 1), "temperature": .number(sampling.temperature),
      "top_p": .number(sampling.topP), "n": .integer(1), "seed": .integer(item.requestSeed),
      "stream": .bool(endpoint.streams),
      "echo": .bool(sampling.promptLogprobs),
    ]
    if sampling.logprobs || sampling.promptLogprobs { fields["logprobs"] = .integer(sampling.topLogprobs) }
    return Attempt.Request.json(to: endpoint, path: "/completions", fields)
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
    guard let choice = json["choices"]?.array?.first, let whole = choice["text"]?.string else {
      return ResponseReading.incomplete("choices[0].text", body)
    }
    guard let native = choice["finish_reason"]?.string, !native.isEmpty else {
      return ResponseReading.incomplete("finish_reason", body)
    }
    guard !FinishWord.isBroken(native) else {
      return .failure(.transient, detail: "the answer ended with finish_reason \(native)", error: nil)
    }
    let finish = FinishWord.canonical(native)
    let usage = json["usage"]
    let promptTokens = ResponseReading.count(usage?["prompt_tokens"])
    let (echoed, text, tokens) = Self.withoutEcho(
      whole, Self.tokens(choice["logprobs"]), promptTokens: promptTokens)
    let said = SpokenContent(text)
    let answer = Answer(
      said, finish: finish, nativeFinish: native, promptTokens: promptTokens,
      completionTokens: ResponseReading.count(usage?["completion_tokens"]), declaredModel: json["model"]?.string,
      fingerprint: json["system_fingerprint"]?.string, tokens: tokens, promptTokenLogprobs: echoed,
      responseID: ResponseReading.identifier(json["id"]))
    return .answer(ResponseReading.outcome(said, finish: finish), answer)
  }

  /// Takes the prompt off an answer that begins with it: the first token of a prompt has nothing before it, and so no
  /// log-probability, which no other token lacks.
  private static func withoutEcho(
    _ text: String, _ tokens: [TokenLogprob]?, promptTokens: Int?
  ) -> (echoed: [TokenLogprob]?, text: String, tokens: [TokenLogprob]?) {
    guard let tokens, let count = promptTokens, count > 0, count <= tokens.count, tokens[0].logprob == nil,
      tokens.dropFirst().allSatisfy({ $0.logprob != nil })
    else { return (nil, text, tokens) }
    let prompt = tokens[..<count].map(\.token).joined()
    let rest =
      text.utf8.starts(with: prompt.utf8)
      ? String(decoding: text.utf8.dropFirst(prompt.utf8.count), as: UTF8.self) : text
    return (Array(tokens[..<count]), rest, Array(tokens[count...]))
  }

  /// The first choice of all chunks as one. Complete with its reason to finish, `[DONE]` or not.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    func choice(_ chunk: JSONValue) -> JSONValue? {
      chunk["choices"]?.array?.first { ($0["index"]?.integer ?? 0) == 0 }
    }
    guard let finish = stream.last({ choice($0)?["finish_reason"] }) else { return nil }
    var logprobs: [String: JSONValue] = [:]
    for list in ["content", "tokens", "token_logprobs", "top_logprobs"] {
      logprobs[list] = stream.appended { choice($0)?["logprobs"]?[list] }
    }
    return .compact([
      "choices": .array([
        .compact([
          "text": stream.joined { choice($0)?["text"] } ?? .null, "finish_reason": finish,
          "logprobs": logprobs.isEmpty ? .null : .object(logprobs),
        ])
      ]), "usage": stream.last { $0["usage"] } ?? .null, "model": stream.last { $0["model"] } ?? .null,
      "system_fingerprint": stream.last { $0["system_fingerprint"] } ?? .null,
      "id": stream.last { $0["id"] } ?? .null,
    ])
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
