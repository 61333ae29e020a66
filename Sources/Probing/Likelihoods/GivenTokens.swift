package import Cases
import EndpointKeys
import Formats

/// Takes texts apart by the tokeniser of an endpoint: `/tokenize` of llama.cpp's server, beside `/v1`.
package struct GivenTokens: Sendable {
  private let model: CaseConfiguration.Model
  private let transport: any Transport
  private let keys: KeyRing
  private let policy: RetryPolicy
  private let clock: RunClock
  private let timeout: Duration

  /// - Parameter others: models whose keys the endpoint's host may know as well.
  package init(
    _ model: CaseConfiguration.Model, guarding others: [CaseConfiguration.Model] = [], transport: any Transport,
    environment: [String: String], policy: RetryPolicy = RetryPolicy(), clock: RunClock = .system,
    timeout: Duration = .seconds(120)
  ) throws {
    self.model = model
    self.transport = transport
    keys = try KeyRing(for: [model], guarding: others, environment: environment)
    self.policy = policy
    self.clock = clock
    self.timeout = timeout
  }

  /// - Parameter told: called with the number of texts that are done, before each.
  /// - Returns: for each text its tokens; nil where a token is a part of a character, which grammars of tokens cannot say.
  /// - Throws: `ProbingError.noTokens` when the endpoint will not answer, after as many tries as the policy gives an item, or
  ///   answers something else.
  package func tokens(of texts: [String], told: (Int) -> Void = { _ in }) async throws -> [[Int]?] {
    var found: [[Int]?] = []
    for text in texts {
      try Task.checkCancellation()
      told(found.count)
      found.append(try await tokens(of: text))
    }
    return found
  }

  private static let maximumMarks = 8

  private func tokens(of text: String) async throws -> [Int]? {
    let url = model.endpoint.url
    let base = url.hasSuffix("/v1") ? String(url.dropLast(3)) : url
    let request = Attempt.Request.json(
      to: Endpoint(url: base, model: model.endpoint.model), path: "/tokenize",
      ["content": .string(text), "with_pieces": .bool(true), "parse_special": .bool(false)])
    let credentials = keys.credentials(of: model.id, for: request.url, model.endpoint.dialect.dialect.credentials)
    let message = TransportRequest(request: request, credentials: credentials, timeout: timeout)
    func failed(_ detail: String) -> ProbingError {
      .noTokens(model.id, host: model.endpoint.host, detail: detail)
    }
    let began = clock.now()
    var failures = 0
    var response = try await read(message)
    while case .failure(let failure) = response {
      failures += 1
      let verdict = policy.verdict(
        failure.kind, failures: failures, elapsed: clock.now() - began, hint: failure.hint, jitter: 0.5)
      guard case .retry(let wait) = verdict else { throw failed(failure.detail) }
      try await clock.sleep(wait)
      response = try await read(message)
    }
    let document = try response.get()
    guard let tokens = document["tokens"]?.array else {
      throw failed("no list of tokens: \(ResponseReading.excerpt(Array(document.canonical.utf8)))")
    }
    let pieces = tokens.map { (id: $0["id"]?.integer, piece: $0["piece"]) }
    // A piece that is no text comes as a list of bytes.
    guard pieces.allSatisfy({ $0.piece?.string != nil }) else { return nil }
    let ids = pieces.compactMap(\.id)
    let said = pieces.compactMap { $0.piece?.string }.joined()
    // SentencePiece writes a space before the first word of a text.
    // A token without text costs as much as any other: a text has no more of them than bytes, but for marks around it.
    guard ids.count <= text.utf8.count + Self.maximumMarks else { throw failed("a text has more tokens than bytes") }
    guard ids.count == tokens.count, said.utf8.elementsEqual(text.utf8) || said.utf8.elementsEqual(" \(text)".utf8)
    else { throw failed("the tokens of a text are not that text") }
    return ids
  }

  private struct Failure: Error {
    let kind: FailureClass
    let detail: String
    let hint: Duration?
  }

  /// Failures are told apart as they are where the endpoint is asked.
  private func read(_ message: TransportRequest) async throws -> Result<JSONValue, Failure> {
    let reply = await transport.send(message)
    try Task.checkCancellation()
    let redacted = RedactedReply(reply, keys.redaction(for: model.endpoint.host))
    func failed(_ kind: FailureClass, _ detail: String, _ error: JSONValue? = nil) -> Result<JSONValue, Failure> {
      let hint = WaitHint.of(headers: reply.head?.headers ?? [], error: error, now: clock.utc())
      return .failure(Failure(kind: kind, detail: detail, hint: hint))
    }
    if let problem = redacted.problem {
      switch problem {
      case .bodyTooLarge, .invalidRequest: return failed(.configuration, problem.words)
      case .timeout, .connection, .inputEnded: return failed(.transient, problem.words)
      }
    }
    guard let response = redacted.response else { return failed(.transient, "no response") }
    // Numbers of tokens, too, can spell a key.
    if response.isRedacted, (200..<300).contains(response.status) {
      return failed(.configuration, "the response holds the key that was sent")
    }
    switch ResponseReading.object(status: response.status, body: response.body, assembling: { _ in nil }) {
    case .object(let document): return .success(document)
    case .failed(.failure(let kind, let detail, let error)): return failed(kind, detail, error)
    case .failed(.answer): return failed(.configuration, "status \(response.status): the text was withheld by a filter")
    }
  }
}
