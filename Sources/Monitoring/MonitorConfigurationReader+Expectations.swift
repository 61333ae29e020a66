import Cases
import Formats
import Yams

/// What a user says of single probes: what is expected of their answers, and what of them is compared.
extension MonitorConfigurationReader {
  private static let conditions = ["equals", "one_of", "regex", "json_schema"]

  /// By probe; a probe that is not asked, a pattern or a schema that is none, is an error.
  static func expectations(_ top: YAMLMapping, _ probes: [Probe]) throws -> [Expectation] {
    guard let node = top.node("expect") else { return [] }
    let ids = probes.map(\.id.rawValue)
    let all = try YAMLMapping(node, path: "expect", file: top.file, known: ids)
    return try ids.compactMap { id in
      guard let entry = all.node(id) else { return nil }
      let fields = try YAMLMapping(entry, path: "expect.\(id)", file: top.file, known: conditions + ["at_least"])
      let given = conditions.filter { fields.node($0) != nil }
      guard given.count == 1, let node = fields.node(given[0]) else {
        throw fields.error(
          at: entry, .wrongType(field: "expect.\(id)", expected: "one of equals, one_of, regex and json_schema"))
      }
      return Expectation(
        probe: PromptID(id), condition: try condition(given[0], node, fields),
        atLeast: try fields.number("at_least", in: 0.01...1) ?? 0.9)
    }
  }

  private static func condition(_ name: String, _ node: Node, _ fields: YAMLMapping) throws -> Expectation.Condition {
    let field = fields.field(name)
    switch name {
    case "one_of":
      guard case .sequence(let answers) = node, !answers.isEmpty else {
        throw fields.error(at: node, .wrongType(field: field, expected: "a list of answers"))
      }
      return .oneOf(try answers.map { try fields.string($0, field) })
    case "regex":
      let pattern = try fields.string(node, field)
      guard (try? Regex(pattern)) != nil else {
        throw fields.error(at: node, .wrongType(field: field, expected: "a regular expression"))
      }
      return .regex(pattern)
    case "json_schema": return .schema(try schema(node, fields, field))
    default: return .oneOf([try fields.string(node, field)])
    }
  }

  /// As it stands there, or in a file.
  private static func schema(_ node: Node, _ fields: YAMLMapping, _ field: String) throws -> AnswerSchema {
    let value: JSONValue
    if case .scalar(let scalar) = node, !["true", "false"].contains(scalar.string) {
      let path = ConfigurationReading(file: fields.file).resolved(try fields.string(node, field))
      guard let document = JSONValue(parsing: try FileBytes.read(path), upTo: .response) else {
        throw fields.error(at: node, .wrongType(field: field, expected: "a schema, or a file that holds one in JSON"))
      }
      value = document
    } else {
      value = try fields.json(node, field)
    }
    do {
      return try AnswerSchema(value, path: field)
    } catch {
      throw fields.error(at: node, .wrongType(field: error.path, expected: error.expected))
    }
  }

  /// One word for all probes, or one for each that differs.
  static func readings(_ top: YAMLMapping, _ probes: [Probe]) throws -> [PromptID: AnswerReading] {
    guard let node = top.node("key") else { return [:] }
    if case .scalar = node {
      let reading = try top.choice("key", of: AnswerReading.self) ?? .words
      return reading == .words
        ? [:] : Dictionary(firstOf: probes.map { ($0.id, reading) })
    }
    let fields = try YAMLMapping(node, path: "key", file: top.file, known: probes.map(\.id.rawValue))
    return try probes.reduce(into: [:]) { readings, probe in
      guard let reading = try fields.choice(probe.id.rawValue, of: AnswerReading.self), reading != .words else {
        return
      }
      readings[probe.id] = reading
    }
  }
}
