import Cases
import Formats

/// A file of another tool, as UTF-8: what it was written in is found out, or said by who knows.
struct SourceFile {
  let file: String
  let bytes: [UInt8]
  /// The name of the model of answers that do not name theirs.
  let model: String?

  /// - Parameters:
  ///   - encoding: nil takes UTF-8, and UTF-16 where the file shows that it is.
  ///   - model: nil takes the name of a file of lines or of a table.
  /// - Throws: `FileError` or `ImportError`, for bytes that are not of the encoding with the line of the first.
  init(_ file: String, encoding: TextEncoding? = nil, model: String? = nil) throws {
    let stored = try Gzip.inflateIfNeeded(FileBytes.read(file), file: file)
    self.file = file
    let isNamed = FileEnding(of: file).map { $0 != .json } ?? false
    self.model = model ?? (isNamed ? FileEnding.stem(of: file).map(TranscriptFileName.decoded) : nil)
    if let kind = BinaryFile(stored) { throw SourcePlace(file: file, spot: .path("")).error(.binary(kind)) }
    let assumed = encoding ?? (TextEncoding.isUTF16(stored) ? .utf16 : .utf8)
    guard let bytes = assumed.utf8(stored) else {
      throw SourcePlace(file: file, spot: .line(Self.firstForeignLine(stored))).error(.notInEncoding(assumed))
    }
    self.bytes = bytes
  }

  /// Whether the file is one JSON list, whatever it is called.
  var isList: Bool { bytes.first { $0 > 0x20 } == UInt8(ascii: "[") }

  /// The first record, as far as one line or the whole document shows it; nil for a file that is none of both.
  func firstRecord() throws -> SourceObject? {
    let place = SourcePlace(file: file, spot: .path(""))
    let start = bytes.firstIndex { $0 > 0x20 } ?? bytes.endIndex
    let line = isList ? [] : Array(bytes[start...].prefix { $0 != UInt8(ascii: "\n") })
    let value =
      JSONValue(parsing: line, numberWords: .absent) ?? JSONValue(parsing: bytes, numberWords: .absent, upTo: .file)
    guard let first = value?.array?.first ?? value, first.object != nil else { return nil }
    return try SourceObject(first, at: place)
  }

  /// Calls `body` with each record of a JSONL file, or of a JSON list, and its place.
  ///
  /// - Returns: words for numbers that were read as absent values.
  func forEachRecord(_ body: (SourceObject) throws -> Void) throws -> Int {
    if isList {
      let document = try SourceDocument(self)
      for record in try document.records(document.value.array ?? [], path: "") { try body(record) }
      return document.absent
    }
    do {
      return try JSONLines(file: file, bytes: bytes).forEachValue { value, line in
        try body(SourceObject(value, at: SourcePlace(file: file, spot: .line(line))))
      }
    } catch let error as FileError {
      // One object over several lines has a first line that is none; so have several such, one after the other.
      guard case .defectiveLine(_, 1, _) = error else { throw error }
      if let document = try? SourceDocument(self) {
        try body(SourceObject(document.value, at: SourcePlace(file: file, spot: .path(""))))
        return document.absent
      }
      guard let objects = ValueSequence.objects(bytes) else { throw error }
      var absent = 0
      for object in objects {
        let place = SourcePlace(file: file, spot: .line(object.line))
        guard
          case .success(let value) = JSONValue.parse(
            object.bytes, numberWords: .absent, upTo: .file, absent: &absent)
        else { throw place.error(.notJSON) }
        try body(SourceObject(value, at: place))
      }
      return absent
    }
  }

  private static func firstForeignLine(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
  }
}
