import Cases
import Formats
import FoundationEssentials

/// One reply of a capability check, taken apart.
struct CapabilityReply: Sendable {
  enum Name: String, Sendable {
    case asTheCase = "as the case asks"
    case warm = "temperature 1"
    case sameSeed = "same seed"
    case otherSeed = "other seed"
    case cold = "temperature 0"
    case coldAgain = "temperature 0, other seed"
    case short
    case unknownField = "unknown field"
    case logprobs
    case promptLogprobs = "prompt logprobs"
    case stream
    case several = "two answers"
    case tokenizer
  }

  let name: Name
  let exchange: CapabilityExchange
  /// nil for a response that did not come whole, and for that of a tokenizer.
  let reading: DialectReading?
  /// When it was sent, by the clock of this machine, and how long the response took.
  let sent: Date
  let took: Duration
}

extension DialectReading {
  var answer: Answer? { if case .answer(_, let answer) = self { answer } else { nil } }
}

/// What the replies of a check say about an endpoint. A pure function of them.
struct CapabilityReading {
  private let replies: [CapabilityReply]
  private let sampling: Sampling
  private let features: DialectFeatures

  init(_ replies: [CapabilityReply], sampling: Sampling, features: DialectFeatures) {
    self.replies = replies
    self.sampling = sampling
    self.features = features
  }

  /// In the order of `CapabilityFinding.Aspect`. Of an endpoint that does not answer, only that.
  var findings: [CapabilityFinding] {
    guard let first = replies.first else { return [] }
    guard first.reading?.answer != nil else { return [answers(first)] }
    return [
      answers(first), maxTokens, temperature, seed, several, logprobs, promptLogprobs, stream, unknownField, tokenizer,
      usage(first), clock(first),
    ].compactMap(\.self)
  }

  private subscript(name: CapabilityReply.Name) -> CapabilityReply? { replies.first { $0.name == name } }

  private func text(_ name: CapabilityReply.Name) -> String? {
    // Thoughts count: they, too, are drawn.
    self[name]?.reading?.answer.map { ($0.reasoning ?? "") + "\u{1F}" + $0.text }
  }

  /// Why a reply is no answer; nil if it is one.
  private func refusal(_ name: CapabilityReply.Name) -> String? {
    guard let reply = self[name] else { return nil }
    switch reply.reading {
    case .answer: return nil
    case .failure(_, let detail, _): return detail
    case nil: return reply.exchange.problem ?? reply.exchange.response.map { "status \($0.status)" } ?? "no response"
    }
  }

  private func answers(_ reply: CapabilityReply) -> CapabilityFinding {
    let asked =
      "temperature \(sampling.temperature), top_p \(sampling.topP)" + (sampling.logprobs ? ", logprobs" : "")
    if case .failure(let kind, let detail, let error)? = reply.reading {
      let words =
        switch kind {
        case .authentication: "the key is refused: \(detail)"
        case .parameter:
          "\(detail): leave it out with omit: [\(Self.refused(error))] at the endpoint, or sampling: {\(Self.refused(error)): omit}"
        default: detail
        }
      return CapabilityFinding(.answers, .refused, requested: asked, observed: words)
    }
    guard let answer = reply.reading?.answer else {
      return CapabilityFinding(
        .answers, .refused, requested: asked, observed: reply.exchange.problem ?? "no response")
    }
    let said = answer.declaredModel.map { ", declares \($0)" } ?? ""
    return CapabilityFinding(
      .answers, .obeyed, requested: asked,
      observed: "status \(reply.exchange.response?.status ?? 0) in \(reply.took.wholeMilliseconds) ms\(said)")
  }

  /// The parameter that an error is about, by its name in a configuration.
  private static func refused(_ error: JSONValue?) -> String {
    let name = RefusedParameter(ErrorWords(error))?.name ?? "NAME"
    return SamplingParameter.carried(by: name)?.rawValue ?? name
  }

