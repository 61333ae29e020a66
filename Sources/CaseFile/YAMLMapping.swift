import Yams

/// A mapping of a YAML document, read key by key; every complaint names file, line and column.
struct YAMLMapping {
  let file: String
  /// Where the mapping stands in the document; empty for the document itself.
  let path: String
  private let mark: YAMLPosition
  private let entries: [(key: String, keyMark: YAMLPosition, value: Node)]

  /// - Throws: `CaseFileError.configuration` for anything but a mapping whose keys are all among `known`.
  init(_ node: Node, path: String, file: String, known: [String]) throws {
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

  func node(_ key: String) -> Node? {
    guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
    // `key:` with nothing behind it is a key left out.
    if case .scalar(let scalar) = value, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) {
      return nil
    }
    return value
  }

  func required(_ key: String) throws -> Node {
    guard let node = node(key) else { throw error(at: mark, .missing(field: field(key))) }
    return node
  }

  func string(_ key: String) throws -> String? { try node(key).map { try string($0, field(key)) } }

  func requiredString(_ key: String) throws -> String { try string(required(key), field(key)) }

  /// Any scalar that is not empty counts as text: a model may be called `4`.
  func string(_ node: Node, _ field: String) throws -> String {
    guard case .scalar(let scalar) = node else { throw error(at: node, .wrongType(field: field, expected: "text")) }
    guard !scalar.string.isEmpty, !scalar.string.utf8.contains(0) else {
      throw error(at: node, .wrongType(field: field, expected: "text that is not empty"))
    }
    return scalar.string
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
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
  func name(_ node: Node, _ field: String) throws -> String {
    let name = try string(node, field)
    guard name.utf8.count <= Limits.nameBytes else {
      throw error(at: node, .outOfRange(field: field, allowed: "at most \(Limits.nameBytes) bytes long"))
    }
    return name
  }

  func unsigned(_ key: String) throws -> UInt64? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = UInt64(scalar.string) else {
      throw error(at: node, .wrongType(field: field(key), expected: "a whole number from 0 to 2^64 - 1"))
    }
    return value
  }

  func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain, let value = Double(scalar.string), value.isFinite
    else { throw error(at: node, .wrongType(field: field(key), expected: "a number")) }
    guard range.contains(value) else {
      throw error(at: node, .outOfRange(field: field(key), allowed: "\(range.lowerBound) to \(range.upperBound)"))
    }
    return value
  }

  func bool(_ key: String) throws -> Bool? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let value = ["true": true, "false": false][scalar.string]
    else { throw error(at: node, .wrongType(field: field(key), expected: "true or false")) }
    return value
  }

  /// `120s`, `5m`, `2h` or `250ms`, with a decimal part if wanted; more than nothing.
  func duration(_ key: String) throws -> Duration? {
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

  func sequence(_ key: String) throws -> [Node]? {
    guard let node = node(key) else { return nil }
    guard case .sequence(let nodes) = node else {
      throw error(at: node, .wrongType(field: field(key), expected: "a list"))
    }
    return Array(nodes)
  }

  func choice<Value: CaseIterable & RawRepresentable>(_ key: String, of type: Value.Type) throws -> Value?
  where Value.RawValue == String {
    guard let node = node(key) else { return nil }
    let name = try string(node, field(key))
    guard let value = Value(rawValue: name) else {
      throw error(
        at: node, .unknownValue(field: field(key), value: name, known: Value.allCases.map(\.rawValue)))
    }
    return value
  }

  func field(_ key: String) -> String { Self.join(path, key) }

  func error(at node: Node, _ defect: ConfigurationDefect) -> CaseFileError { error(at: YAMLPosition(node), defect) }

  func error(at mark: YAMLPosition, _ defect: ConfigurationDefect) -> CaseFileError { Self.error(file, mark, defect) }

  private static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private static func error(_ file: String, _ mark: YAMLPosition, _ defect: ConfigurationDefect) -> CaseFileError {
    .configuration(file: file, line: mark.line, column: mark.column, defect)
  }
}

/// Line and column, both counted from 1.
struct YAMLPosition {
  let line: Int
  let column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: Mark?) { self.init(line: mark?.line ?? 1, column: mark?.column ?? 1) }

  init(_ node: Node) { self.init(node.mark) }
}

/// Names of fields under which people write keys into configurations.
enum SecretName {
  static func matches(_ key: String) -> Bool {
    let name = key.lowercased().filter { $0.isLetter }
    let whole: Set = ["key", "token", "auth", "authorization", "bearer", "headers", "password", "credentials"]
    return whole.contains(name)
      || ["apikey", "secret", "accesskey", "accesstoken", "authtoken", "apitoken"]
        .contains { name.contains($0) }
  }
}

/// The known word that a mistyped one is likely to mean.
enum NearestWord {
  /// At a Levenshtein distance of at most a third of the word's length, and of at most 3; the first among equals.
  static func of(_ word: String, among known: [String]) -> String? {
    let limit = min(3, max(1, word.count / 3))
    return known.map { (word: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= limit }
      .min { $0.distance < $1.distance }?.word
  }

  private static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8), b = Array(b.utf8)
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let cost = diagonal + (a[i] == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(cost, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}
