package import Cases
import Formats

/// `POST {base}/models/{model}:generateContent` as Google defines it; the base ends in `/v1beta`.
///
/// The key goes into a header, never into the URL, where logs keep it.
package struct GeminiContent: Dialect {
  package let features: DialectFeatures = [.sampling, .seed, .logprobs, .stream]
  package let embeddings: EmbeddingShape? = .gemini

  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling, maxTokens: Int
  ) -> Attempt.Request {
    func parts(_ text: String) -> JSONValue { .array([.object(["text": .string(text)])]) }
    var generation: [String: JSONValue] = [
      "temperature": .number(sampling.temperature), "topP": .number(sampling.topP), "candidateCount": .integer(1),
      "maxOutputTokens": .integer(maxTokens), "seed": .integer(item.requestSeed),
    ]
    if sampling.logprobs {
      generation["responseLogprobs"] = .bool(true)
      generation["logprobs"] = .integer(sampling.topLogprobs)
    }
    var fields: [String: JSONValue] = [
      "contents": .array([.object(["role": .string("user"), "parts": parts(probe.prompt)])]),
      "generationConfig": .object(generation),
    ]
    if let system = probe.system { fields["systemInstruction"] = .object(["parts": parts(system)]) }
    let method = endpoint.streams ? "streamGenerateContent?alt=sse" : "generateContent"
    let name = endpoint.model.hasPrefix("models/") ? endpoint.model : "models/" + endpoint.model
    return Attempt.Request.json(to: endpoint, path: "/\(Self.escaped(name)):\(method)", fields)
  }

  package func credentials(_ secret: String) -> Attempt.Header { Attempt.Header(name: "x-goog-api-key", value: secret) }

  package func read(status: Int, body: [UInt8]) -> DialectReading {
    let json: JSONValue
    switch ResponseReading.object(status: status, body: body, assembling: Self.assembled) {
    case .object(let object): json = object
    case .failed(let reading): return reading
    }
    let usage = json["usageMetadata"]
    func answer(_ said: SpokenContent, finish: String, native: String, tokens: [TokenLogprob]?) -> Answer {
      // Thoughts are counted apart from the answer here, and within it elsewhere.
      let thought = ResponseReading.count(usage?["thoughtsTokenCount"])
      return Answer(
        said, finish: finish, nativeFinish: native, promptTokens: ResponseReading.count(usage?["promptTokenCount"]),
        completionTokens: ResponseReading.count(usage?["candidatesTokenCount"]).map { $0 + (thought ?? 0) },
        reasoningTokens: thought, declaredModel: json["modelVersion"]?.string, tokens: tokens,
        responseID: ResponseReading.identifier(json["responseId"]))
    }
    if let reason = json["promptFeedback"]?["blockReason"]?.string {
      return .answer(.filtered, answer(SpokenContent(""), finish: "content_filter", native: reason, tokens: nil))
    }
    guard let candidate = json["candidates"]?.array?.first else {
      return ResponseReading.incomplete("candidates", body)
    }
    guard let reason = candidate["finishReason"]?.string, !reason.isEmpty else {
      return ResponseReading.incomplete("finishReason", body)
    }
    let said = SpokenContent(parts: candidate["content"]?["parts"]?.array ?? [])
    let finish = reason == "STOP" ? "stop" : FinishWord.canonical(reason) ?? reason
    return .answer(
      ResponseReading.outcome(said, finish: finish),
      answer(said, finish: finish, native: reason, tokens: Self.tokens(candidate["logprobsResult"])))
  }

  /// The parts of all chunks in one candidate. Complete with its reason to finish, or with a blocked prompt.
  private static func assembled(_ stream: StreamedBody) -> JSONValue? {
    func candidate(_ chunk: JSONValue) -> JSONValue? { chunk["candidates"]?.array?.first }
    let reason = stream.last { candidate($0)?["finishReason"] }
    let blocked = stream.last { $0["promptFeedback"] }
    guard reason != nil || blocked?["blockReason"] != nil else { return nil }
    func tokens(_ list: String) -> JSONValue {
      stream.appended { candidate($0)?["logprobsResult"]?[list] } ?? .null
    }
    let whole = JSONValue.compact([
      "finishReason": reason ?? .null,
      "content": .compact(["parts": stream.appended { candidate($0)?["content"]?["parts"] } ?? .null]),
      "logprobsResult": .compact([
        "chosenCandidates": tokens("chosenCandidates"), "topCandidates": tokens("topCandidates"),
      ]),
    ])
    return .compact([
      "candidates": reason == nil ? .null : .array([whole]), "promptFeedback": blocked ?? .null,
      "usageMetadata": stream.last { $0["usageMetadata"] } ?? .null,
      "modelVersion": stream.last { $0["modelVersion"] } ?? .null,
      "responseId": stream.last { $0["responseId"] } ?? .null,
    ])
  }

  /// A log-probability that is absent is unknown, not 0.
  private static func tokens(_ result: JSONValue?) -> [TokenLogprob]? {
    guard let chosen = result?["chosenCandidates"]?.array else { return nil }
    let top = result?["topCandidates"]?.array ?? []
    func token(_ json: JSONValue, top: [TokenLogprob]?) -> TokenLogprob? {
      json["token"]?.string.map {
        TokenLogprob(
          token: $0, id: json["tokenId"]?.integer, bytes: nil, logprob: json["logProbability"]?.number, top: top)
      }
    }
    return chosen.enumerated().compactMap { place, json in
      let others = top.indices.contains(place) ? top[place]["candidates"]?.array : nil
      return token(json, top: others?.compactMap { token($0, top: nil) })
    }
  }

  /// Percent-encoded but for what a path may hold as it is (RFC 3986).
  private static func escaped(_ path: String) -> String {
    path.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      return byte < 0x80 && (character.isLetter || character.isNumber || "-._~/@".contains(character))
        ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
