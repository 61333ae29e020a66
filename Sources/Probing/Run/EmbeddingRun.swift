package import Cases
import EndpointKeys

/// Asks one endpoint for the vectors of many texts, batch by batch; each batch is handed on before the next is asked for.
package struct EmbeddingRun: Sendable {
  private let model: CaseConfiguration.Model
  private let dialect: EmbeddingDialect
  private let transport: any Transport
  private let keys: KeyRing
  private let policy: RetryPolicy
  private let clock: RunClock
  private let timeout: Duration

  /// - Returns: nil for an endpoint whose dialect has no embeddings.
  package init?(
    _ endpoint: Endpoint, transport: any Transport, environment: [String: String], policy: RetryPolicy = RetryPolicy(),
    clock: RunClock = .system, timeout: Duration = .seconds(120)
  ) throws {
    guard let dialect = EmbeddingDialect(endpoint) else { return nil }
    model = CaseConfiguration.Model(id: ModelID(endpoint.model), endpoint: endpoint)
    self.dialect = dialect
    self.transport = transport
    keys = try KeyRing(for: [model], environment: environment)
    self.policy = policy
    self.clock = clock
    self.timeout = timeout
  }

  /// Whether the endpoint's key is too short or too common to be told from words.
  package var isKeyUnguarded: Bool { !keys.unguarded.isEmpty }

  /// - Parameters:
  ///   - dimensions: numbers of each vector that is there already; nil for none.
  ///   - store: called with each batch of vectors, in the order of the texts.
  /// - Throws: `ProbingError.noVectors` when an endpoint will not answer, or with vectors of another length; or what `store` throws.
  package func vectors(
    of texts: [String], batch: Int, dimensions: Int? = nil, store: (Range<Int>, [[Double]]) throws -> Void
  ) async throws {
    var (start, dimensions) = (0, dimensions)
    while start < texts.count {
      try Task.checkCancellation()
      let range = start..<min(start + batch, texts.count)
      let vectors = try await ask(Array(texts[range]))
      let found = vectors.first?.count
      guard found == dimensions ?? found else {
        throw ProbingError.noVectors(
          host: model.endpoint.host,
          detail: "vectors of \(found ?? 0) numbers, and those before have \(dimensions ?? 0)", isKeyRefused: false)
      }
      dimensions = found
      try store(range, vectors)
      start = range.upperBound
    }
  }

  private func ask(_ texts: [String]) async throws -> [[Double]] {
    let request = dialect.request(texts)
    let credentials = keys.credentials(of: model.id, for: request.url, model.endpoint.dialect.dialect.credentials)
    let began = clock.now()
    var failures = 0
    while true {
      let reply = await transport.send(TransportRequest(request: request, credentials: credentials, timeout: timeout))
      let redacted = RedactedReply(reply, keys.redaction(for: model.endpoint.host))
      let reading: EmbeddingDialect.Reading =
        if let response = redacted.response, redacted.problem == nil {
          // Numbers, too, can spell a key; vectors that were changed are none.
          switch dialect.read(status: response.status, body: response.body, count: texts.count) {
          case .vectors where response.isRedacted:
            .failure(.configuration, detail: "the response holds the key that was sent", error: nil)
          case let read: read
          }
        } else {
          .failure(.transient, detail: redacted.problem?.words ?? "no response", error: nil)
        }
      guard case .failure(let kind, let detail, let error) = reading else {
        if case .vectors(let vectors) = reading { return vectors }
        continue
      }
      failures += 1
      let hint = WaitHint.of(headers: reply.head?.headers ?? [], error: error, now: clock.utc())
      let verdict = policy.verdict(kind, failures: failures, elapsed: clock.now() - began, hint: hint, jitter: 0.5)
      guard case .retry(let wait) = verdict else {
        throw ProbingError.noVectors(
          host: model.endpoint.host, detail: detail, isKeyRefused: kind == .authentication)
      }
      try await clock.sleep(wait)
    }
  }
}
