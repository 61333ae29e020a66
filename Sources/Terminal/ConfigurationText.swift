import CaseFile
package import Cases
package import Formats

/// The values of a configuration, and where each comes from.
package struct ConfigurationText {
  private let file: String
  private let values: [ConfigurationValue]

  package init(_ values: [ConfigurationValue], ofFile file: String) {
    self.values = values
    self.file = file
  }

  package func lines(withOrigin showsOrigin: Bool) -> [String] {
    values.map { value in
      let text = "\(value.key): \(value.value)"
      guard showsOrigin else { return text }
      return switch value.origin {
      case .file(let line, let column): "\(text)  # \(file):\(line):\(column)"
      case .standard: "\(text)  # default"
      case .commandLine: "\(text)  # command line"
      }
    }
  }

  /// - Parameter found: how the file was chosen.
  package func document(found: String, tool: String) -> JSONValue {
    .document(
      "retort.config/1", tool: tool,
      ["file": .string(file), "found": .string(found), "values": .array(values.map(Self.json))])
  }

  private static func json(_ value: ConfigurationValue) -> JSONValue {
    var members: [String: JSONValue] = ["key": .string(value.key), "value": .string(value.value)]
    switch value.origin {
    case .file(let line, let column):
      members["origin"] = .string("file")
      members["line"] = .integer(line)
      members["column"] = .integer(column)
    case .standard: members["origin"] = .string("default")
    case .commandLine: members["origin"] = .string("command line")
    }
    return .object(members)
  }
}
