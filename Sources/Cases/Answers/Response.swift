/// One answer of a model to one probe.
package struct Response: Hashable, Sendable {
  package let prompt: PromptID
  /// 0, 1, 2 … where a probe is asked several times.
  package let sample: Int
  /// Byte for byte what the model said. An empty answer is an answer.
  package let text: String
  /// Tokens of the answer with their log-probabilities; nil where the endpoint gave none.
  package let tokens: [TokenLogprob]?
  /// What the model thought before it answered, where it was told; no part of `text`.
  package let reasoning: String?

  package init(
    prompt: PromptID, sample: Int, text: String, tokens: [TokenLogprob]? = nil, reasoning: String? = nil
  ) {
    self.prompt = prompt
    self.sample = sample
    self.text = text
    self.tokens = tokens
    self.reasoning = reasoning
  }
}

/// A token with its natural-log probability, and the alternatives that the endpoint listed beside it.
package struct TokenLogprob: Hashable, Codable, Sendable {
  package let token: String
  /// Identity of the token where the endpoint gave it; several tokens may print alike.
  package let id: Int?
  /// A token may be a part of a UTF-8 sequence: join bytes first, decode then.
  package let bytes: [UInt8]?
  /// nil where it is unknown: absent, the sentinel −9999 of some endpoints, which is no number to average, or more than
  /// rounding makes of 0, which is no logarithm of a probability.
  package let logprob: Double?
  package let top: [TokenLogprob]?

  enum CodingKeys: String, CodingKey {
    case token, id, bytes, logprob
    case top = "top_logprobs"
  }

  package init(token: String, id: Int? = nil, bytes: [UInt8]? = nil, logprob: Double?, top: [TokenLogprob]? = nil) {
    self.token = token
    self.id = id
    self.bytes = bytes
    self.logprob = logprob.flatMap { $0 > -9_000 && $0 <= 1 ? $0 : nil }
    self.top = top
  }

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      token: try fields.decode(String.self, forKey: .token),
      id: try fields.decodeIfPresent(Int.self, forKey: .id),
      bytes: try fields.decodeIfPresent([UInt8].self, forKey: .bytes),
      logprob: try fields.decodeIfPresent(Double.self, forKey: .logprob),
      top: try fields.decodeIfPresent([TokenLogprob].self, forKey: .top))
  }
}

extension TokenLogprob {
  /// Bytes as the endpoint gave them, else those of the printed token.
  package var exactBytes: [UInt8] { bytes ?? Array(token.utf8) }
}
