/// Why a line of a transcript or of a probe set cannot be used.
package enum LineDefect: Hashable, Sendable {
  case notUTF8
  /// The last line of the file has no end: the file was cut off while it was written.
  case cutOff
  case notJSON
  /// The file begins as a JSON list, and is none from this line on.
  case brokenList
  case missing(field: String)
  case wrongType(field: String)
  /// The text of the prompt is there, and what is asked for is its id.
  case promptUnnamed
  case emptyPromptID
  case negativeSample
  /// Beyond a limit, which the words name: the line is `longer than 64 MiB`.
  case tooLarge(String)
  /// `allowed` completes "must be …", such as `1 to 10000`.
  case outOfRange(field: String, allowed: String)
}
