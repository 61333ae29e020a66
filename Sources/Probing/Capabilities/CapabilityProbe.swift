package import Cases
package import EndpointKeys
import Formats
import FoundationEssentials

/// Asks an endpoint short questions that show what it does with what it is asked for: many servers take a parameter and do
/// as they like.
package struct CapabilityProbe: Sendable {
  /// The most that a check of one endpoint sends, repetitions aside.
  package static let maximumCalls = 12

  /// The most that one call takes, prompt and answer together.
  package static let maximumTokens = 160

  private let model: CaseConfiguration.Model
  private let sampling: Sampling
  private let transport: any Transport
  private let keys: KeyRing
  private let clock: RunClock
  private let timeout: Duration

  package init(
    _ model: CaseConfiguration.Model, sampling: Sampling, transport: any Transport, keys: KeyRing,
    clock: RunClock = .system, timeout: Duration
  ) {
    self.model = model
    self.sampling = sampling
    self.transport = transport
    self.keys = keys
    self.clock = clock
    self.timeout = timeout
  }

  /// A question to which few answers are alike, and a beginning that has no one end, for what continues texts.
  static let question = "Write eight unrelated words, one after the other, and nothing else."
  static let beginning = "When the old lighthouse keeper opened the door, he saw"
  static let tokens = 24
  static let shortTokens = 3
  static let unknownField = "retort_unknown_field"

  /// Nothing further is asked once the first question has no answer.
  package func run() async -> CapabilityCheck {
    let dialect = model.endpoint.dialect.dialect
    guard dialect.features.contains(.sampling) else {
      return CapabilityCheck(model: model.id, exchanges: [], findings: [])
    }
    var replies: [CapabilityReply] = []
    for question in questions(dialect) {
      let reply = await ask(question, dialect)
      replies.append(reply)
      if question.name == .asTheCase, reply.reading?.answer == nil { break }
    }
    return CapabilityCheck(
      model: model.id, exchanges: replies.map(\.exchange),
      findings: CapabilityReading(replies, sampling: sampling, features: dialect.features).findings)
  }

  private struct Question {
    let name: CapabilityReply.Name
    let request: Attempt.Request
  }

  private func questions(_ dialect: any Dialect) -> [Question] {
    let features = dialect.features
    let endpoint = model.endpoint
    func request(
      temperature: Double, seed: Int, tokens: Int = Self.tokens, topP: Double = 1, logprobs: Bool = false,
      promptLogprobs: Bool = false, streams: Bool? = nil, further: [String: JSONValue] = [:]
    ) -> Attempt.Request {
      let asked = Endpoint(
        url: endpoint.url, model: endpoint.model, dialect: endpoint.dialect, key: endpoint.key,
        tokenLimitField: endpoint.tokenLimitField, concurrency: endpoint.concurrency, apiVersion: endpoint.apiVersion,
        provider: endpoint.provider, streams: streams ?? endpoint.streams,
        fields: endpoint.fields.merging(further) { _, new in new })
      let item = PlannedItem(
        order: 0, model: model.id, probe: PromptID("capability"), sample: 0, requestSeed: seed)
      return dialect.request(
        for: item, probe: Probe(id: item.probe, prompt: dialect.continuesText ? Self.beginning : Self.question),
        endpoint: asked,
        sampling: Sampling(
          temperature: temperature, topP: topP, maxTokens: tokens, logprobs: logprobs,
          topLogprobs: sampling.topLogprobs, promptLogprobs: promptLogprobs), maxTokens: tokens)
    }
    var questions = [
      Question(
        name: .asTheCase,
        request: request(
          temperature: sampling.temperature, seed: 11, topP: sampling.topP, logprobs: sampling.logprobs,
          promptLogprobs: sampling.promptLogprobs)),
      Question(name: .warm, request: request(temperature: 1, seed: 12)),
      Question(name: .otherSeed, request: request(temperature: 1, seed: 13)),
      Question(name: .cold, request: request(temperature: 0, seed: 14)),
      Question(name: .coldAgain, request: request(temperature: 0, seed: 15)),
      Question(name: .short, request: request(temperature: 1, seed: 16, tokens: Self.shortTokens)),
      Question(
        name: .unknownField, request: request(temperature: 1, seed: 17, further: [Self.unknownField: .bool(true)])),
    ]
    if features.contains(.seed) {
      questions.insert(Question(name: .sameSeed, request: request(temperature: 1, seed: 12)), at: 2)
    }
    if features.contains(.logprobs), !sampling.logprobs {
      questions.append(Question(name: .logprobs, request: request(temperature: 1, seed: 18, logprobs: true)))
    }
    if features.contains(.promptLogprobs), !sampling.promptLogprobs, !endpoint.streams {
      questions.append(
        Question(name: .promptLogprobs, request: request(temperature: 1, seed: 19, promptLogprobs: true)))
    }
    if features.contains(.stream), !endpoint.streams {
      questions.append(Question(name: .stream, request: request(temperature: 1, seed: 20, streams: true)))
    }
    if features.contains(.several) {
      // `n` is sent as 1 by the dialect, and stands where it stood.
      questions.append(
        Question(name: .several, request: request(temperature: 1, seed: 21, streams: false).replacing("n", .integer(2)))
      )
    }
    if features.contains(.tokenizer) {
      questions.append(Question(name: .tokenizer, request: tokenizerRequest()))
    }
    return questions
  }

  /// `/tokenize` beside `/v1`, in the words of vLLM and of llama.cpp at once; each takes its own.
  private func tokenizerRequest() -> Attempt.Request {
    let url = model.endpoint.url
    let base = url.hasSuffix("/v1") ? String(url.dropLast(3)) : url
    return Attempt.Request.json(
      to: Endpoint(url: base, model: model.endpoint.model), path: "/tokenize",
      [
        "model": .string(model.endpoint.model), "prompt": .string(Self.question), "content": .string(Self.question),
      ])
  }

  private func ask(_ question: Question, _ dialect: any Dialect) async -> CapabilityReply {
    let credentials = keys.credentials(of: model.id, for: question.request.url, dialect.credentials)
    let started = clock.utc()
    let startedAt = clock.now()
    let message = TransportRequest(request: question.request, credentials: credentials, timeout: timeout)
    var reply = await transport.send(message)
    // Servers close connections that were open for long; a new one then serves.
    if case .connection? = reply.problem, reply.head == nil { reply = await transport.send(message) }
    let took = clock.now() - startedAt
    let isTokenizer = question.name == .tokenizer
    let redacted = RedactedReply(reply, keys.redaction(for: model.endpoint.host)) {
      isTokenizer ? nil : dialect.read(status: $0, body: $1)
    }
    let response = redacted.response
    let estimated = Estimate.tokens(of: Self.question) + 8
    var charged = 0
    if case .answer(_, let answer)? = redacted.reading {
      charged = (answer.promptTokens ?? estimated) + (answer.completionTokens ?? Estimate.tokens(of: answer.text))
    }
    let exchange = CapabilityExchange(
      name: question.name.rawValue, started: UTCTime.text(started), ended: UTCTime.text(clock.utc()),
      request: Attempt.Request(
        url: question.request.url, headers: HeaderAllowList.keep(question.request.headers),
        body: question.request.body), response: response, problem: redacted.problem?.words,
      chargedTokens: charged)
    return CapabilityReply(
      name: question.name, exchange: exchange,
      reading: redacted.reading?.explained(by: response, asked: question.request.url), sent: started, took: took)
  }
}

extension Attempt.Request {
  /// The same request with one member of its body changed, if the body has it.
  fileprivate func replacing(_ member: String, _ value: JSONValue) -> Attempt.Request {
    guard case .object(var members)? = JSONValue(parsing: body), members[member] != nil else { return self }
    members[member] = value
    return Attempt.Request(url: url, headers: headers, body: Array(JSONValue.object(members).canonical.utf8))
  }
}

extension TransportReply.Problem {
  var words: String {
    switch self {
    case .timeout: "no complete response in time"
    case .connection(let words): words
    case .bodyTooLarge(let limit): "response of more than \(limit) bytes"
    case .invalidRequest(let words): "request: \(words)"
    case .inputEnded: "no more answers were pasted"
    }
  }
}
