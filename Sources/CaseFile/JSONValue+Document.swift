package import Formats

extension JSONValue {
  /// A document that stands by itself: it names its schema, whose shape is in `Reports/schema`, and the program that made it.
  package static func document(_ schema: String, tool: String, _ members: [String: JSONValue]) -> JSONValue {
    .object(members.merging(["schema": .string(schema), "tool": .string(tool)]) { _, envelope in envelope })
  }

  /// The same without members whose value is `null`.
  package static func compactDocument(_ schema: String, tool: String, _ members: [String: JSONValue]) -> JSONValue {
    document(schema, tool: tool, members.filter { $0.value != .null })
  }
}
