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
    let word = reason.flatMap(FinishWord.canonical)
    let finish: String
    switch (state, word) {
    case ("completed", _): finish = "stop"
    case ("incomplete", "length"), ("incomplete", "content_filter"): finish = word ?? state
    default: return .failure(.transient, detail: "the answer ended with status \(state)", error: nil)
    }
    let said = SpokenContent(items: Self.items(output, of: json))
    let tokens = output.flatMap { $0["content"]?.array ?? [] }.filter { $0["type"]?.string == "output_text" }
      .flatMap { $0["logprobs"]?.array ?? [] }.compactMap(TokenLogprob.init(json:))
    let usage = json["usage"]
    let answer = Answer(
      said, finish: finish, nativeFinish: reason ?? state,
      promptTokens: ResponseReading.count(usage?["input_tokens"]),
      completionTokens: ResponseReading.count(usage?["output_tokens"]),
      reasoningTokens: ResponseReading.count(usage?["output_tokens_details"]?["reasoning_tokens"]),
      declaredModel: json["model"]?.string, tokens: tokens.isEmpty ? nil : tokens,
      responseID: ResponseReading.identifier(json["id"]))
    return .answer(ResponseReading.outcome(said, finish: finish), answer)
  }

  /// The items of the output; where they say nothing, the text that some servers have beside them.
  private static func items(_ output: [JSONValue], of json: JSONValue) -> [JSONValue] {
    guard saysNothing(output), let text = json["output_text"]?.string else { return output }
    return output + [.object(["type": .string("message"), "content": .string(text)])]
  }

  private static func saysNothing(_ items: [JSONValue]) -> Bool {
    let said = SpokenContent(items: items)
    return said.words.isEmpty && said.others.isEmpty
  }

  /// The last event holds the whole response, and ends it. Some servers leave the output out of it: then it is what the events
  /// before it said, items first.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    let ends = ["response.completed": "completed", "response.incomplete": "incomplete", "response.failed": "failed"]
    let last = stream.values.last {
      $0["type"]?.string.map { ends[$0] != nil } == true && $0["response"]?.object != nil
    }
    guard let last, case .object(var response)? = last["response"] else { return nil }
    if response["status"]?.string == nil { response["status"] = JSONValue(ends[last["type"]?.string ?? ""]) }
    func events(_ type: String) -> [JSONValue] { stream.values.filter { $0["type"]?.string == type } }
    guard saysNothing(response["output"]?.array ?? []) else { return .object(response) }
    var items = events("response.output_item.done").compactMap { $0["item"] }
    if saysNothing(items) {
      func joined(_ type: String) -> JSONValue {
        .string(events(type).compactMap { $0["delta"]?.string }.joined())
      }
      func part(_ type: String, _ text: JSONValue) -> JSONValue { .object(["type": .string(type), "text": text]) }
      items = [
        .object([
          "type": .string("reasoning"),
          "content": .array([part("reasoning_text", joined("response.reasoning_text.delta"))]),
          "summary": .array([part("summary_text", joined("response.reasoning_summary_text.delta"))]),
        ]),
        .object([
          "type": .string("message"),
          "content": .array([
            part("output_text", joined("response.output_text.delta")),
            .object(["type": .string("refusal"), "refusal": joined("response.refusal.delta")]),
          ]),
        ]),
      ]
    }
    response["output"] = .array(items)
    return .object(response)
  }
}
