package import Cases
import Formats

/// A secret, with the host that it may be sent to. Its bytes appear in no description.
package struct EndpointKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  let secret: String
  /// Scheme, host and port.
  package let host: String

  init(secret: String, host: String) {
    self.secret = secret
    self.host = host
  }

  package var description: String { "key for \(host)" }
  package var debugDescription: String { description }
}

/// The keys of a case's endpoints, read from the environment or from files, never from the configuration.
package struct KeyRing: Sendable {
  private let keys: [ModelID: EndpointKey]
  /// By scheme, host and port.
  private let redactions: [String: Redaction]
  /// Models whose keys are too short or too common to be told from words (`KeyStrength`), in the order of the case.
  package let unguarded: [ModelID]

  package init() { (keys, redactions, unguarded) = ([:], [:], []) }

  /// - Throws: `ProbingError` for a variable or a file that is missing, empty or no possible header.
  package init(for models: [CaseConfiguration.Model], environment: [String: String]) throws {
    var keys: [ModelID: EndpointKey] = [:]
    for model in models {
      guard let reference = model.endpoint.key else { continue }
      let stored: String
      switch reference {
      case .environment(let name):
        guard let value = environment[name] else { throw ProbingError.keyMissing(model.id, reference) }
        stored = value
      case .file(let path):
        guard let text = String(validating: try FileBytes.read(path), as: UTF8.self) else {
          throw ProbingError.keyUnusable(model.id, reference)
        }
        stored = text
      }
      let secret = stored.trimmingWhitespace
      guard !secret.isEmpty else { throw ProbingError.keyMissing(model.id, reference) }
      guard secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw ProbingError.keyUnusable(model.id, reference)
      }
      keys[model.id] = EndpointKey(secret: secret, host: model.endpoint.host)
    }
    self.keys = keys
    redactions = Dictionary(grouping: keys.values, by: \.host).mapValues { Redaction(secrets: $0.map(\.secret)) }
    unguarded = models.map(\.id).filter { id in keys[id].map { !KeyStrength.isGuarded($0.secret) } ?? false }
  }

  package subscript(model: ModelID) -> EndpointKey? { keys[model] }

  /// For what came from a host: it can know no keys but those that are sent there.
  ///
  /// - Parameter host: scheme, host and port.
  package func redaction(for host: String) -> Redaction { redactions[host] ?? Redaction(secrets: []) }

  /// The header that carries the key of a model; nil if it has none, or if the URL is not of the key's host.
  package func credentials(of model: ModelID, for url: String, _ dialect: any Dialect) -> Attempt.Header? {
    guard let key = keys[model], key.host == Endpoint.host(of: String(url.prefix { $0 != "?" })) else { return nil }
    return dialect.credentials(key.secret)
  }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
