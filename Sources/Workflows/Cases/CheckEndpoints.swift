package import Cases
import EndpointKeys
import Probing

/// Sees of each endpoint whether it answers, and which parameters it obeys; nothing is stored.
package struct CheckEndpoints: Sendable {
  package struct Findings: Sendable {
    /// In the order of the models.
    package let checks: [(model: CaseConfiguration.Model, check: CapabilityCheck)]

    /// By model, the proxy through which its endpoint is reached; none where it is asked directly.
    package let proxies: [ModelID: String]

    /// Endpoints that no answer came from; nil if all answered.
    package var silent: SilentEndpoints? {
      let silent = checks.filter { $0.check.findings.contains { $0.aspect == .answers && $0.standing == .refused } }
      guard let first = silent.first else { return nil }
      return SilentEndpoints(
        models: silent.map(\.model.id), host: first.model.endpoint.host,
        isKeyRefused: silent.contains { [401, 403].contains($0.check.exchanges.first?.response?.status) })
    }
  }

  private let models: [CaseConfiguration.Model]
  private let sampling: Sampling
  private let timeout: Duration
  private let environment: [String: String]

  /// - Parameter environment: where keys are looked up.
  package init(
    _ models: [CaseConfiguration.Model], sampling: Sampling = Sampling(), timeout: Duration = .seconds(60),
    environment: [String: String]
  ) {
    self.models = models
    self.sampling = sampling
    self.timeout = timeout
    self.environment = environment
  }

  /// - Parameter unguarded: called with the models whose keys cannot be looked for in what their endpoints send, if there
  ///   are any.
  package func run(unguarded: ([ModelID]) -> Void = { _ in }) async throws -> Findings {
    let keys = try KeyRing(for: models, environment: environment)
    if !keys.unguarded.isEmpty { unguarded(keys.unguarded) }
    let transport = try HTTPTransport(connections: models.count, environment: environment)
    let checks = await withTaskGroup(of: (Int, CapabilityCheck).self) { group in
      for (place, model) in models.enumerated() {
        group.addTask {
          let probe = CapabilityProbe(model, sampling: sampling, transport: transport, keys: keys, timeout: timeout)
          return (place, await probe.run())
        }
      }
      return await group.reduce(into: [Int: CapabilityCheck]()) { $0[$1.0] = $1.1 }
    }
    await transport.shutdown()
    let proxies = try Proxies(environment)
    return Findings(
      checks: models.enumerated().compactMap { place, model in checks[place].map { (model, $0) } },
      proxies: models.reduce(into: [:]) { $0[$1.id] = proxies.server(for: $1.endpoint.host)?.words })
  }
}
