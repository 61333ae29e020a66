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

  package init() { keys = [:] }

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
  }

  package subscript(model: ModelID) -> EndpointKey? { keys[model] }

  var redaction: Redaction { Redaction(secrets: keys.values.map(\.secret)) }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
