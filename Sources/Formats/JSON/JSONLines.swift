import Foundation

/// The lines of a JSONL file, each checked to be complete UTF-8 before it is parsed.
///
/// Line ends are `\n` or `\r\n`; empty lines are skipped, but counted. A last line without an end is accepted if it
/// parses, since many writers leave it out; if it begins as an object and does not parse, the file was cut off, and that is what
/// is said.
package struct JSONLines {
  let file: String
  let bytes: [UInt8]
  private let mayBeList: Bool

  /// - Parameter mayBeList: takes the elements of a file that is one JSON list for lines.
  package init(file: String, bytes: [UInt8], mayBeList: Bool = false) {
    self.file = file
    self.bytes = bytes
    self.mayBeList = mayBeList
  }

  /// Calls `body` with each value and its line number, counted from 1.
  ///
  /// - Parameter plain: reads lines of the usual shape, without what a general decoder costs; of all others it returns nil.
  package func forEach<Value: Decodable>(
    as type: Value.Type, plain: ((JSONValue) -> Value?)? = nil, _ body: (Value, _ line: Int) throws -> Void
  ) throws {
    let decoder = JSONDecoder()
    try forEachLine { content, line, unfinished in
      var read = content
      var isJSON = true
      // Half a pair of surrogates is no text: the decoder refuses it, and says where.
      var absent = 0
      switch JSONValue.parse(content, halfPairs: .refused, numberWords: .absent, upTo: .file, absent: &absent) {
      case .success(let json):
        if let value = plain?(json) { return try body(value, line) }
        // The decoder knows no words for numbers, and of two members of one name it takes the other.
        read = Array(json.canonical.utf8)[...]
      case .failure(let problem):
        try refuse(problem, line)
        isJSON = false
      }
      do {
        let value = try decoder.decode(Value.self, from: Data(read))
        // The decoder does not look at members that nobody asks for.
        guard isJSON else {
          throw FileError.defectiveLine(file: file, line: line, defect(content, unfinished: unfinished))
        }
        try body(value, line)
      } catch let error as DecodingError {
        throw FileError.defectiveLine(
          file: file, line: line, defect(error, content: content, unfinished: unfinished))
      }
    }
  }

  /// Like `forEach`, for lines whose shape is not ours to decide.
  ///
  /// - Returns: `NaN`, `Infinity` and `-Infinity` that were read as absent values.
  @discardableResult
  package func forEachValue(_ body: (JSONValue, _ line: Int) throws -> Void) throws -> Int {
    var absent = 0
    try forEachLine { content, line, unfinished in
      switch JSONValue.parse(content, numberWords: .absent, upTo: .file, absent: &absent) {
      case .success(let value): try body(value, line)
      case .failure(let problem):
        try refuse(problem, line)
        throw FileError.defectiveLine(file: file, line: line, defect(content, unfinished: unfinished))
      }
    }
    return absent
  }

  /// Of the line that begins at `start`: its `\n`, or the end of the file.
  private func lineEnd(from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress, let found = memchr(base + start, 0x0A, buffer.count - start) else {
        return buffer.count
      }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  private func refuse(_ problem: JSONValue.SyntaxProblem, _ line: Int) throws {
    guard let limit = problem.limit else { return }
    throw FileError.defectiveLine(file: file, line: line, .tooLarge(limit))
  }

  private func checkLength(_ length: Int, _ line: Int) throws {
    guard length <= Limits.lineBytes else {
      throw FileError.defectiveLine(
        file: file, line: line, .tooLarge("longer than \(Limits.words(bytes: Limits.lineBytes))"))
    }
  }

  private func forEachLine(_ body: (ArraySlice<UInt8>, _ line: Int, _ unfinished: Bool) throws -> Void) throws {
    if mayBeList, let elements = try JSONList.elements(bytes, file: file) {
      for element in elements {
        try checkLength(element.bytes.count, element.line)
        try body(element.bytes, element.line, false)
      }
      return
    }
    var start = 0
    var line = 0
    while start < bytes.count {
      line += 1
      let end = lineEnd(from: start)
      var content = bytes[start..<end]
      try checkLength(end - start, line)
      start = end + 1
      if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
      // The parser takes the mark of byte order, which a second one behind it is not.
      let isMarked = line == 1 && content.starts(with: [0xEF, 0xBB, 0xBF])
      if content.dropFirst(isMarked ? 3 : 0).allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
        continue
      }
      try body(content, line, end == bytes.count)
    }
  }

  private func defect(_ error: DecodingError, content: ArraySlice<UInt8>, unfinished: Bool) -> LineDefect {
    func name(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
    switch error {
    case .keyNotFound(let key, let context): return .missing(field: name(context.codingPath + [key]))
    case .valueNotFound(_, let context): return .missing(field: name(context.codingPath))
    case .typeMismatch(_, let context) where !context.codingPath.isEmpty:
      return .wrongType(field: name(context.codingPath))
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      return .wrongType(field: name(context.codingPath))
    default: return defect(content, unfinished: unfinished)
    }
  }

  /// Of a line that is no JSON.
  private func defect(_ content: ArraySlice<UInt8>, unfinished: Bool) -> LineDefect {
    if String(validating: content, as: UTF8.self) == nil { return .notUTF8 }
    let isObject = content.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "{")
    return unfinished && isObject ? .cutOff : .notJSON
  }
}
