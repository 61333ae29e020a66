/// A file that is one JSON list, taken apart without reading its elements: each is as large as a line may be, not as the file.
enum JSONList {
  /// - Returns: the elements, each with the line on which it begins; nil for a file that does not begin as a list.
  /// - Throws: `LineDefect.brokenList` where the list does not end with the file, or an element is missing.
  static func elements(_ bytes: [UInt8], file: String) throws -> [(line: Int, bytes: ArraySlice<UInt8>)]? {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard let opening = body.firstIndex(where: { !isSpace($0) }), bytes[opening] == UInt8(ascii: "[") else {
      return nil
    }
    var found: [(line: Int, bytes: ArraySlice<UInt8>)] = []
    var (line, depth, isQuoted, isEscaped) = (1, 0, false, false)
    var element: (line: Int, start: Int)?
    var isClosed = false
    func broken() -> FileError { .defectiveLine(file: file, line: line, .brokenList) }
    for place in body.indices {
      let byte = body[place]
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isQuoted {
        isQuoted = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      if isSpace(byte) { continue }
      guard !isClosed else { throw broken() }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      isClosed = depth == 0 && place > opening
      guard isClosed || (depth == 1 && byte == UInt8(ascii: ",")) else {
        if depth > 0, element == nil { element = (line, place) }
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
        isQuoted = byte == UInt8(ascii: "\"")
        continue
      }
      guard !isClosed || byte == UInt8(ascii: "]") else { throw broken() }
      if let whole = element {
        found.append((whole.line, body[whole.start..<place]))
      } else if !isClosed || !found.isEmpty {
        throw broken()
      }
      element = nil
    }
    guard isClosed else { throw broken() }
    return found
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
