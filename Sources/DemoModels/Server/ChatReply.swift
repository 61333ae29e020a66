/// The replies of `/v1/chat/completions`, whole and in chunks.
struct ChatReply: Encodable {
  struct Choice: Encodable {
    let index: Int
    @ExplicitNull var message: Message?
    @ExplicitNull var logprobs: Logprobs?
    let finish_reason: String
  }

  struct Message: Encodable {
    let role = "assistant"
    let content: String
    @ExplicitNull var refusal: String?
  }

  struct Logprobs: Encodable {
    let content: [Token]
    @ExplicitNull var refusal: [Token]?
  }

  struct Token: Encodable {
    let token: String
    let logprob: Double
    @ExplicitNull var bytes: [UInt8]?
    let top_logprobs: [Alternative]
  }

  struct Alternative: Encodable {
    let token: String
    let logprob: Double
    @ExplicitNull var bytes: [UInt8]?
  }

  let id: String
  let object = "chat.completion"
  let created: Int
  let model: String
  let system_fingerprint: String
  let choices: [Choice]
  let usage: Usage
}

struct ChatChunk: Encodable {
  struct Choice: Encodable {
    let index: Int
    let delta: Delta
    @ExplicitNull var logprobs: ChatReply.Logprobs?
    @ExplicitNull var finish_reason: String?
  }

  struct Delta: Encodable {
    var role: String?
    var content: String?
  }

  let id: String
  let object = "chat.completion.chunk"
  let created: Int
  let model: String
  let system_fingerprint: String
  let choices: [Choice]
  var usage: Usage?
}

struct Usage: Encodable {
  let prompt_tokens: Int
  let completion_tokens: Int
  let total_tokens: Int

  init(prompt: Int, completion: Int) {
    prompt_tokens = prompt
    completion_tokens = completion
    total_tokens = prompt + completion
  }
}

extension ChatReply.Logprobs {
  init(_ tokens: some Sequence<DrawnToken>, _ vocabulary: Vocabulary) {
    content = tokens.map { drawn in
      ChatReply.Token(
        token: vocabulary.printed(drawn.token), logprob: drawn.logprob,
        bytes: vocabulary.wireBytes(of: drawn.token),
        top_logprobs: drawn.alternatives.map {
          ChatReply.Alternative(
            token: vocabulary.printed($0.token), logprob: $0.logprob, bytes: vocabulary.wireBytes(of: $0.token))
        })
    }
    refusal = nil
  }
}

extension Vocabulary {
  fileprivate func wireBytes(of token: Token) -> [UInt8]? { token == Self.end ? nil : bytes(of: token) }
}
