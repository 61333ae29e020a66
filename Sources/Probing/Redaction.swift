package import Cases
import Formats

/// Takes keys out of what is about to be stored: servers echo headers in their errors.
package struct Redaction: Sendable {
  static let mark = "[redacted]"

  private let secrets: [[UInt8]]

  package init(secrets: [String]) {
    // A longer key first, since it may begin with a shorter one.
    self.secrets = Set(secrets.filter { !$0.isEmpty }).sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
      .map { Array($0.utf8) }
  }

  /// The body with every key replaced, also where JSON hides it behind escapes; a body that had to be decoded for it
  /// comes back in canonical form.
  package func body(_ bytes: [UInt8]) -> (bytes: [UInt8], changed: Bool) {
    guard !secrets.isEmpty else { return (bytes, false) }
    let plain = replacing(in: bytes)
    guard plain.bytes.contains(UInt8(ascii: "\\")), let json = JSONValue(parsing: plain.bytes) else { return plain }
    let decoded = replacing(in: Array(Self.unescaped(json).utf8))
    guard decoded.changed else { return plain }
    return (Array(redacted(json).canonical.utf8), true)
  }

  package func text(_ text: String) -> String {
    let result = replacing(in: Array(text.utf8))
    return result.changed ? String(decoding: result.bytes, as: UTF8.self) : text
  }

  package func headers(_ headers: [Attempt.Header]) -> [Attempt.Header] {
    headers.map { Attempt.Header(name: $0.name, value: text($0.value)) }
  }

  /// All strings of a value, without escapes.
  private static func unescaped(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text + "\n"
    case .array(let values): values.map(unescaped).joined()
    case .object(let members): members.map { $0.key + "\n" + unescaped($0.value) }.joined()
    default: ""
    }
  }

  private func redacted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let value): .string(text(value))
    case .array(let values): .array(values.map(redacted))
    case .object(let members):
      .object(Dictionary(members.map { (text($0.key), redacted($0.value)) }, uniquingKeysWith: { first, _ in first }))
    default: value
    }
  }

  private func replacing(in bytes: [UInt8]) -> (bytes: [UInt8], changed: Bool) {
    var bytes = bytes
    var changed = false
    for secret in secrets {
      let found = Self.occurrences(of: secret, in: bytes)
      guard !found.isEmpty else { continue }
      changed = true
      var rest: [UInt8] = []
      var from = 0
      for start in found {
        rest.append(contentsOf: bytes[from..<start])
        rest.append(contentsOf: Self.mark.utf8)
        from = start + secret.count
      }
      rest.append(contentsOf: bytes[from...])
      bytes = rest
    }
    return (bytes, changed)
  }

  private static func occurrences(of needle: [UInt8], in bytes: [UInt8]) -> [Int] {
    var found: [Int] = []
    var at = 0
    while at + needle.count <= bytes.count {
      guard let first = bytes[at...].firstIndex(of: needle[0]), first + needle.count <= bytes.count else { break }
      if bytes[first..<(first + needle.count)].elementsEqual(needle) {
        found.append(first)
        at = first + needle.count
      } else {
        at = first + 1
      }
    }
    return found
  }
}