  private var maxTokens: CapabilityFinding? {
    let asked = "at most \(CapabilityProbe.shortTokens) tokens"
    if let why = refusal(.short) { return CapabilityFinding(.maxTokens, .refused, requested: asked, observed: why) }
    guard let answer = self[.short]?.reading?.answer else { return nil }
    let words = answer.text.split { $0.isWhitespace }.count
    let counted = answer.completionTokens.map { "\($0) tokens" } ?? "\(words) words"
    let obeyed = (answer.completionTokens ?? 0) <= CapabilityProbe.shortTokens && words <= CapabilityProbe.shortTokens
    let longer = (self[.warm]?.reading?.answer?.completionTokens).map { $0 > CapabilityProbe.shortTokens } ?? true
    return CapabilityFinding(
      .maxTokens, obeyed ? (longer ? .obeyed : .unclear) : .ignored, requested: asked,
      observed: "\(counted), finish \(answer.finish ?? "not told")")
  }

  private var temperature: CapabilityFinding? {
    let asked = "0 and 1, two seeds each"
    if let why = refusal(.cold) ?? refusal(.coldAgain) ?? refusal(.warm) ?? refusal(.otherSeed) {
      return CapabilityFinding(.temperature, .refused, requested: asked, observed: why)
    }
    guard let cold = text(.cold), let coldAgain = text(.coldAgain), let warm = text(.warm),
      let other = text(.otherSeed)
    else { return nil }
    let standing: CapabilityFinding.Standing
    switch (cold == coldAgain, warm == other) {
    case (true, false): standing = .obeyed
    // A model that has but one answer looks the same at any temperature.
    case (_, true): standing = .unclear
    // Servers that compute in batches part late at 0, if they do; a drawn answer parts at once.
    case (false, false): standing = Self.start(cold) == Self.start(coldAgain) ? .unclear : .ignored
    }
    return CapabilityFinding(
      .temperature, standing, requested: asked,
      observed: """
        \(cold == coldAgain ? "equal" : "different") answers at 0, \(warm == other ? "equal" : "different") ones at 1
        """)
  }

  /// The first two words.
  private static func start(_ text: String) -> [Substring] {
    Array(text.split { $0.isWhitespace || $0 == "\u{1F}" }.prefix(2))
  }

  private var seed: CapabilityFinding? {
    let asked = "one seed twice, another once, at temperature 1"
    guard features.contains(.seed) else {
      return CapabilityFinding(.seed, .notOffered, requested: asked, observed: "the dialect has no seed")
    }
    if let why = refusal(.sameSeed) { return CapabilityFinding(.seed, .refused, requested: asked, observed: why) }
    guard let warm = text(.warm), let same = text(.sameSeed), let other = text(.otherSeed) else { return nil }
    let standing: CapabilityFinding.Standing = warm != same ? .ignored : warm == other ? .unclear : .obeyed
    return CapabilityFinding(
      .seed, standing, requested: asked,
      observed: """
        \(warm == same ? "equal" : "different") answers to one seed, \(warm == other ? "the same" : "another") answer to the other
        """)
  }

  private var several: CapabilityFinding? {
    guard features.contains(.several) else {
      return CapabilityFinding(.several, .notOffered, requested: "2 answers", observed: "the dialect has no n")
    }
    if let why = refusal(.several) {
      return CapabilityFinding(.several, .refused, requested: "2 answers", observed: why)
    }
    guard let body = self[.several]?.exchange.response?.body else { return nil }
    let count = JSONValue(parsing: body, upTo: .response)?["choices"]?.array?.count ?? 0
    return CapabilityFinding(
      .several, count == 2 ? .obeyed : .ignored, requested: "2 answers", observed: "\(count)")
  }

  private var logprobs: CapabilityFinding? {
    let asked = "\(sampling.topLogprobs) alternatives for each token"
    guard features.contains(.logprobs) else {
      return CapabilityFinding(.logprobs, .notOffered, requested: asked, observed: "the dialect has none")
    }
    let name: CapabilityReply.Name = sampling.logprobs ? .asTheCase : .logprobs
    if let why = refusal(name) { return CapabilityFinding(.logprobs, .refused, requested: asked, observed: why) }
    guard let answer = self[name]?.reading?.answer else { return nil }
    let tokens = answer.tokens ?? []
    guard tokens.contains(where: { $0.logprob != nil }) else {
      return CapabilityFinding(.logprobs, .ignored, requested: asked, observed: "none")
    }
    let extras = [
      tokens.contains { $0.id != nil } ? "ids" : nil, tokens.contains { $0.bytes != nil } ? "bytes" : nil,
    ].compactMap(\.self)
    return CapabilityFinding(
      .logprobs, .obeyed, requested: asked,
      observed: "\(tokens.count) tokens, up to \(tokens.map { $0.top?.count ?? 0 }.max() ?? 0) alternatives"
        + (extras.isEmpty ? "" : ", with " + extras.joined(separator: " and ")))
  }

