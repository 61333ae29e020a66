/// What the chat and the legacy completions requests have in common.
struct SamplingRequest: Sendable {
  let model: String
  var sampling = Sampling()
  let choices: Int
  let seed: UInt64?
  let streams: Bool
  let streamsUsage: Bool

  init(_ fields: RequestFields, maximumTokens: Int) throws(DemoModelsError) {
    guard let model = try fields.string("model") else { throw fields.missing("model") }
    self.model = model
    sampling.temperature = try fields.number("temperature", in: 0...2) ?? 1
    sampling.topP = try fields.number("top_p", in: 0...1) ?? 1
    sampling.maximumTokens = maximumTokens
    sampling.stop = try fields.strings("stop", limit: 4) ?? []
    choices = try fields.whole("n", in: 1...128) ?? 1
    seed = try fields.whole("seed", in: Int.min...Int.max).map { UInt64(bitPattern: Int64($0)) }
    streams = try fields.boolean("stream") ?? false
    let options = try fields.object("stream_options")
    if options != nil, !streams { throw fields.bad("stream_options", "absent unless 'stream' is true") }
    streamsUsage = try options?.boolean("include_usage") ?? false
    try fields.reject("frequency_penalty", "presence_penalty", "logit_bias")
  }
}

/// `POST /v1/chat/completions`.
struct ChatRequest: Sendable {
  let common: SamplingRequest
  /// The text of all messages, in their order.
  let messages: [String]
  let wantsLogprobs: Bool

  init(_ fields: RequestFields, limit: Int) throws(DemoModelsError) {
    let older = try fields.whole("max_tokens", in: 1...limit)
    let maximum = try fields.whole("max_completion_tokens", in: 1...limit) ?? older
    var common = try SamplingRequest(fields, maximumTokens: maximum ?? limit)
    wantsLogprobs = try fields.boolean("logprobs") ?? false
    let alternatives = try fields.whole("top_logprobs", in: 0...20)
    if alternatives != nil, !wantsLogprobs { throw fields.bad("top_logprobs", "absent unless 'logprobs' is true") }
    common.sampling.alternatives = alternatives ?? 0
    self.common = common
    try fields.reject("tools", "functions")
    guard let objects = try fields.objects("messages") else { throw fields.missing("messages") }
    if objects.isEmpty { throw fields.bad("messages", "an array with at least one message") }
    var messages: [String] = []
    for message in objects { messages.append(try Self.text(of: message)) }
    self.messages = messages
  }

  private static func text(of message: RequestFields) throws(DemoModelsError) -> String {
    let roles = ["system", "developer", "user", "assistant"]
    guard let role = try message.string("role") else { throw message.missing("role") }
    guard roles.contains(role) else {
      throw message.bad("role", "one of " + roles.map { "'\($0)'" }.joined(separator: ", "))
    }
    switch message["content"] {
    case nil: throw message.missing("content")
    case .string(let text): return text
    case .array:
      var text = ""
      for part in try message.objects("content") ?? [] {
        guard try part.string("type") == "text" else { throw part.bad("type", "'text'") }
        guard let piece = try part.string("text") else { throw part.missing("text") }
        text += piece
      }
      return text
    default: throw message.bad("content", "a string or an array of text parts")
    }
  }
}

/// `POST /v1/completions`.
struct CompletionRequest: Sendable {
  let common: SamplingRequest
  let prompts: [String]
  let echoes: Bool
  /// nil: no logprobs are wanted; 0: those of the text's own tokens only.
  let alternatives: Int?

  init(_ fields: RequestFields, limit: Int) throws(DemoModelsError) {
    var common = try SamplingRequest(fields, maximumTokens: try fields.whole("max_tokens", in: 0...limit) ?? 16)
    alternatives = try fields.whole("logprobs", in: 0...20)
    common.sampling.alternatives = alternatives ?? 0
    self.common = common
    echoes = try fields.boolean("echo") ?? false
    guard let prompts = try fields.strings("prompt", limit: 64) else { throw fields.missing("prompt") }
    if prompts.isEmpty { throw fields.bad("prompt", "at least one string") }
    self.prompts = prompts
    try fields.reject("suffix")
    if try fields.whole("best_of", in: 1...128) ?? common.choices != common.choices {
      throw .unsupportedParameter(name: "best_of")
    }
  }
}
