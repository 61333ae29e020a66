import Formats

extension ErrorSentence {
  static func sentence(_ error: FileError) -> String {
    switch error {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    case .nameTooLong(let file): "\(start(of: file)): too long for the name of a file: choose a shorter one"
    case .inUse(let file, let holder): "\(file): \(words(holder)) has it open: wait for it, or stop it"
    case .damagedGzip(let file): "\(file): the gzip data are damaged or cut off: copy the file again"
    case .binary(let file, let kind): "\(file): \(sentence(kind))"
    case .fileTooLarge(let file, let limit): "\(file): larger than \(limit): split it"
    case .tableTooLarge(let file, let line, let limit):
      "\(file):\(line): the table has more than \(limit) fields: split it"
    case .fieldTooLong(let file, let line, let limit):
      "\(file):\(line): a field longer than \(Limits.words(bytes: limit)): is a quote missing?"
    case .defectiveLine(let file, let line, let defect): "\(file):\(line): \(sentence(defect))"
    case .repeatedColumn(let file, let line, let name):
      "\(file):\(line): two columns are named \(name): rename one of them"
    case .quoteOpen(let file, let line): "\(file):\(line): a quoted field has no closing quote"
    case .quoteMisplaced(let file, let line):
      """
      \(file):\(line): the quoted field that begins here is followed by text: a quote within a field is written twice (""); of a file that writes \\" in its place make another with pandas, read_csv(FILE, escapechar="\\\\").to_csv(OUT, index=False)
      """
    case .wouldOverwrite(let file):
      "\(file): another file of that name is there: move it away, or choose another place"
    case .configuration(let file, let line, let column, let defect):
      "\(file):\(line):\(column): \(sentence(defect))"
    }
  }

  static func sentence(_ defect: LineDefect) -> String {
    switch defect {
    case .notUTF8: "the line is not UTF-8: save the file in that encoding"
    case .cutOff: "the last line is cut off: copy or record the file again, or remove the line"
    case .notJSON: "the line is not a JSON object"
    case .brokenList: "the JSON list breaks off or ends before the file does: copy or record the file again"
    case .missing(let field): "the field \(field) is missing"
    case .wrongType(let field): "the field \(field) has a value of the wrong kind"
    case .promptUnnamed:
      "the field prompt_id is missing: files without a case are compared by it; `retort import jsonl` makes it of the prompt"
    case .emptyPromptID: "the prompt's id is empty"
    case .negativeSample: "the sample's number is negative"
    case .tooLarge(let limit): "the line is \(limit)"
    case .outOfRange(let field, let allowed): "the field \(field) must be \(allowed)"
    }
  }

  /// A name that no file can have would fill the screen.
  private static func start(of name: String) -> String {
    let scalars = name.unicodeScalars
    return scalars.count > 120 ? "\(String(Substring(scalars.prefix(120))))…" : name
  }

  /// Who holds a case file.
  static func words(_ holder: FileHolder?) -> String {
    guard let holder else { return "another process" }
    return "process \(holder.process)\(holder.command.map { " (\($0))" } ?? "")"
  }
}
