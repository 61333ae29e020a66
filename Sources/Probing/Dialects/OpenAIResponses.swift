package import Cases
import Formats

/// `POST {base}/responses` as OpenAI defines it.
///
/// Nothing is stored at the provider (`store: false`). There is no seed and no `n`.
package struct OpenAIResponses: Dialect {
  package let features: DialectFeatures = [.sampling, .logprobs, .stream]
  package let embeddings: EmbeddingShape? = .openAI

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    let content = JSONValue.object(["type": .string("input_text"), "text": .string(probe.prompt)])
    var fields: [String: JSONValue] = [
      "model": .string(endpoint.model),
      "input": .array([.object(["role": .string("user"), "content": .array([content])])]),
      "max_output_tokens": .integer(maxTokens), "temperature": .number(sampling.temperature),
      "top_p": .number(sampling.topP), "store": .bool(false), "stream": .bool(endpoint.streams),
    ]
    if let system = probe.system { fields["instructions"] = .string(system) }
    if sampling.logprobs {
      fields["include"] = .array([.string("message.output_text.logprobs")])
      fields["top_logprobs"] = .integer(sampling.topLogprobs)
    }
    return Attempt.Request.json(to: endpoint, path: "/responses", fields)
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
    guard let output = json["output"]?.array, let state = json["status"]?.string else {
      return ResponseReading.incomplete("output and status", body)
    }
    let reason = json["incomplete_details"]?["reason"]?.string
    let finish: String
    switch (state, reason) {
    case ("completed", _): finish = "stop"
    case ("incomplete", "max_output_tokens"): finish = "length"
    case ("incomplete", "content_filter"): finish = "content_filter"
    default: return .failure(.transient, detail: "the answer ended with status \(state)", error: nil)
    }
    func parts(_ type: String, in field: String) -> [JSONValue] {
      output.filter { $0["type"]?.string == type }.flatMap { $0[field]?.array ?? [] }
    }
    let said = parts("message", in: "content")
    let written = said.filter { $0["type"]?.string == "output_text" }
    let refusal = said.filter { $0["type"]?.string == "refusal" }.compactMap { $0["refusal"]?.string }.joined()
    let reasoning = ReasoningText.find(inItems: output)
    let text = written.compactMap { $0["text"]?.string }.joined()
    let tokens = written.flatMap { $0["logprobs"]?.array ?? [] }.compactMap(TokenLogprob.init(json:))
    let usage = json["usage"]
    let answer = Answer(
      text: text.isEmpty ? refusal : text, reasoning: reasoning,
      reasoningSource: reasoning.map { _ in "reasoning.summary" }, finish: finish, nativeFinish: reason ?? state,
      promptTokens: ResponseReading.count(usage?["input_tokens"]),
      completionTokens: ResponseReading.count(usage?["output_tokens"]),
      reasoningTokens: ResponseReading.count(usage?["output_tokens_details"]?["reasoning_tokens"]),
      declaredModel: json["model"]?.string, tokens: tokens.isEmpty ? nil : tokens)
    return .answer(
      ResponseReading.outcome(text: answer.text, finish: finish, isRefusal: text.isEmpty && !refusal.isEmpty), answer)
  }

  /// The last event holds the whole response.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    let ends: Set = ["response.completed", "response.incomplete", "response.failed"]
    return stream.last { event in event["type"]?.string.map(ends.contains) == true ? event["response"] : nil }
  }
}
