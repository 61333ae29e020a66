/// What can be wrong with the files of a case. The command turns a case into a sentence; here are only the facts.
package enum CaseFileError: Error, Hashable {
  // Reading files
  case unreadable(file: String, reason: String)
  case unwritable(file: String, reason: String)
  case damagedGzip(file: String)
  /// The file, or what it unpacks to, is beyond a limit, such as `4 GiB`.
  case fileTooLarge(file: String, limit: String)

  // Transcripts and probe sets
  case emptyTranscript(file: String)
  case defectiveLine(file: String, line: Int, LineDefect)
  case repeatedResponse(file: String, line: Int, prompt: PromptID, sample: Int, firstLine: Int)
  case repeatedProbe(file: String, line: Int, prompt: PromptID, firstLine: Int)
  case emptyProbeSet(file: String)

  case template(file: String, TemplateDefect)

  // Lineage
  case lineageColumnMissing(file: String, column: String)
  case lineageRow(file: String, line: Int, found: Int, expected: Int)
  case lineageQuoteOpen(file: String, line: Int)
  case fieldTooLong(file: String, line: Int, limit: Int)
  case tableTooLarge(file: String, line: Int, limit: Int)
  case lineageConflict(file: String, line: Int, model: ModelID, firstLine: Int)

  // Import and export
  case notImportable(SourcePlace, ImportDefect)
  /// No record of the files is an answer.
  case nothingToImport(files: [String], skipped: Int)
  /// Another file of that name is there.
  case wouldOverwrite(file: String)

  // Configuration
  case configuration(file: String, line: Int, column: Int, ConfigurationDefect)

  // Case files
  case isFolder(file: String)
  case caseExists(file: String)
  /// Not a database of SQLite, or an empty file.
  case notSQLite(file: String)
  /// A database of SQLite, but of another program.
  case notACase(file: String)
  /// A table, view, index or trigger that is none of retort's, or not as retort makes it.
  case foreignSchema(file: String, object: String)
  case newerCase(file: String, version: Int, supported: Int)
  /// Another process has it open; which one, where the system tells.
  case caseInUse(file: String, holder: FileHolder? = nil)
  case caseDamaged(file: String, reason: String)
  case diskFull(file: String)
  case configurationDiffers(file: String, [ConfigurationDifference])
  case chainBroken(file: String, ChainBreak)
  /// A second answer that counts, for an item that has one: refused by the store.
  case alreadyAnswered(file: String, model: ModelID, prompt: PromptID, sample: Int)
  case databaseFailed(file: String, code: Int, message: String)

  // Chain of custody
  case custody(file: String, CustodyDefect)
}

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
