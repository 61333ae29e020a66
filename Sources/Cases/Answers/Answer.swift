package import Formats

/// What a response says, taken apart. Derived from the stored bytes: a later version can derive it again.
package struct Answer: Hashable, Sendable {
  /// Byte for byte what the model said; for a refusal that has a field of its own, the words of the refusal.
  package let text: String
  package let reasoning: String?
  /// The field in which the reasoning stood, such as `reasoning_content`.
  package let reasoningSource: String?
  /// `stop`, `length` or `content_filter` where the endpoint's word means one of them, else its own word.
  package let finish: String?
  package let nativeFinish: String?
  package let promptTokens: Int?
  package let completionTokens: Int?
  package let reasoningTokens: Int?
  /// What the endpoint says that it is: declared, never proof.
  package let declaredModel: String?
  package let fingerprint: String?
  package let tokens: [TokenLogprob]?
  /// Tokens of the prompt, in its order; the first has no log-probability.
  package let promptTokenLogprobs: [TokenLogprob]?
  /// A person pasted the answer: nobody but that person says that the model gave it.
  package let isPasted: Bool
  /// What came beside the text, or in its place, such as `tool_call`; see `SpokenContent.others`.
  package let others: [String]
  /// The endpoint's own name of the response: two answers of one name are one answer.
  package let responseID: String?

  /// Something that is no text came in place of an answer: it is none, and not an empty one.
  package var isOtherThanText: Bool { text.isEmpty && !others.isEmpty }

  package init(
    text: String, reasoning: String? = nil, reasoningSource: String? = nil, finish: String? = nil,
    nativeFinish: String? = nil, promptTokens: Int? = nil, completionTokens: Int? = nil, reasoningTokens: Int? = nil,
    declaredModel: String? = nil, fingerprint: String? = nil, tokens: [TokenLogprob]? = nil,
    promptTokenLogprobs: [TokenLogprob]? = nil, isPasted: Bool = false, others: [String] = [], responseID: String? = nil
  ) {
    self.text = text
    self.reasoning = reasoning
    self.reasoningSource = reasoningSource
    self.finish = finish
    self.nativeFinish = nativeFinish
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.reasoningTokens = reasoningTokens
    self.declaredModel = declaredModel
    self.fingerprint = fingerprint
    self.tokens = tokens
    self.promptTokenLogprobs = promptTokenLogprobs
    self.isPasted = isPasted
    self.others = others
    self.responseID = responseID
  }

  /// An answer whose text, thoughts and the rest are those of a message.
  package init(
    _ said: SpokenContent, finish: String?, nativeFinish: String?, promptTokens: Int? = nil,
    completionTokens: Int? = nil,
    reasoningTokens: Int? = nil, declaredModel: String? = nil, fingerprint: String? = nil,
    tokens: [TokenLogprob]? = nil,
    promptTokenLogprobs: [TokenLogprob]? = nil, responseID: String? = nil
  ) {
    self.init(
      text: said.words, reasoning: said.reasoning, reasoningSource: said.reasoningSource, finish: finish,
      nativeFinish: nativeFinish, promptTokens: promptTokens, completionTokens: completionTokens,
      reasoningTokens: reasoningTokens, declaredModel: declaredModel, fingerprint: fingerprint, tokens: tokens,
      promptTokenLogprobs: promptTokenLogprobs, others: said.others, responseID: responseID)
  }

  /// The same answer with tokens from elsewhere in the response.
  package func with(tokens: [TokenLogprob]?, promptTokenLogprobs: [TokenLogprob]?) -> Answer {
    Answer(
      text: text, reasoning: reasoning, reasoningSource: reasoningSource, finish: finish, nativeFinish: nativeFinish,
      promptTokens: promptTokens, completionTokens: completionTokens, reasoningTokens: reasoningTokens,
      declaredModel: declaredModel, fingerprint: fingerprint, tokens: tokens, promptTokenLogprobs: promptTokenLogprobs,
      isPasted: isPasted, others: others, responseID: responseID)
  }

  /// The form in which it is stored: one JSON document, since SQLite's text ends at a NUL and an answer does not.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "reasoning": JSONValue(reasoning), "reasoning_source": JSONValue(reasoningSource),
      "finish": JSONValue(finish), "native_finish": JSONValue(nativeFinish),
      "prompt_tokens": JSONValue(promptTokens), "completion_tokens": JSONValue(completionTokens),
      "reasoning_tokens": JSONValue(reasoningTokens), "declared_model": JSONValue(declaredModel),
      "fingerprint": JSONValue(fingerprint),
      "tokens": tokens.map { .array($0.map(\.json)) } ?? .null,
      "prompt_tokens_logprobs": promptTokenLogprobs.map { .array($0.map(\.json)) } ?? .null,
      "pasted": isPasted ? .bool(true) : .null,
      "others": others.isEmpty ? .null : .array(others.map(JSONValue.string)), "response_id": JSONValue(responseID),
    ]
    members["text"] = .string(text)
    return .compact(members)
  }

  package init?(json: JSONValue) {
    guard let text = json["text"]?.string else { return nil }
    self.init(
      text: text, reasoning: json["reasoning"]?.string, reasoningSource: json["reasoning_source"]?.string,
      finish: json["finish"]?.string, nativeFinish: json["native_finish"]?.string,
      promptTokens: json["prompt_tokens"]?.integer, completionTokens: json["completion_tokens"]?.integer,
      reasoningTokens: json["reasoning_tokens"]?.integer, declaredModel: json["declared_model"]?.string,
      fingerprint: json["fingerprint"]?.string, tokens: json["tokens"]?.array?.compactMap(TokenLogprob.init(json:)),
      promptTokenLogprobs: json["prompt_tokens_logprobs"]?.array?.compactMap(TokenLogprob.init(json:)),
      isPasted: json["pasted"]?.bool ?? false, others: (json["others"]?.array ?? []).compactMap(\.string),
      responseID: json["response_id"]?.string)
  }
}

extension TokenLogprob {
  /// The shape of the OpenAI dialect, which is also that of transcripts.
  package var json: JSONValue {
    .compact([
      "token": .string(token), "id": JSONValue(id),
      "bytes": bytes.map { .array($0.map { .integer(Int($0)) }) } ?? .null,
      "logprob": logprob.map(JSONValue.number) ?? .null,
      "top_logprobs": top.map { .array($0.map(\.json)) } ?? .null,
    ])
  }

  /// nil for what has no token. A field of an unexpected type is taken as absent.
  package init?(json: JSONValue) {
    guard let token = json["token"]?.string else { return nil }
    let bytes = json["bytes"]?.array
    let exact = bytes?.compactMap { $0.integer.flatMap(UInt8.init(exactly:)) }
    self.init(
      token: token, id: json["id"]?.integer, bytes: exact?.count == bytes?.count ? exact : nil,
      logprob: json["logprob"]?.number, top: json["top_logprobs"]?.array?.compactMap(TokenLogprob.init(json:)))
  }
}
