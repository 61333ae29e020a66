package import Formats

/// Tokens of responses that are read: those that a request asked for, and no more of them than its answer can have.
///
/// An endpoint may send what nobody asked for, and tokens take many times the memory of their text. Versions before 0.8.0 read all
/// that came (`StoredReading`).
package struct AskedTokens: Hashable, Sendable {
  /// Whether the answer's own were asked for.
  package let ofAnswers: Bool
  /// Whether the prompt's were.
  package let ofPrompts: Bool
  /// Alternatives beside each token of an answer; some endpoints list the token itself beyond them.
  package let alternatives: Int

  /// Tokens of an answer beyond its bytes: marks around it, such as its end, have no text.
  package static let marks = 8

  package init(_ sampling: Sampling, of endpoint: Endpoint) {
    self.init(
      logprobs: sampling.logprobs, promptLogprobs: sampling.promptLogprobs, alternatives: sampling.topLogprobs,
      isOmitted: endpoint.omitted.contains(.logprobs))
  }

  private init(logprobs: Bool, promptLogprobs: Bool, alternatives: Int, isOmitted: Bool) {
    // An echoed prompt has no tokens without those of the answer behind it.
    ofAnswers = (logprobs || promptLogprobs) && !isOmitted
    ofPrompts = promptLogprobs
    // A protocol that was forged may say any number.
    self.alternatives = max(0, alternatives)
  }

  /// What the requests of a case asked for, by model; a model that was recorded before it was asked for nothing.
  ///
  /// - Parameter measurement: as the protocol has it.
  package static func all(in measurement: JSONValue) -> [ModelID: AskedTokens] {
    let models =
      [measurement["suspect"]].compactMap(\.self) + (measurement["candidates"]?.array ?? [])
      + (measurement["cohort"]?.array ?? [])
    let sampling = measurement["sampling"]
    var found: [ModelID: AskedTokens] = [:]
    for model in models {
      guard let name = model["model"]?.string, model["recorded"] == nil else { continue }
      let omitted = (model["omit"]?.array ?? []).compactMap(\.string)
      found[ModelID(name)] = AskedTokens(
        logprobs: sampling?["logprobs"]?.bool ?? false, promptLogprobs: sampling?["prompt_logprobs"]?.bool ?? false,
        alternatives: sampling?["top_logprobs"]?.integer ?? Sampling().topLogprobs,
        isOmitted: omitted.contains(SamplingParameter.logprobs.rawValue))
    }
    return found
  }
}

extension Answer {
  /// The same answer with the tokens that were asked for. More than its text, thoughts included, has bytes are those of nothing
  /// that it says: then it has none. An alternative has no alternatives.
  ///
  /// - Parameter asked: nil reads all that came.
  package func reading(_ asked: AskedTokens?) -> Answer {
    guard let asked else { return self }
    let most = text.utf8.count + (reasoning?.utf8.count ?? 0) + AskedTokens.marks
    let own = tokens.flatMap { asked.ofAnswers && $0.count <= most ? $0 : nil }
    return with(
      tokens: own?.map { $0.with(alternatives: asked.alternatives) },
      promptTokenLogprobs: asked.ofPrompts ? promptTokenLogprobs : nil)
  }

  /// The same answer with those of its tokens that can tell how likely a text is that was given: as many as it has bytes, without
  /// alternatives. `AnswerLikelihood` finds in them what it finds in all.
  package func telling(_ given: GivenAnswer) -> Answer {
    let bytes = given.text.utf8.count
    // Two tokens more than bytes are another text, though it began with a space.
    let said = tokens.map { $0.filter(\.hasBytes).prefix(bytes + 2).map(\.alone) }
    // What stands before the text depends on templates.
    let echoed = promptTokenLogprobs.map { $0.filter(\.hasBytes).suffix(bytes).map(\.alone) }
    return with(tokens: said, promptTokenLogprobs: echoed)
  }
}

extension TokenLogprob {
  fileprivate var hasBytes: Bool { !(bytes?.isEmpty ?? token.isEmpty) }

  fileprivate var alone: TokenLogprob {
    top == nil ? self : TokenLogprob(token: token, id: id, bytes: bytes, logprob: logprob)
  }

  fileprivate func with(alternatives count: Int) -> TokenLogprob {
    guard let top, top.count - 1 > count || top.contains(where: { $0.top != nil }) else { return self }
    return TokenLogprob(
      token: token, id: id, bytes: bytes, logprob: logprob,
      top: (top.count - 1 > count ? top.prefix(count + 1) : top[...]).map(\.alone))
  }
}
