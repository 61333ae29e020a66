/// What can be wrong with a file before anybody asks what it means. The command turns a case into a sentence; here are only
/// the facts.
package enum FileError: Error, Hashable {
  case unreadable(file: String, reason: String)
  case unwritable(file: String, reason: String)
  /// A name that no file can have; it came from whoever called the program.
  case nameTooLong(file: String)
  /// Another file of that name is there.
  case wouldOverwrite(file: String)
  /// Another process has it open; which one, where the system tells.
  case inUse(file: String, holder: FileHolder? = nil)
  case damagedGzip(file: String)
  /// Not text.
  case binary(file: String, BinaryFile)
  /// The file, or what it unpacks to, is beyond a limit, such as `4 GiB`.
  case fileTooLarge(file: String, limit: String)
  case fieldTooLong(file: String, line: Int, limit: Int)
  case tableTooLarge(file: String, line: Int, limit: Int)
  case defectiveLine(file: String, line: Int, LineDefect)
  /// Two columns of a table with one name.
  case repeatedColumn(file: String, line: Int, name: String)
  /// A quoted field of a CSV file has no end.
  case quoteOpen(file: String, line: Int)
  /// Behind the closing quote of a field there is more; the line is that of its opening quote.
  case quoteMisplaced(file: String, line: Int)
  case configuration(file: String, line: Int, column: Int, ConfigurationDefect)
}
