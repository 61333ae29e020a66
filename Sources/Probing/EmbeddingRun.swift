package import Cases

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

  /// - Parameter store: called with each batch of vectors, in the order of the texts.
  /// - Throws: `ProbingError.noVectors` when an endpoint will not answer, or what `store` throws.
  package func vectors(of texts: [String], batch: Int, store: (Range<Int>, [[Double]]) throws -> Void) async throws {
    var start = 0
    while start < texts.count {
      try Task.checkCancellation()
      let range = start..<min(start + batch, texts.count)
      try store(range, await ask(Array(texts[range])))
      start = range.upperBound
    }
  }

  private func ask(_ texts: [String]) async throws -> [[Double]] {
    let request = dialect.request(texts)
    var credentials: Attempt.Header?
    if let key = keys[model.id], key.host == model.endpoint.host {
      credentials = model.endpoint.dialect.dialect.credentials(key.secret)
    }
    let began = clock.now()
    var failures = 0
    while true {
      let reply = await transport.send(TransportRequest(request: request, credentials: credentials, timeout: timeout))
      let reading: EmbeddingDialect.Reading =
        if let head = reply.head, reply.problem == nil {
          dialect.read(status: head.status, body: reply.body, count: texts.count)
        } else {
          .failure(.transient, detail: reply.problem?.words ?? "no response", error: nil)
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
          host: model.endpoint.host, detail: keys.redaction.text(detail), isKeyRefused: kind == .authentication)
      }
      try await clock.sleep(wait)
    }
  }
}
