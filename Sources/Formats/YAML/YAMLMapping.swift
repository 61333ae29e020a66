package import Yams

/// A mapping of a YAML document, read key by key; every complaint names file, line and column.
package struct YAMLMapping {
  package let file: String
  /// Where the mapping stands in the document; empty for the document itself.
  let path: String
  private let mark: YAMLPosition
  private let entries: [(key: String, keyMark: YAMLPosition, value: Node)]

  /// - Throws: `FileError.configuration` for anything but a mapping whose keys are all among `known`.
  package init(_ node: Node, path: String, file: String, known: [String]) throws {
    self.file = file
    self.path = path
    self.mark = YAMLPosition(node)
    guard case .mapping(let mapping) = node else {
      throw Self.error(file, mark, .wrongType(field: path, expected: "a mapping of keys to values"))
    }
    var entries: [(key: String, keyMark: YAMLPosition, value: Node)] = []
    for (keyNode, value) in mapping {
      let keyMark = YAMLPosition(keyNode)
      guard case .scalar(let scalar) = keyNode else {
        throw Self.error(file, keyMark, .wrongType(field: path, expected: "a mapping whose keys are words"))
      }
      let key = scalar.string
      guard known.contains(key) else {
        if SecretName.matches(key) { throw Self.error(file, keyMark, .literalKey(field: Self.join(path, key))) }
        throw Self.error(
          file, keyMark, .unknownKey(Self.join(path, key), nearest: NearestWord.of(key, among: known)))
      }
      entries.append((key, keyMark, value))
    }
    self.entries = entries
  }

  package func node(_ key: String) -> Node? {
    guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
    // `key:` with nothing behind it is a key left out.
    if case .scalar(let scalar) = value, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
      return nil
    }
    return value
  }

  package func required(_ key: String) throws -> Node {
    guard let node = node(key) else { throw error(at: mark, .missing(field: field(key))) }
    return node
  }

  package func string(_ key: String) throws -> String? { try node(key).map { try string($0, field(key)) } }

  package func requiredString(_ key: String) throws -> String { try string(required(key), field(key)) }

  /// Any scalar that is not empty counts as text: a model may be called `4`.
  package func string(_ node: Node, _ field: String) throws -> String {
    guard case .scalar(let scalar) = node else { throw error(at: node, .wrongType(field: field, expected: "text")) }
    guard !scalar.string.isEmpty, !scalar.string.utf8.contains(0) else {
      throw error(at: node, .wrongType(field: field, expected: "text that is not empty"))
    }
    return scalar.string
  }

  package func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, isWhole(scalar.string) else {
      throw error(at: node, .wrongType(field: field(key), expected: "a whole number"))
    }
    guard let value = Int(scalar.string), range.contains(value) else {
      throw error(at: node, .outOfRange(field: field(key), allowed: Limits.words(range)))
    }
    return value
  }

  /// Whether the text is a whole number, however large.
  private func isWhole(_ text: String) -> Bool {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return text.utf8.count - digits.count <= 1 && !digits.isEmpty
      && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  /// A text that may become the name of a file.
  package func name(_ node: Node, _ field: String) throws -> String {
    let name = try string(node, field)
    guard name.utf8.count <= Limits.nameBytes else {
      throw error(at: node, .outOfRange(field: field, allowed: "at most \(Limits.nameBytes) bytes long"))
    }
    return name
  }

  package func unsigned(_ key: String) throws -> UInt64? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = UInt64(scalar.string) else {
      throw error(at: node, .wrongType(field: field(key), expected: "a whole number from 0 to 2^64 - 1"))
    }
    return value
  }

  package func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = Double(scalar.string), value.isFinite
    else { throw error(at: node, .wrongType(field: field(key), expected: "a number")) }
    guard range.contains(value) else {
      throw error(at: node, .outOfRange(field: field(key), allowed: "\(range.lowerBound) to \(range.upperBound)"))
    }
    return value
  }

  package func bool(_ key: String) throws -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let value = ["true": true, "false": false][scalar.string]
    else { throw error(at: node, .wrongType(field: field(key), expected: "true or false")) }
    return value
  }

  /// `120s`, `5m`, `2h` or `250ms`, with a decimal part if wanted; more than nothing.
  package func duration(_ key: String) throws -> Duration? {
    guard let node = node(key) else { return nil }
    let expected = "a duration such as 90s, 5m or 2h"
    guard case .scalar(let scalar) = node else {
      throw error(at: node, .wrongType(field: field(key), expected: expected))
    }
    if let duration = DurationWords.parse(scalar.string) { return duration }
    if DurationWords.isDuration(scalar.string) {
      throw error(at: node, .outOfRange(field: field(key), allowed: "more than 0 and at most a year"))
    }
    throw error(at: node, .wrongType(field: field(key), expected: expected))
  }

  package func sequence(_ key: String) throws -> [Node]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let nodes) = node else {
      throw error(at: node, .wrongType(field: field(key), expected: "a list"))
    }
    return Array(nodes)
  }

  package func choice<Value: CaseIterable & RawRepresentable>(_ key: String, of type: Value.Type) throws -> Value?
  where Value.RawValue == String {
    guard let node = node(key) else { return nil }
    let name = try string(node, field(key))
    guard let value = Value(rawValue: name) else {
      throw error(
        at: node, .unknownValue(field: field(key), value: name, known: Value.allCases.map(\.rawValue)))
    }
    return value
  }

  package func field(_ key: String) -> String { Self.join(path, key) }

  package func error(at node: Node, _ defect: ConfigurationDefect) -> FileError {
    error(at: YAMLPosition(node), defect)
  }

  package func error(at mark: YAMLPosition, _ defect: ConfigurationDefect) -> FileError {
    Self.error(file, mark, defect)
  }

  private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private static func error(_ file: String, _ mark: YAMLPosition, _ defect: ConfigurationDefect) -> FileError {
    .configuration(file: file, line: mark.line, column: mark.column, defect)
  }
}
