import Foundation

/// Any JSON value, so that a request's fields can be checked one by one and named when they are wrong.
enum JSONValue: Decodable, Sendable {
  case null
  case boolean(Bool)
  case whole(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .whole(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

extension JSONValue {
  /// Equal for equal values, however they were written and in whatever order an object's fields stood.
  fileprivate func combine(into hash: inout StableHash) {
    switch self {
    case .null: hash.combine("n".utf8)
    case .boolean(let value): hash.combine("b\(value)".utf8)
    case .whole(let value): hash.combine("d\(value);".utf8)
    case .number(let value): hash.combine("d\(value);".utf8)
    case .string(let value): hash.combine("s\(value.utf8.count);\(value)".utf8)
    case .array(let values):
      hash.combine("a\(values.count);".utf8)
      for value in values { value.combine(into: &hash) }
    case .object(let fields):
      hash.combine("o\(fields.count);".utf8)
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        hash.combine("\(name.utf8.count);\(name)".utf8)
        value.combine(into: &hash)
      }
    }
  }
}

/// The fields of a request's JSON object. A field that is null counts as absent.
struct RequestFields: Sendable {
  private let fields: [String: JSONValue]
  /// Goes before the names in errors: `stream_options.`
  private let prefix: String

  init(json: [UInt8]) throws(DemoModelsError) {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(json))
    } catch {
      throw .malformedJSON("it is not valid JSON in UTF-8.")
    }
    guard case .object(let fields) = value else { throw .malformedJSON("it must be a JSON object.") }
    self.init(fields: fields, prefix: "")
  }

  private init(fields: [String: JSONValue], prefix: String) {
    self.fields = fields.filter { if case .null = $0.value { false } else { true } }
    self.prefix = prefix
  }

  /// Equal for requests that ask the same.
  var digest: UInt64 {
    var hash = StableHash()
    JSONValue.object(fields).combine(into: &hash)
    return hash.value
  }

  subscript(_ name: String) -> JSONValue? { fields[name] }

  func string(_ name: String) throws(DemoModelsError) -> String? {
    switch fields[name] {
    case nil: nil
    case .string(let value): value
    default: throw bad(name, "a string")
    }
  }

  func boolean(_ name: String) throws(DemoModelsError) -> Bool? {
    switch fields[name] {
    case nil: nil
    case .boolean(let value): value
    default: throw bad(name, "true or false")
    }
  }

  func whole(_ name: String, in range: ClosedRange<Int>) throws(DemoModelsError) -> Int? {
    switch fields[name] {
    case nil: nil
    case .whole(let value) where range.contains(value): value
    default: throw bad(name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws(DemoModelsError) -> Double? {
    switch fields[name] {
    case nil: nil
    case .whole(let value) where range.contains(Double(value)): Double(value)
    case .number(let value) where range.contains(value): value
    default: throw bad(name, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// A string, or up to `limit` strings.
  func strings(_ name: String, limit: Int) throws(DemoModelsError) -> [String]? {
    switch fields[name] {
    case nil: return nil
    case .string(let value): return [value]
    case .array(let values) where values.count <= limit:
      var strings: [String] = []
      for value in values {
        guard case .string(let string) = value else { throw bad(name, "a string or an array of strings") }
        strings.append(string)
      }
      return strings
    case .array: throw bad(name, "at most \(limit) strings")
    default: throw bad(name, "a string or an array of strings")
    }
  }

  func objects(_ name: String) throws(DemoModelsError) -> [RequestFields]? {
    guard let value = fields[name] else { return nil }
    guard case .array(let values) = value else { throw bad(name, "an array of objects") }
    var objects: [RequestFields] = []
    for (index, value) in values.enumerated() {
      guard case .object(let fields) = value else { throw bad(name, "an array of objects") }
      objects.append(RequestFields(fields: fields, prefix: "\(prefix)\(name)[\(index)]."))
    }
    return objects
  }

  func object(_ name: String) throws(DemoModelsError) -> RequestFields? {
    switch fields[name] {
    case nil: nil
    case .object(let fields): RequestFields(fields: fields, prefix: "\(prefix)\(name).")
    default: throw bad(name, "an object")
    }
  }

  /// The field must not change how the model answers: it is absent, false, 0 or empty.
  func reject(_ names: String...) throws(DemoModelsError) {
    for name in names {
      switch fields[name] {
      case nil, .boolean(false), .whole(0), .number(0): continue
      case .array(let values) where values.isEmpty: continue
      case .object(let values) where values.isEmpty: continue
      default: throw .unsupportedParameter(name: prefix + name)
      }
    }
  }

  func bad(_ name: String, _ wanted: String) -> DemoModelsError {
    .badParameter(name: prefix + name, wanted: wanted)
  }

  func missing(_ name: String) -> DemoModelsError { .missingParameter(name: prefix + name) }
}
