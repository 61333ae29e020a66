/// Builds requests and reads responses as a run does. Dialects live above this module: whoever verifies brings them.
package protocol ExchangeReader: Sendable {
  /// The request that asks an item of an endpoint, without credentials.
  func request(for item: PlannedItem, probe: Probe, endpoint: Endpoint, sampling: Sampling) -> Attempt.Request
  /// What a complete response says; nil where it is no answer.
  func answer(_ dialect: Endpoint.DialectName, status: Int, body: [UInt8]) -> (
    outcome: Attempt.Outcome, answer: Answer
  )?
}
