/// Rows of a CSV file by RFC 4180: quoted fields may hold commas, quotes (doubled) and line ends.
///
/// What stands behind a closing quote is a separator, a line's end or space: anything else would be a guess at where the field ends.
/// Tables with tabs are also written without any quoting; they are read so where their quotes are not those of RFC 4180.
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
    var rows =
      try separator == UInt8(ascii: "\t")
      ? tabbed(bytes, file: file) : parse(bytes, file: file, separator: separator)
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

  /// Rows of a table with tabs, whose quotes may be plain signs: they are where they do not close as they should, and where a field
  /// would hold tabs and line ends while every line has as many fields as the first.
  private static func tabbed(_ bytes: [UInt8], file: String) throws -> [Row] {
    let tab = UInt8(ascii: "\t")
    let rows: [Row]
    do {
      rows = try parse(bytes, file: file, separator: tab)
    } catch FileError.quoteOpen, FileError.quoteMisplaced {
      return try parse(bytes, file: file, separator: tab, hasQuotes: false)
    }
    let isDoubtful = rows.contains { $0.fields.contains { $0.utf8.contains(tab) && $0.utf8.contains(0x0A) } }
    guard isDoubtful else { return rows }
    let plain = try parse(bytes, file: file, separator: tab, hasQuotes: false)
    return Set(plain.map(\.fields.count)).count == 1 ? plain : rows
  }

  /// - Parameters:
  ///   - separator: between fields; some spreadsheets write a semicolon or a tab.
  ///   - hasQuotes: whether quotes around a field are no part of it.
  ///   - longest: bytes of a field.
  ///   - most: fields of all rows together.
  package static func parse(
    _ bytes: [UInt8], file: String, separator: UInt8 = UInt8(ascii: ","), hasQuotes: Bool = true,
    longest: Int = Limits.fieldBytes, most: Int = Limits.tableFields
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
    var isClosed = false
    var quoteLine = 1
    var cells = 0
    func endField() throws {
      cells += 1
      guard cells <= most else {
        throw FileError.tableTooLarge(file: file, line: row.line, limit: most)
      }
      row.fields.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      isClosed = false
    }
    func endRow() throws {
      try endField()
      if row.fields != [""] { rows.append(row) }
    }
    let hasNoLineFeed = !endsLines(bytes, hasQuotes: hasQuotes)
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
          (quoted, isClosed) = (false, true)
        }
      } else {
        switch byte {
        case UInt8(ascii: "\"") where hasQuotes && field.isEmpty && !isClosed:
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
        case UInt8(ascii: " ") where isClosed: continue
        default:
          guard !isClosed else { throw FileError.quoteMisplaced(file: file, line: quoteLine) }
          field.append(byte)
        }
      }
    }
    guard !quoted else { throw FileError.quoteOpen(file: file, line: quoteLine) }
    try endRow()
    return rows
  }

  /// Whether a line feed stands outside of quoted fields: it ends lines, and a carriage return alone does not.
  private static func endsLines(_ bytes: [UInt8], hasQuotes: Bool) -> Bool {
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted = hasQuotes && !isQuoted }
      if byte == UInt8(ascii: "\n"), !isQuoted { return true }
    }
    return false
  }
}
