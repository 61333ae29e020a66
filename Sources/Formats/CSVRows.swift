/// Rows of a CSV file by RFC 4180: quoted fields may hold commas, quotes (doubled) and line ends.
package enum CSVRows {
  package struct Row {
    /// Line on which the row begins, counted from 1.
    package let line: Int
    package var fields: [String]
  }

  /// Fields that need it are quoted, and no others; each row ends with `lineEnd`.
  package static func text(_ rows: [[String]], lineEnd: String = "\n") -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + lineEnd }.joined()
  }

  private static func quoted(_ field: String) -> String {
    // Bytes: to `Character`, CR LF is one, and neither of the two.
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return field }
    let doubled = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
  }

  /// What separates the fields of the header: a comma, unless the header that it makes does not fit, and that of a semicolon, a
  /// tab or a bar does.
  ///
  /// - Parameter fits: whether these can be the names of the columns.
  package static func separator(_ bytes: [UInt8], fits: ([String]) -> Bool) -> UInt8 {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let line = body.drop { $0 == 0x0A || $0 == 0x0D }.prefix { $0 != 0x0A && $0 != 0x0D }
    let text = String(decoding: line, as: UTF8.self)
    if text.lowercased().hasPrefix("sep="), let mark = text.dropFirst(4).utf8.first { return mark }
    func columns(_ separator: Character) -> [String] {
      text.split(separator: separator, omittingEmptySubsequences: false)
        .map { $0.trimmingPrefix(while: { $0 == "\"" || $0 == " " }) }
        .map { String($0.reversed().drop { $0 == "\"" || $0 == " " }.reversed()) }
    }
    if fits(columns(",")) { return UInt8(ascii: ",") }
    let best = ([";", "\t", "|"] as [Character]).first { columns($0).count > 1 && fits(columns($0)) }
    return best?.asciiValue ?? UInt8(ascii: ",")
  }

  /// A table whose first row names its columns; none of two columns would be the one that is meant.
  ///
  /// - Parameter written: a column's name as it is looked for.
  /// - Returns: no header and no rows for an empty file.
  /// - Throws: `FileError`, also for a name that two columns have. Columns without a name may be several.
  package static func table(
    _ bytes: [UInt8], file: String, separator: UInt8 = UInt8(ascii: ","), written: (String) -> String = { $0 }
  ) throws -> (header: [String], rows: [Row]) {
    var rows = try parse(bytes, file: file, separator: separator)
    // Spreadsheets write the separator into a line of its own.
    if let first = rows.first, first.fields.count <= 2, first.fields[0].lowercased().hasPrefix("sep=") {
      rows.removeFirst()
    }
    guard !rows.isEmpty else { return ([], []) }
    var header = rows.removeFirst()
    header.fields = header.fields.map(written)
    var known: Set<String> = []
    for name in header.fields where !name.isEmpty {
      guard known.insert(name).inserted else {
        throw FileError.repeatedColumn(file: file, line: header.line, name: name)
      }
    }
    return (header.fields, rows)
  }

  /// - Parameters:
  ///   - separator: between fields; some spreadsheets write a semicolon or a tab.
  ///   - longest: bytes of a field.
  ///   - most: fields of all rows together.
  package static func parse(
    _ bytes: [UInt8], file: String, separator: UInt8 = UInt8(ascii: ","), longest: Int = Limits.fieldBytes,
    most: Int = Limits.tableFields
  ) throws -> [Row] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let foreign = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw FileError.defectiveLine(file: file, line: foreign + 1, .notUTF8)
    }
    var rows: [Row] = []
    var row = Row(line: 1, fields: [])
    var field: [UInt8] = []
    var line = 1
    var quoted = false
    var quoteLine = 1
    var cells = 0
    func endField() throws {
      cells += 1
      guard cells <= most else {
        throw FileError.tableTooLarge(file: file, line: row.line, limit: most)
      }
      row.fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
    }
    func endRow() throws {
      try endField()
      if row.fields != [""] { rows.append(row) }
    }
    let hasNoLineFeed = !bytes.contains(UInt8(ascii: "\n"))
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      guard field.count <= longest else {
        throw FileError.fieldTooLong(file: file, line: row.line, limit: longest)
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
      if quoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
          field.append(byte)
          index += 1
        } else {
          quoted = false
        }
      } else {
        switch byte {
        case UInt8(ascii: "\"") where field.isEmpty:
          quoted = true
          quoteLine = line
        case separator: try endField()
        case UInt8(ascii: "\r") where index < bytes.count && bytes[index] == UInt8(ascii: "\n"): continue
        // Old Macintoshes, and spreadsheets that write for them.
        case UInt8(ascii: "\r") where hasNoLineFeed:
          line += 1
          try endRow()
          row = Row(line: line, fields: [])
        case UInt8(ascii: "\n"):
          try endRow()
          row = Row(line: line, fields: [])
        default: field.append(byte)
        }
      }
    }
    guard !quoted else { throw FileError.quoteOpen(file: file, line: quoteLine) }
    try endRow()
    return rows
  }
}
