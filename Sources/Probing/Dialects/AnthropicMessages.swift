package import Cases
import Formats

/// `POST {base}/messages` as Anthropic defines it; the base ends in `/v1`.
///
/// There is no seed, and there are no log-probabilities. A temperature above 1 is refused by the endpoint; `top_p` is sent
/// only where it is not 1, since some models take one of the two and no more.
package struct AnthropicMessages: Dialect {
  package let features: DialectFeatures = [.sampling, .stream]

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model),
      "messages": .array([.object(["role": .string("user"), "content": .string(probe.prompt)])]),
      "max_tokens": .integer(maxTokens), "temperature": .number(sampling.temperature),
      "stream": .bool(endpoint.streams),
    ]
    if let system = probe.system { fields["system"] = .string(system) }
    if sampling.topP != 1 { fields["top_p"] = .number(sampling.topP) }
    return Attempt.Request.json(
      to: endpoint, path: "/messages", headers: [Attempt.Header(name: "anthropic-version", value: "2023-06-01")], fields
    )
  }

  package func credentials(_ secret: String) -> Attempt.Header { Attempt.Header(name: "x-api-key", value: secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch ResponseReading.object(status: status, body: body, assembling: Self.assembled) {
    case .object(let object): json = object
    case .failed(let reading): return reading
    }
    // Servers that speak the dialect for others may have a text in place of the list.
    let text = json["content"]?.string.map { [JSONValue.object(["type": .string("text"), "text": .string($0)])] }
    guard let blocks = json["content"]?.array ?? text else { return ResponseReading.incomplete("content", body) }
    guard let reason = json["stop_reason"]?.string, !reason.isEmpty else {
      return ResponseReading.incomplete("stop_reason", body)
    }
    let said = SpokenContent(blocks: blocks)
    let finish =
      switch reason {
      case "end_turn", "stop_sequence": "stop"
      case "max_tokens", "model_context_window_exceeded": "length"
      default: FinishWord.canonical(reason) ?? reason
      }
    let usage = json["usage"]
    let answer = Answer(
      said, finish: finish, nativeFinish: reason, promptTokens: ResponseReading.count(usage?["input_tokens"]),
      completionTokens: ResponseReading.count(usage?["output_tokens"]), declaredModel: json["model"]?.string,
      responseID: ResponseReading.identifier(json["id"]))
    return .answer(ResponseReading.outcome(said, finish: finish, isRefusal: reason == "refusal"), answer)
  }

  /// Blocks by their index, each with its text so far. Complete with `message_stop`, or with the reason to stop, which comes behind all
  /// blocks; the server of llama.cpp leaves `message_start` out where the first token is a part of a character.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    func events(_ type: String) -> [JSONValue] { stream.values.filter { $0["type"]?.string == type } }
    let end = events("message_delta").last
    guard !events("message_stop").isEmpty || end?["delta"]?["stop_reason"]?.string != nil else { return nil }
    let start = events("message_start").first?["message"]
    var types: [Int: String] = [:]
    var texts: [Int: String] = [:]
    for event in stream.values {
      guard let index = event["index"]?.integer else { continue }
      if let block = event["content_block"] {
        types[index] = block["type"]?.string
        texts[index] = block["text"]?.string ?? block["thinking"]?.string ?? ""
      } else if let delta = event["delta"] {
        texts[index, default: ""] += delta["text"]?.string ?? delta["thinking"]?.string ?? ""
      }
    }
    let blocks = types.sorted { $0.key < $1.key }.map { index, type in
      let text = JSONValue.string(texts[index] ?? "")
      return JSONValue.object(["type": .string(type), type == "thinking" ? "thinking" : "text": text])
    }
    return .compact([
      "content": .array(blocks), "stop_reason": end?["delta"]?["stop_reason"] ?? .null,
      "model": start?["model"] ?? .null, "id": start?["id"] ?? .null,
      "usage": .compact([
        "input_tokens": end?["usage"]?["input_tokens"] ?? start?["usage"]?["input_tokens"] ?? .null,
        "output_tokens": end?["usage"]?["output_tokens"] ?? .null,
      ]),
    ])
  }
}
