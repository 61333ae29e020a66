package import CaseFile

/// `POST {base}/messages` as Anthropic defines it; the base ends in `/v1`.
///
/// There is no seed, and there are no log-probabilities. A temperature above 1 is refused by the endpoint; `top_p` is sent
/// only where it is not 1, since some models take one of the two and no more.
package struct AnthropicMessages: Dialect {
  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model),
      "messages": .array([.object(["role": .string("user"), "content": .string(probe.prompt)])]),
      "max_tokens": .integer(maxTokens), "temperature": .number(sampling.temperature), "stream": .bool(false),
    ]
    if let system = probe.system { fields["system"] = .string(system) }
    if sampling.topP != 1 { fields["top_p"] = .number(sampling.topP) }
    return ResponseReading.request(
      endpoint, path: "/messages", headers: [Attempt.Header(name: "anthropic-version", value: "2023-06-01")], fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header { Attempt.Header(name: "x-api-key", value: secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch ResponseReading.object(status: status, body: body) {
    case .object(let object): json = object
    case .failed(let reading): return reading
    }
    guard let blocks = json["content"]?.array else { return ResponseReading.incomplete("content", body) }
    guard let reason = json["stop_reason"]?.string, !reason.isEmpty else {
      return ResponseReading.incomplete("stop_reason", body)
    }
    func joined(_ type: String, _ field: String) -> String {
      blocks.filter { $0["type"]?.string == type }.compactMap { $0[field]?.string }.joined()
    }
    let text = joined("text", "text")
    let thinking = joined("thinking", "thinking")
    let finish =
      switch reason {
      case "end_turn", "stop_sequence": "stop"
      case "max_tokens", "model_context_window_exceeded": "length"
      default: reason
      }
    let usage = json["usage"]
    let answer = Answer(
      text: text, reasoning: thinking.isEmpty ? nil : thinking, reasoningSource: thinking.isEmpty ? nil : "thinking",
      finish: finish, nativeFinish: reason, promptTokens: ResponseReading.count(usage?["input_tokens"]),
      completionTokens: ResponseReading.count(usage?["output_tokens"]), declaredModel: json["model"]?.string)
    return .answer(ResponseReading.outcome(text: text, finish: finish, isRefusal: reason == "refusal"), answer)
  }
}
