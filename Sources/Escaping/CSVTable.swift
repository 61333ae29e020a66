/// A table that people open in spreadsheets: rows of RFC 4180, the names of the columns first.
///
/// RFC 4180 ends a line with CR and LF. Tables that are kept in a repository end theirs with LF alone, which every reader takes.
package enum CSVTable {
  package enum LineEnd: String {
    case rfc4180 = "\r\n"
    case lineFeed = "\n"
  }

  /// - Parameter rows: fields as they are, which are escaped here: names, and numbers in digits.
  package static func text(_ rows: [[String]], lineEnd: LineEnd = .lineFeed) -> String {
    rows.map { $0.map(CSVField.text).joined(separator: ",") + lineEnd.rawValue }.joined()
  }
}
