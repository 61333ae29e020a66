import Formats

extension AnswerSchema {
  /// Whether a text is JSON, and what the schema says. White space around it does not matter; a code fence is no JSON.
  package func isMet(by text: String) -> Bool {
    guard let value = JSONValue(parsing: Array(text.utf8), upTo: .response) else { return false }
    return Self.isMet(schema, by: value)
  }

  private static func isMet(_ schema: JSONValue, by value: JSONValue) -> Bool {
    if let isAnything = schema.bool { return isAnything }
    guard let members = schema.object else { return false }
    return members.allSatisfy { keyword, rule in isMet(keyword, rule, of: members, by: value) }
  }

  private static func isMet(
    _ keyword: String, _ rule: JSONValue, of members: [String: JSONValue], by value: JSONValue
  ) -> Bool {
    switch keyword {
    case "type": return (rule.array ?? [rule]).contains { $0.string.map { isOf($0, value) } ?? false }
    case "enum": return rule.array?.contains { isEqual($0, value) } ?? false
    case "const": return isEqual(rule, value)
    case "required":
      guard let object = value.object else { return true }
      return (rule.array ?? []).allSatisfy { $0.string.map { object[$0] != nil } ?? false }
    case "properties":
      guard let object = value.object else { return true }
      return (rule.object ?? [:]).allSatisfy { name, schema in object[name].map { isMet(schema, by: $0) } ?? true }
    case "additionalProperties":
      guard let object = value.object else { return true }
      let known = members["properties"]?.object ?? [:]
      return object.allSatisfy { known[$0.key] != nil || isMet(rule, by: $0.value) }
    case "items": return value.array?.allSatisfy { isMet(rule, by: $0) } ?? true
    case "anyOf": return rule.array?.contains { isMet($0, by: value) } ?? false
    case "minItems": return isAtLeast(value.array?.count, rule)
    case "maxItems": return isAtMost(value.array?.count, rule)
    case "minLength": return isAtLeast(value.string?.unicodeScalars.count, rule)
    case "maxLength": return isAtMost(value.string?.unicodeScalars.count, rule)
    case "uniqueItems":
      guard rule.bool == true, let items = value.array else { return true }
      return items.indices.allSatisfy { place in !items[..<place].contains { isEqual($0, items[place]) } }
    case "pattern":
      guard let text = value.string else { return true }
      // One that is none was refused when it was read.
      return (try? Regex(rule.string ?? "").firstMatch(in: text)) != nil
    case "minimum": return holds(value, rule, >=)
    case "maximum": return holds(value, rule, <=)
    case "exclusiveMinimum": return holds(value, rule, >)
    case "exclusiveMaximum": return holds(value, rule, <)
    default: return true
    }
  }

  private static func isAtLeast(_ count: Int?, _ rule: JSONValue) -> Bool {
    count.map { $0 >= rule.integer ?? 0 } ?? true
  }

  private static func isAtMost(_ count: Int?, _ rule: JSONValue) -> Bool {
    count.map { $0 <= rule.integer ?? .max } ?? true
  }

  private static func holds(_ value: JSONValue, _ rule: JSONValue, _ relation: (Double, Double) -> Bool) -> Bool {
    guard let number = value.number, let limit = rule.number else { return true }
    return relation(number, limit)
  }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch type {
    case "null": value == .null
    case "boolean": value.bool != nil
    case "integer": value.number != nil && value.integer != nil
    case "number": value.number != nil
    case "string": value.string != nil
    case "array": value.array != nil
    default: value.object != nil
    }
  }

  /// `1` and `1.0` are one number.
  private static func isEqual(_ one: JSONValue, _ other: JSONValue) -> Bool {
    if let a = one.number, let b = other.number { return a == b }
    if let a = one.array, let b = other.array { return a.count == b.count && zip(a, b).allSatisfy(isEqual) }
    if let a = one.object, let b = other.object {
      return a.count == b.count && a.allSatisfy { name, value in b[name].map { isEqual(value, $0) } ?? false }
    }
    return one == other
  }
}
