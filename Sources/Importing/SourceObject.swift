import Formats

/// An object of a foreign JSON file, read field by field; every complaint names file and place.
struct SourceObject {
  let place: SourcePlace
  let members: [String: JSONValue]

  init(_ value: JSONValue, at place: SourcePlace) throws {
    guard let members = value.object else {
      throw place.error(.wrongType(field: "the record", expected: "a JSON object"))
    }
    self.place = place
    self.members = members
  }

  subscript(key: String) -> JSONValue? {
    guard let value = members[key], value != .null else { return nil }
    return value
  }

  /// The value at a path such as `choices.0.turns.0`: names of members and places in lists; a member of that very name comes
  /// first. nil for a value that is absent or null.
  func value(at path: String) -> JSONValue? {
    if let value = self[path] { return value }
    let value = end(of: path)
    return value == .null ? nil : value
  }

  /// Whether a path ends in a null, or in one on its way.
  func isNull(at path: String) -> Bool { (members[path] ?? end(of: path)) == .null }

  /// What a path leads to, or the null that it ends in before; nil where it leads nowhere.
  private func end(of path: String) -> JSONValue? {
    var value = JSONValue.object(members)
    for step in path.split(separator: ".", omittingEmptySubsequences: false) {
      if let member = value[String(step)] {
        value = member
      } else if let list = value.array, let place = Int(step), list.indices.contains(place) {
        value = list[place]
      } else {
        return value == .null ? value : nil
      }
    }
    return value
  }

  /// nil for a field that is absent or null.
  func string(_ key: String) throws -> String? {
    try value(at: key).map {
      guard let text = $0.string else { throw place.error(.wrongType(field: key, expected: "a text")) }
      return text
    }
  }

  /// A name: a text, or a number as it is written.
  func name(_ key: String) throws -> String? {
    guard let value = value(at: key) else { return nil }
    guard let name = value.string ?? value.integer.map(String.init) ?? Self.fraction(value) else {
      throw place.error(.wrongType(field: key, expected: "a text or a whole number"))
    }
    guard !name.isEmpty, !name.utf8.contains(0) else { throw place.error(.emptyName(field: key)) }
    return name
  }

  /// A number with all its digits; nil for one so large that it stands for others too.
  private static func fraction(_ value: JSONValue) -> String? {
    guard let number = value.number, number.magnitude < 9_007_199_254_740_992 else { return nil }
    return value.canonical
  }

  func integer(_ key: String) throws -> Int? {
    try value(at: key).map {
      // Some tools write numbers as texts.
      guard let value = $0.integer ?? $0.string.flatMap({ Int($0) }) else {
        throw place.error(.wrongType(field: key, expected: "a whole number"))
      }
      return value
    }
  }

  func array(_ key: String) throws -> [JSONValue]? {
    try self[key].map {
      guard let values = $0.array else { throw place.error(.wrongType(field: key, expected: "a list")) }
      return values
    }
  }

  func object(_ key: String) throws -> SourceObject? {
    try self[key].map {
      guard $0.object != nil else { throw place.error(.wrongType(field: key, expected: "an object")) }
      return try SourceObject($0, at: place)
    }
  }

  func required<Value>(_ key: String, _ read: (String) throws -> Value?) throws -> Value {
    guard let value = try read(key) else { throw place.error(.missing(field: key)) }
    return value
  }
}
