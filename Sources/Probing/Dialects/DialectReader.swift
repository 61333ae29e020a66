package import Cases

/// Reads exchanges again as runs read them, for whoever verifies evidence.
package struct DialectReader: ExchangeReader {
  package init() {}

  package func request(
    for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling
  ) -> Attempt.Request {
    endpoint.dialect.dialect.request(
      for: item, probe: probe, endpoint: endpoint, sampling: sampling, maxTokens: sampling.maxTokens)
  }

  package func answer(
    _ dialect: Endpoint.DialectName, status: Int, body: [UInt8]
  ) -> (outcome: Attempt.Outcome, answer: Answer)? {
    // No run has read a longer one.
    guard body.count <= HTTPTransport.bodyLimit,
      case .answer(let outcome, let answer) = dialect.dialect.read(status: status, body: body)
    else { return nil }
    return (outcome, answer)
  }
}
