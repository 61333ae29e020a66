import Cases
import Formats

/// A secret, with the host that it may be sent to. Its bytes appear in no description.
package struct EndpointKey: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
  /// Bytes of a key: more than any server takes in its headers.
  package static let longest = 16 << 10
  /// Bytes of a file with a key, and with white space around it.
  private static let longestFile = 64 << 10

  let secret: String
  /// Scheme, host and port.
  package let host: String

  /// - Returns: nil for an endpoint that needs none.
  /// - Throws: `EndpointKeyError` for a variable or a file that is missing, empty, too long or no possible header.
  init?(of model: CaseConfiguration.Model, environment: [String: String]) throws {
    guard let reference = model.endpoint.key else { return nil }
    let secret = try Self.stored(reference, of: model.id, environment).trimmingWhitespace
    guard !secret.isEmpty else { throw EndpointKeyError.missing(model.id, reference) }
    guard secret.utf8.count <= Self.longest else { throw EndpointKeyError.tooLong(model.id, reference) }
    guard secret.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw EndpointKeyError.unusable(model.id, reference)
    }
    self.secret = secret
    host = model.endpoint.host
  }

  private static func stored(
    _ reference: Endpoint.KeyReference, of model: ModelID, _ environment: [String: String]
  ) throws -> String {
    switch reference {
    case .environment(let name):
      guard let value = environment[name] else { throw EndpointKeyError.missing(model, reference) }
      return value
    case .file(let path):
      let bytes: [UInt8]
      do {
        bytes = try FileBytes.read(path, upTo: longestFile)
      } catch FileError.fileTooLarge {
        throw EndpointKeyError.tooLong(model, reference)
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EndpointKeyError.unusable(model, reference)
      }
      return text
    }
  }

  package var description: String { "key for \(host)" }
  package var debugDescription: String { description }
}

extension String {
  fileprivate var trimmingWhitespace: String {
    var part = self[...]
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }
}
