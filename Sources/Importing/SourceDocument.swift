import Formats

/// A foreign file that is one JSON document.
struct SourceDocument {
  let file: String
  let value: JSONValue
  /// `NaN`, `Infinity` and `-Infinity`, read as absent values.
  let absent: Int

  init(_ source: SourceFile) throws {
    file = source.file
    var absent = 0
    switch JSONValue.parse(source.bytes[...], numberWords: .absent, upTo: .file, absent: &absent) {
    case .success(let value): self.value = value
    case .failure(let problem):
      let line = 1 + source.bytes.prefix(problem.offset).count { $0 == UInt8(ascii: "\n") }
      throw SourcePlace(file: source.file, spot: .line(line)).error(problem.limit.map { .tooLarge($0) } ?? .notJSON)
    }
    self.absent = absent
  }

  /// The objects of a list, each with its place.
  func records(_ values: [JSONValue], path: String) throws -> [SourceObject] {
    try values.enumerated().map {
      try SourceObject($1, at: SourcePlace(file: file, spot: .path("\(path)[\($0)]")))
    }
  }
}
