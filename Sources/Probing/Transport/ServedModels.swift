package import Cases
import Formats

/// Asks servers without keys which models they serve: local ones do.
package enum ServedModels {
  /// Names in the order of the server's list.
  ///
  /// - Parameter url: base URL of the dialect: up to `/v1`, for Ollama the host.
  /// - Throws: `ProbingError.noModelList`.
  package static func list(
    _ url: String, dialect: Endpoint.DialectName, environment: [String: String]
  ) async throws -> [String] {
    let transport = try HTTPTransport(connections: 1, environment: environment)
    let address = dialect == .ollama ? "\(url)/api/tags" : "\(url)/models"
    let reply = await transport.send(
      TransportRequest(
        request: Attempt.Request(url: address, headers: [], body: []), credentials: nil, timeout: .seconds(10),
        isLookup: true))
    await transport.shutdown()
    guard reply.problem == nil, let head = reply.head, head.status == 200,
      let document = JSONValue(parsing: reply.body)
    else {
      let detail = reply.head.map { "status \($0.status)" } ?? reply.problem.map { "\($0)" } ?? "no answer"
      throw ProbingError.noModelList(url: address, detail: detail)
    }
    let (list, name) = dialect == .ollama ? (document["models"], "name") : (document["data"], "id")
    let names = (list?.array ?? []).compactMap { $0[name]?.string }.filter { !$0.isEmpty }
    guard !names.isEmpty else { throw ProbingError.noModelList(url: address, detail: "no model in its list") }
    return names
  }
}
