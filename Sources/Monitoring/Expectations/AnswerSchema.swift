package import Formats

/// A JSON Schema that an answer is to follow: the part of draft 2020-12 that says what a value is like. A keyword beyond it is an
/// error, and never passed over: a rule that is not checked would look kept.
package struct AnswerSchema: Hashable, Sendable {
  /// What is wrong with a schema, and where in it.
  package struct Defect: Error, Hashable {
    package let path: String
    /// Completes "must be …".
    package let expected: String
  }

  /// That are checked.
  package static let keywords = [
    "type", "enum", "const", "properties", "required", "additionalProperties", "items", "minItems", "maxItems",
    "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "anyOf",
  ]
  /// That say nothing of values.
  private static let notes: Set = ["$schema", "$id", "$comment", "title", "description", "default", "examples"]
  static let types = ["null", "boolean", "integer", "number", "string", "array", "object"]
  private static let deepest = 64

  package let schema: JSONValue

  /// - Parameter path: by which the schema is named in errors.
  package init(_ schema: JSONValue, path: String) throws(Defect) {
    try Self.check(schema, path, depth: 0)
    self.schema = schema
  }

  private static func check(_ schema: JSONValue, _ path: String, depth: Int) throws(Defect) {
    if schema.bool != nil { return }
    guard let members = schema.object, depth < deepest else {
      throw Defect(path: path, expected: "a JSON Schema, at most \(deepest) levels deep")
    }
    for (keyword, value) in members.sorted(by: { $0.key < $1.key }) where !notes.contains(keyword) {
      let place = "\(path).\(keyword)"
      switch keyword {
      case "type":
        let names = value.array ?? [value]
        guard !names.isEmpty, names.allSatisfy({ $0.string.map(types.contains) ?? false }) else {
          throw Defect(path: place, expected: "one of \(types.joined(separator: ", ")), or a list of them")
        }
      case "enum":
        guard value.array?.isEmpty == false else { throw Defect(path: place, expected: "a list of values") }
      case "const": break
      case "required":
        guard let names = value.array, names.allSatisfy({ $0.string != nil }) else {
          throw Defect(path: place, expected: "a list of members")
        }
      case "properties":
        guard let properties = value.object else { throw Defect(path: place, expected: "a schema for each member") }
        for (name, schema) in properties.sorted(by: { $0.key < $1.key }) {
          try check(schema, "\(place).\(name)", depth: depth + 1)
        }
      case "additionalProperties", "items": try check(value, place, depth: depth + 1)
      case "anyOf":
        guard let schemas = value.array, !schemas.isEmpty else {
          throw Defect(path: place, expected: "a list of schemas")
        }
        for (number, schema) in schemas.enumerated() { try check(schema, "\(place)[\(number)]", depth: depth + 1) }
      case "minItems", "maxItems", "minLength", "maxLength":
        guard let count = value.integer, count >= 0 else {
          throw Defect(path: place, expected: "a whole number from 0 on")
        }
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
        guard value.number?.isFinite == true else { throw Defect(path: place, expected: "a number") }
      case "uniqueItems":
        guard value.bool != nil else { throw Defect(path: place, expected: "true or false") }
      case "pattern":
        guard let pattern = value.string, (try? Regex(pattern)) != nil else {
          throw Defect(path: place, expected: "a regular expression")
        }
      default:
        throw Defect(path: place, expected: "one of the keywords that are checked: \(keywords.joined(separator: ", "))")
      }
    }
  }
}
