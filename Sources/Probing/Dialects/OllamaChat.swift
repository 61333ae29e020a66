package import Cases
import Formats

/// `POST {base}/api/chat` of Ollama; the base is the server itself, such as `http://127.0.0.1:11434`.
///
/// Whatever is not sent comes from the model's own file, so everything is.
package struct OllamaChat: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .logprobs, .stream]
  package let embeddings: EmbeddingShape? = .ollama

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
      "stream": .bool(endpoint.streams),
      "options": .object([
        "temperature": .number(sampling.temperature), "top_p": .number(sampling.topP), "top_k": .integer(0),
        "min_p": .number(0), "repeat_penalty": .number(1), "seed": .integer(item.requestSeed),
        "num_predict": .integer(maxTokens),
      ]),
    ]
    if sampling.logprobs {
      fields["logprobs"] = .bool(true)
      fields["top_logprobs"] = .integer(sampling.topLogprobs)
    }
    return Attempt.Request.json(to: endpoint, path: "/api/chat", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header {
    Attempt.Header(name: "authorization", value: "Bearer \(secret)")
  }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch Self.object(status: status, body: body) {
    case .object(let object): json = object
    case .failed(let reading): return reading
    }
    guard let message = json["message"], message.object != nil else {
      return ResponseReading.incomplete("message", body)
    }
    guard json["done"]?.bool == true else { return ResponseReading.incomplete("done: true", body) }
    let said = SpokenContent(message: message)
    let native = json["done_reason"]?.string ?? "stop"
    // A model that was only loaded says nothing.
    guard !FinishWord.isBroken(native) else {
      return .failure(.transient, detail: "the answer ended with done_reason \(native)", error: nil)
    }
    let answer = Answer(
      said, finish: native, nativeFinish: native, promptTokens: ResponseReading.count(json["prompt_eval_count"]),
      completionTokens: ResponseReading.count(json["eval_count"]), declaredModel: json["model"]?.string,
      tokens: json["logprobs"]?.array?.compactMap(TokenLogprob.init(json:)))
    return .answer(ResponseReading.outcome(said, finish: native), answer)
  }

  /// A stream is one JSON object a line here.
  private static func object(status: Int, body: [UInt8]) -> ResponseReading.Object {
    if (200..<300).contains(status), JSONValue(parsing: body, numberWords: .absent, upTo: .response) == nil,
      let stream = StreamedBody(lines: body)
    {
      return ResponseReading.object(status: status, stream: stream, body: body, assembling: assembled)
    }
    return ResponseReading.object(status: status, body: body, assembling: assembled)
  }

  /// All pieces in the last line, which says `done: true` and how it ended.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    guard case .object(var whole)? = stream.values.last, whole["done"]?.bool == true else { return nil }
    whole["message"] = .compact([
      "content": stream.joined { $0["message"]?["content"] } ?? .null,
      "thinking": stream.joined { $0["message"]?["thinking"] } ?? .null,
      "tool_calls": stream.appended { $0["message"]?["tool_calls"] } ?? .null,
    ])
    whole["logprobs"] = stream.appended { $0["logprobs"] }
    return .object(whole)
  }
}
