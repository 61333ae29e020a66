package import Yams

extension YAMLMapping {
  /// YAML as JSON: plain words of JSON are what they are there, any other scalar is text.
  ///
  /// - Parameter refuse: throws for a member that must not be there, given its name, where it stands, and its path.
  package func json(
    _ node: Node, _ path: String, refuse: (String, Node, String) throws -> Void = { _, _, _ in }
  ) throws -> JSONValue {
    switch node {
    case .scalar(let scalar):
      guard scalar.style == .plain else { return .string(scalar.string) }
      switch scalar.string {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null", "~", "": return .null
      default:
        if let whole = Int(scalar.string) { return .integer(whole) }
        if let number = Double(scalar.string), number.isFinite { return .number(number) }
        return .string(scalar.string)
      }
    case .sequence(let nodes):
      return .array(try nodes.enumerated().map { try json($1, "\(path)[\($0)]", refuse: refuse) })
    case .mapping(let mapping):
      var members: [String: JSONValue] = [:]
      for (name, content) in mapping {
        guard case .scalar(let scalar) = name else {
          throw error(at: name, .wrongType(field: path, expected: "a mapping whose keys are words"))
        }
        let own = "\(path).\(scalar.string)"
        try refuse(scalar.string, name, own)
        members[scalar.string] = try json(content, own, refuse: refuse)
      }
      return .object(members)
    case .alias: throw error(at: node, .wrongType(field: path, expected: "a value, not an alias"))
    }
  }
}
