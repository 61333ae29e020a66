import Foundation
import HTTPTypes
import Hummingbird

/// What the server answers, once the body of a request is read.
struct ModelService: Sendable {
  static let bodyLimit = 1 << 20
  static let tokenLimit = 1024

  let models: [String: LanguageModel]
  let seeds: RequestSeeds
  let latency: Duration
  let now: @Sendable () -> Date

  func listing() throws -> Response {
    struct Listing: Encodable {
      struct Entry: Encodable {
        let id: String
        let object = "model"
        let created: Int
        let owned_by = "retort-demo"
      }
      let object = "list"
      let data: [Entry]
    }
    let created = Int(now().timeIntervalSince1970)
    return try Self.json(Listing(data: models.keys.sorted().map { Listing.Entry(id: $0, created: created) }))
  }

  func chat(_ body: [UInt8]) async throws -> Response {
    let fields = try RequestFields(json: body)
    let request = try ChatRequest(fields, limit: Self.tokenLimit)
    let model = try model(request.common)
    try await wait()
    let prediction = model.prediction(for: request.messages.joined(separator: "\n"))
    let seed = seeds.seed(for: fields)
    let drawn = Self.draws(request.common, seed: seed) { prediction.draw(request.common.sampling, using: &$0) }
    let head = head("chatcmpl", seed, request.common, model)
    let usage = Usage(
      prompt: request.messages.reduce(0) { $0 + model.vocabulary.tokens(of: $1).count },
      completion: drawn.reduce(0) { $0 + $1.tokens.count })
    func logprobs(_ tokens: [DrawnToken]) -> ChatReply.Logprobs? {
      request.wantsLogprobs ? ChatReply.Logprobs(tokens, model.vocabulary) : nil
    }
    guard request.common.streams else {
      return try Self.json(
        ChatReply(
          id: head.id, created: head.created, model: head.model, system_fingerprint: head.fingerprint,
          choices: drawn.enumerated().map { index, text in
            ChatReply.Choice(
              index: index, message: ChatReply.Message(content: text.text), logprobs: logprobs(text.tokens),
              finish_reason: text.ending.rawValue)
          },
          usage: usage))
    }
    func chunk(_ choices: [ChatChunk.Choice], usage: Usage? = nil) -> ChatChunk {
      ChatChunk(
        id: head.id, created: head.created, model: head.model, system_fingerprint: head.fingerprint,
        choices: choices, usage: usage)
    }
    var events: [ChatChunk] = []
    for (index, text) in drawn.enumerated() {
      events.append(chunk([ChatChunk.Choice(index: index, delta: .init(role: "assistant", content: ""))]))
      for piece in TextPiece.pieces(of: text, model.vocabulary) {
        events.append(
          chunk([
            ChatChunk.Choice(index: index, delta: .init(content: piece.text), logprobs: logprobs(piece.tokens))
          ]))
      }
      events.append(
        chunk([ChatChunk.Choice(index: index, delta: .init(), finish_reason: text.ending.rawValue)]))
    }
    if request.common.streamsUsage { events.append(chunk([], usage: usage)) }
    return try Self.stream(events)
  }

  func completion(_ body: [UInt8]) async throws -> Response {
    let fields = try RequestFields(json: body)
    let request = try CompletionRequest(fields, limit: Self.tokenLimit)
    let model = try model(request.common)
    try await wait()
    let prediction = model.plainPrediction()
    let seed = seeds.seed(for: fields)
    let head = head("cmpl", seed, request.common, model)
    var choices: [CompletionReply.Choice] = []
    var chunks: [CompletionReply.Choice] = []
    var promptTokens = 0
    var drawnTokens = 0
    for prompt in request.prompts {
      let prefix = model.vocabulary.tokens(of: prompt)
      promptTokens += prefix.count
      let echoed =
        request.echoes && request.alternatives != nil
        ? prediction.described(prefix, alternatives: request.common.sampling.alternatives) : []
      let drawn = Self.draws(request.common, seed: seed &+ UInt64(choices.count)) {
        prediction.draw(after: prefix, request.common.sampling, using: &$0)
      }
      for text in drawn {
        drawnTokens += text.tokens.count
        let index = choices.count
        choices.append(
          CompletionReply.Choice(
            text: (request.echoes ? prompt : "") + text.text, index: index,
            logprobs: request.alternatives.map { _ in
              .init(echoed: echoed, drawn: text.tokens, model.vocabulary)
            },
            finish_reason: text.ending.rawValue))
        var offset = 0
        if request.echoes {
          chunks.append(
            CompletionReply.Choice(
              text: prompt, index: index,
              logprobs: request.alternatives.map { _ in .init(echoed: echoed, drawn: [], model.vocabulary) }))
          offset = Array(prompt.utf8).scalarCount
        }
        for piece in TextPiece.pieces(of: text, model.vocabulary) {
          chunks.append(
            CompletionReply.Choice(
              text: piece.text, index: index,
              logprobs: request.alternatives.map { _ in
                .init(echoed: [], drawn: piece.tokens, offset: offset, model.vocabulary)
              }))
          offset += Array(piece.text.utf8).scalarCount
        }
        chunks.append(CompletionReply.Choice(text: "", index: index, finish_reason: text.ending.rawValue))
      }
    }
    func reply(_ choices: [CompletionReply.Choice], usage: Usage?) -> CompletionReply {
      CompletionReply(
        id: head.id, created: head.created, model: head.model, system_fingerprint: head.fingerprint,
        choices: choices, usage: usage)
    }
    let usage = Usage(prompt: promptTokens, completion: drawnTokens)
    guard request.common.streams else { return try Self.json(reply(choices, usage: usage)) }
    return try Self.stream(
      chunks.map { reply([$0], usage: nil) } + (request.common.streamsUsage ? [reply([], usage: usage)] : []))
  }

  private func model(_ request: SamplingRequest) throws(DemoModelsError) -> LanguageModel {
    guard let model = models[request.model] else { throw .unknownModel(request.model) }
    return model
  }

  private func wait() async throws {
    if latency > .zero { try await Task.sleep(for: latency) }
  }

  private func head(
    _ prefix: String, _ seed: UInt64, _ request: SamplingRequest, _ model: LanguageModel
  ) -> (id: String, created: Int, model: String, fingerprint: String) {
    (
      "\(prefix)-" + String(seed, radix: 36), Int(now().timeIntervalSince1970), request.model,
      "fp_" + model.fingerprint
    )
  }

  /// The choices of a request, each from a generator of its own, so that the first of `n` is the only one of 1.
  private static func draws(
    _ request: SamplingRequest, seed: UInt64, _ draw: (inout SplitMix64) -> DrawnText
  ) -> [DrawnText] {
    (0..<request.choices).map { choice in
      var generator = SplitMix64(seed: SplitMix64.mix((request.seed ?? seed) &+ UInt64(choice)))
      return draw(&generator)
    }
  }

  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder().encode(value))))
  }

  /// Server-sent events, one a chunk, then `[DONE]`.
  private static func stream(_ chunks: [some Encodable]) throws -> Response {
    let encoder = encoder()
    let events = try chunks.map { chunk in
      var event = ByteBuffer(string: "data: ")
      event.writeBytes(try encoder.encode(chunk))
      event.writeString("\n\n")
      return event
    }
    return Response(
      status: .ok, headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody { writer in
        for event in events { try await writer.write(event) }
        try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
        try await writer.finish(nil)
      })
  }

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
