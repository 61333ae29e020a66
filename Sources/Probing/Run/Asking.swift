import Cases
import EndpointKeys
import Formats
import FoundationEssentials

/// One attempt: builds the request, sends it, reads the response, and takes keys out of what is to be stored.
struct Asking: Sendable {
  let configuration: CaseConfiguration
  let transport: any Transport
  let keys: KeyRing
  let clock: RunClock
  /// Monotonic time at which the run began.
  let origin: Duration

  /// An attempt to store, and what its failure calls for.
  struct Finished: Sendable {
    let attempt: Attempt
    let failure: Failure?
    /// What the endpoint announced of its limits.
    let window: RateWindow?

    struct Failure: Sendable {
      let kind: FailureClass
      /// Equal for failures that say the same.
      let sameness: String
      let hint: Duration?
    }
  }

  /// The request for an item, without credentials.
  func request(for item: PlannedItem, probe: Probe, endpoint: Endpoint) -> Attempt.Request {
    endpoint.dialect.dialect.request(
      for: item, probe: probe, endpoint: endpoint, sampling: configuration.sampling(of: probe),
      maxTokens: configuration.maxTokens(of: probe))
  }

  /// What of a request is stored.
  static func stored(_ request: Attempt.Request) -> Attempt.Request {
    Attempt.Request(url: request.url, headers: HeaderAllowList.keep(request.headers), body: request.body)
  }

  func ask(_ item: PlannedItem, _ request: Attempt.Request, probe: Probe, endpoint: Endpoint) async -> Finished {
    let dialect = endpoint.dialect.dialect
    let credentials = keys.credentials(of: item.model, for: request.url, dialect.credentials)
    let started = clock.utc()
    let startedAt = clock.now() - origin
    let reply = await transport.send(
      TransportRequest(request: request, credentials: credentials, timeout: configuration.timeout))
    let times = Attempt.Times(
      started: UTCTime.text(started), ended: UTCTime.text(clock.utc()), startedNanoseconds: startedAt.wholeNanoseconds,
      firstByteNanoseconds: reply.firstByte.map { (startedAt + $0).wholeNanoseconds },
      endedNanoseconds: (clock.now() - origin).wholeNanoseconds)

    let redacted = RedactedReply(reply, keys.redaction(for: endpoint.host), readingBroken: true) {
      dialect.read(status: $0, body: $1)
    }
    let response = redacted.response
    let stored = Self.stored(request)
    func finished(
      _ outcome: Attempt.Outcome, answer: Answer? = nil, failure: Attempt.Failure? = nil, charged: Int,
      calls: Finished.Failure? = nil
    ) -> Finished {
      Finished(
        attempt: Attempt(
          item: item, times: times, request: stored, response: response, outcome: outcome, answer: answer,
          failure: failure, chargedTokens: charged),
        failure: calls, window: reply.head.flatMap { RateWindow($0.headers, now: clock.utc()) })
    }
    let prompt = Estimate.promptTokens(of: probe)
    switch Self.reading(redacted).explained(by: response, asked: request.url) {
    case .answer(let outcome, let answer):
      let read = answer.reading(AskedTokens(configuration.sampling, of: endpoint))
      return finished(outcome, answer: read, charged: Self.charge(answer, prompt: prompt))
    case .failure(let kind, let detail, let error):
      let hint = WaitHint.of(headers: reply.head?.headers ?? [], error: error, now: clock.utc())
      // A request whose answer was lost may well be charged; one that was turned down is not.
      let maySpend = reply.problem == .timeout || reply.head.map { (200..<300).contains($0.status) } == true
      return finished(
        .failed, failure: Attempt.Failure(kind: kind.rawValue, detail: detail), charged: maySpend ? prompt : 0,
        calls: Finished.Failure(kind: kind, sameness: Self.sameness(kind, redacted, error), hint: hint))
    }
  }

  private static func reading(_ reply: RedactedReply) -> DialectReading {
    switch reply.problem {
    case .timeout: .failure(.transient, detail: "no complete response in time", error: nil)
    case .connection(let words):
      Self.whole(reply)
        ?? .failure(
          .transient, detail: reply.response == nil ? "connection: \(words)" : "response cut off: \(words)", error: nil)
    case .bodyTooLarge(let limit): .failure(.configuration, detail: "response of more than \(limit) bytes", error: nil)
    case .invalidRequest(let words): .failure(.configuration, detail: "request: \(words)", error: nil)
    case .inputEnded: .failure(.exhausted, detail: "no more answers were pasted", error: nil)
    case nil: reply.reading ?? .failure(.transient, detail: "no response", error: nil)
    }
  }

  /// An answer that was whole before its connection broke: told as a failure it would lie beside a response that holds it,
  /// and nobody could tell that from an answer that was left out.
  private static func whole(_ reply: RedactedReply) -> DialectReading? {
    guard let reading = reply.reading, case .answer = reading else { return nil }
    return reading
  }

  /// What the endpoint counted; where it did not, a token for 4 bytes: unknown is not nothing.
  private static func charge(_ answer: Answer, prompt: Int) -> Int {
    (answer.promptTokens ?? prompt)
      + (answer.completionTokens ?? Estimate.tokens(of: answer.text) + Estimate.tokens(of: answer.reasoning ?? ""))
  }

  private static func sameness(_ kind: FailureClass, _ reply: RedactedReply, _ error: JSONValue?) -> String {
    let problem =
      switch reply.problem {
      case .timeout: "timeout"
      case .connection: "connection"
      case .bodyTooLarge: "body too large"
      case .invalidRequest: "invalid request"
      case .inputEnded: "input ended"
      case nil: ""
      }
    let code = error?["code"].map(\.canonical) ?? error?["type"]?.canonical ?? ""
    return "\(kind.rawValue) \(reply.response?.status ?? 0) \(problem) \(code)"
  }
}
