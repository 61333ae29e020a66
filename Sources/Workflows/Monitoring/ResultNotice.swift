import Cases
import EndpointKeys
import Foundation
import Monitoring
package import Probing

/// The result of a check, posted to an address of the user's own: a web hook. One attempt; what becomes of it changes nothing.
package struct ResultNotice: Sendable {
  /// Why a notice did not arrive.
  package enum Failure: Hashable, Sendable {
    case status(Int)
    case problem(TransportReply.Problem)
  }

  /// Without what may be secret in the address: user, password, path and query.
  package let host: String
  private let url: String
  private let credentials: Attempt.Header?
  private static let timeout = Duration.seconds(10)

  /// nil for anything but an address of http or https.
  package init?(_ address: String) {
    let scheme = ["https://", "http://"].first { address.lowercased().hasPrefix($0) }
    guard let scheme else { return nil }
    let rest = address.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    let place = authority.lastIndex(of: "@")
    let name = place.map { authority[authority.index(after: $0)...] } ?? authority
    guard let host = Endpoint.host(of: scheme + name), address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    self.host = host
    url = scheme + name + rest.dropFirst(authority.count).prefix { $0 != "#" }
    credentials = place.map { place in
      let user = String(authority[..<place])
      return Attempt.Header(
        name: "Authorization",
        value: "Basic " + Data((user.removingPercentEncoding ?? user).utf8).base64EncodedString())
    }
  }

  /// - Parameters:
  ///   - document: JSON.
  ///   - files: configurations of the endpoints that were asked: their keys are masked, wherever they come from.
  /// - Returns: nil if it arrived.
  /// - Throws: `FileError` or `ProbingError` for certificates or proxies that the environment names and that are none.
  package func post(
    _ document: String, guarding files: [String], environment: [String: String]
  ) async throws -> Failure? {
    let transport = try HTTPTransport(connections: 1, environment: environment)
    let failure = await post(document, guarding: files, environment: environment, over: transport)
    await transport.shutdown()
    return failure
  }

  package func post(
    _ document: String, guarding files: [String], environment: [String: String], over transport: any Transport
  ) async -> Failure? {
    let reply = await transport.send(
      TransportRequest(
        request: Attempt.Request(
          url: url, headers: [Attempt.Header(name: "Content-Type", value: "application/json")],
          body: Self.masked(Array(document.utf8), files, environment)), credentials: credentials,
        timeout: Self.timeout))
    if let problem = reply.problem { return .problem(problem) }
    guard let status = reply.head?.status, (200..<300).contains(status) else {
      return .status(reply.head?.status ?? 0)
    }
    return nil
  }

  private static func masked(_ bytes: [UInt8], _ files: [String], _ environment: [String: String]) -> [UInt8] {
    // A key that cannot be read was not sent to anybody either.
    let endpoints = files.flatMap { (try? MonitorConfigurationReader.all(file: $0)) ?? [] }.map(\.endpoint)
    return endpoints.reduce(bytes) { bytes, endpoint in
      let model = CaseConfiguration.Model(id: MonitorConfiguration.model, endpoint: endpoint)
      let keys = try? KeyRing(for: [model], environment: environment)
      return keys?.redaction(for: endpoint.host).body(bytes).bytes ?? bytes
    }
  }
}
