/// Why a line of a transcript or of a probe set cannot be used.
package enum LineDefect: Hashable, Sendable {
  case notUTF8
  /// The last line of the file has no end: the file was cut off while it was written.
  case cutOff
  case notJSON
  case missing(field: String)
  case wrongType(field: String)
  case emptyPromptID
  case negativeSample
  /// Beyond a limit, which the words name: the line is `longer than 64 MiB`.
  case tooLarge(String)
  /// `allowed` completes "must be …", such as `1 to 10000`.
  case outOfRange(field: String, allowed: String)
}
