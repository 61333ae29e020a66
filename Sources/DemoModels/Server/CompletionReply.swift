/// The replies of `/v1/completions`; a chunk of a stream has the same shape.
struct CompletionReply: Encodable {
  struct Choice: Encodable {
    let text: String
    let index: Int
    @ExplicitNull var logprobs: Logprobs?
    @ExplicitNull var finish_reason: String?
  }

  /// Parallel arrays. Of an echoed prompt the first token has neither logprob nor alternatives, as OpenAI has it.
  struct Logprobs: Encodable {
    let tokens: [String]
    let token_logprobs: [Double?]
    let top_logprobs: [[String: Double]?]
    /// Where each token begins in the text, in Unicode scalars.
    let text_offset: [Int]
  }

  let id: String
  let object = "text_completion"
  let created: Int
  let model: String
  let system_fingerprint: String
  let choices: [Choice]
  var usage: Usage?
}

extension CompletionReply.Logprobs {
  /// - Parameters:
  ///   - echoed: the prompt's tokens, or none.
  ///   - offset: where the first token begins.
  init(echoed: [DrawnToken], drawn: some Sequence<DrawnToken>, offset: Int = 0, _ vocabulary: Vocabulary) {
    let all = echoed + Array(drawn)
    var next = offset
    var offsets: [Int] = []
    for token in all {
      offsets.append(next)
      next += vocabulary.bytes(of: token.token).scalarCount
    }
    text_offset = offsets
    tokens = all.map { vocabulary.printed($0.token) }
    token_logprobs = all.indices.map { echoed.isEmpty || $0 > 0 ? all[$0].logprob : nil }
    top_logprobs = all.indices.map { index in
      guard echoed.isEmpty || index > 0 else { return nil }
      return Dictionary(
        all[index].alternatives.map { (vocabulary.printed($0.token), $0.logprob) },
        uniquingKeysWith: { first, _ in first })
    }
  }
}

extension [UInt8] {
  /// How many Unicode scalars begin in these bytes of UTF-8.
  var scalarCount: Int { count { $0 & 0b1100_0000 != 0b1000_0000 } }
}
