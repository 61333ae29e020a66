extension JSONValue {
  /// The value over several lines, for files that people read and compare: members and elements down to `depth` stand on lines of
  /// their own, whatever is deeper in its canonical text. Ends with a line end.
  package func lines(depth: Int) -> String { indented(depth, by: "") + "\n" }

  private func indented(_ depth: Int, by margin: String) -> String {
    let inner = margin + "  "
    switch self {
    case .object(let members) where depth > 0 && !members.isEmpty:
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let lines = sorted.map {
        "\(inner)\(JSONValue.string($0.key).canonical): \($0.value.indented(depth - 1, by: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(margin)}"
    case .array(let values) where depth > 0 && !values.isEmpty:
      return "[\n" + values.map { inner + $0.indented(depth - 1, by: inner) }.joined(separator: ",\n") + "\n\(margin)]"
    default: return canonical
    }
  }
}