  private var promptLogprobs: CapabilityFinding? {
    let asked = "log-probabilities of the prompt"
    guard features.contains(.promptLogprobs) else {
      return CapabilityFinding(.promptLogprobs, .notOffered, requested: asked, observed: "the dialect has none")
    }
    let name: CapabilityReply.Name = sampling.promptLogprobs ? .asTheCase : .promptLogprobs
    if let why = refusal(name) { return CapabilityFinding(.promptLogprobs, .refused, requested: asked, observed: why) }
    guard let answer = self[name]?.reading?.answer else { return nil }
    let count = (answer.promptTokenLogprobs ?? []).count { $0.logprob != nil }
    return CapabilityFinding(
      .promptLogprobs, count > 0 ? .obeyed : .ignored, requested: asked,
      observed: count > 0 ? "of \(count) tokens" : "none")
  }

  private var stream: CapabilityFinding? {
    guard features.contains(.stream) else {
      return CapabilityFinding(.stream, .notOffered, requested: "a stream", observed: "the dialect has none")
    }
    // A case that asks for streams sees it in its first reply.
    guard let reply = self[.stream] ?? self[.asTheCase] else { return nil }
    if let why = refusal(reply.name) {
      return CapabilityFinding(.stream, .refused, requested: "a stream", observed: why)
    }
    let body = reply.exchange.response?.body ?? []
    let streamed = StreamedBody(events: body) != nil || JSONValue(parsing: body, upTo: .response) == nil
    return CapabilityFinding(
      .stream, streamed ? .obeyed : .ignored, requested: "a stream",
      observed: streamed ? "a stream with its end" : "one response")
  }

  private var unknownField: CapabilityFinding? {
    let asked = CapabilityProbe.unknownField
    if let why = refusal(.unknownField) {
      return CapabilityFinding(.unknownField, .refused, requested: asked, observed: why)
    }
    guard self[.unknownField] != nil else { return nil }
    return CapabilityFinding(
      .unknownField, .ignored, requested: asked, observed: "answered: what it does not know, it drops in silence")
  }

  private var tokenizer: CapabilityFinding? {
    let asked = "the tokens of a text"
    guard features.contains(.tokenizer) else {
      return CapabilityFinding(.tokenizer, .notOffered, requested: asked, observed: "the dialect has no tokenizer")
    }
    guard let reply = self[.tokenizer] else { return nil }
    let count = reply.exchange.response.flatMap {
      JSONValue(parsing: $0.body, upTo: .response)?["tokens"]?.array?.count
    }
    guard let count, count > 0 else {
      return CapabilityFinding(.tokenizer, .notOffered, requested: asked, observed: "no /tokenize there")
    }
    return CapabilityFinding(.tokenizer, .obeyed, requested: asked, observed: "\(count) tokens by /tokenize")
  }

  private func usage(_ reply: CapabilityReply) -> CapabilityFinding? {
    guard let answer = reply.reading?.answer else { return nil }
    guard let prompt = answer.promptTokens, let completion = answer.completionTokens else {
      return CapabilityFinding(.usage, .ignored, requested: "tokens used", observed: "not told")
    }
    return CapabilityFinding(
      .usage, .obeyed, requested: "tokens used", observed: "\(prompt) of the prompt, \(completion) of the answer")
  }

  /// The server's `date` against the middle of the exchange; it counts whole seconds.
  private func clock(_ reply: CapabilityReply) -> CapabilityFinding? {
    let header = reply.exchange.response?.headers.first { $0.name.lowercased() == "date" }?.value
    guard let date = header.flatMap(HTTPDate.parse) else {
      return CapabilityFinding(.clock, .notOffered, requested: "the server's time", observed: "no date in its response")
    }
    let middle = reply.sent.timeIntervalSince1970 + Double(reply.took.wholeMilliseconds) / 2_000
    let skew = Int((date.timeIntervalSince1970 + 0.5 - middle).rounded())
    let words = abs(skew) <= 1 ? "as here" : skew > 0 ? "\(skew) s ahead of here" : "\(-skew) s behind here"
    return CapabilityFinding(
      .clock, abs(skew) <= 5 ? .obeyed : .unclear, requested: "the server's time", observed: words)
  }
}
