package import Cases

/// The keys of a case's endpoints, read from the environment or from files, never from the configuration.
package struct KeyRing: Sendable {
  private let keys: [ModelID: EndpointKey]
  /// By scheme, host and port.
  private let redactions: [String: Redaction]
  /// Models whose keys are too short or too common to be told from words (`KeyStrength`), in the order of the case.
  package let unguarded: [ModelID]

  package init() { (keys, redactions, unguarded) = ([:], [:], []) }

  /// - Parameters:
  ///   - models: whose keys are sent.
  ///   - others: whose keys were or will be sent, by another run of the case, so that their hosts know them: they are looked
  ///     for as the keys of `models` are, as far as they can be read.
  /// - Throws: `EndpointKeyError` for a variable or a file that is missing, empty, too long or no possible header.
  package init(
    for models: [CaseConfiguration.Model], guarding others: [CaseConfiguration.Model] = [],
    environment: [String: String]
  ) throws {
    var keys: [ModelID: EndpointKey] = [:]
    for model in models { keys[model.id] = try EndpointKey(of: model, environment: environment) }
    self.keys = keys
    let hosts = Set(models.map(\.endpoint.host))
    // A key that is not there is no reason not to ask those that need none.
    let guarded = others.filter { keys[$0.id] == nil && hosts.contains($0.endpoint.host) }
      .compactMap { try? EndpointKey(of: $0, environment: environment) }
    redactions = Dictionary(grouping: Array(keys.values) + guarded, by: \.host)
      .mapValues { Redaction(secrets: $0.map(\.secret)) }
    unguarded = models.map(\.id).filter { id in keys[id].map { !KeyStrength.isGuarded($0.secret) } ?? false }
  }

  package subscript(model: ModelID) -> EndpointKey? { keys[model] }

  /// For what came from a host: it can know no keys but those that are sent there.
  ///
  /// - Parameter host: scheme, host and port.
  package func redaction(for host: String) -> Redaction { redactions[host] ?? Redaction(secrets: []) }

  /// The header that carries the key of a model; nil if it has none, or if the URL is not of the key's host.
  ///
  /// - Parameter header: what its dialect makes of a key; nobody else is told it.
  package func credentials(
    of model: ModelID, for url: String, _ header: (_ secret: String) -> Attempt.Header
  ) -> Attempt.Header? {
    guard let key = keys[model], key.host == Endpoint.host(of: String(url.prefix { $0 != "?" })) else { return nil }
    return header(key.secret)
  }
}
