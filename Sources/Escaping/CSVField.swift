/// A field of a table that people open in spreadsheets (RFC 4180).
package enum CSVField {
  /// In quotes where it needs them, on one line.
  ///
  /// A spreadsheet takes a field that begins with `=`, `+`, `-` or `@`, of either width, for a formula, also behind spaces: such
  /// a text, but not a number, gets an apostrophe in front, which is how spreadsheets mark text. Tables that Retort itself reads again
  /// (`lineage.csv`) keep names as they are.
  package static func text(_ text: String) -> String {
    let line = text.printable
    guard Double(line) == nil || line.utf8.first == UInt8(ascii: "+") else { return line }
    let first = line.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" && $0 != "'" && $0 != "\"" }
    let isFormula = first.map { "=+-@＝＋－＠".unicodeScalars.contains($0) } ?? false
    let field = isFormula ? "'" + line : line
    guard isFormula || field.unicodeScalars.contains(where: { ",;\"".unicodeScalars.contains($0) }) else {
      return field
    }
    return "\"" + field.replacingScalars { scalar, _ in scalar == "\"" ? "\"\"" : nil } + "\""
  }
}
