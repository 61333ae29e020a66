package import Cases

/// What can be wrong with a case file. The command turns a case into a sentence; here are only the facts.
package enum CaseFileError: Error, Hashable {
  // Reading files
  case unreadable(file: String, reason: String)
  case unwritable(file: String, reason: String)
  case damagedGzip(file: String)

  // Transcripts and probe sets
  /// Its name ends like that of no transcript.
  case notATranscript(file: String)
  case noTranscript(of: ModelID, folder: String)
  /// Two files hold answers of one model.
  case modelNamedTwice(ModelID, String, String)
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
  case newerCase(file: String, version: Int, supported: Int)
  case caseDamaged(file: String, reason: String)
  case diskFull(file: String)
  case configurationDiffers(file: String, [ConfigurationDifference])
  case chainBroken(file: String, ChainBreak)
  /// A second answer that counts, for an item that has one: refused by the store.
  case alreadyAnswered(file: String, model: ModelID, prompt: PromptID, sample: Int)
  case databaseFailed(file: String, code: Int, message: String)

  // The log
  /// The case was begun by a version that kept no log.
  case noLog(file: String)
  /// The case's log has not been signed, or not up to its end.
  case notSigned(file: String)
  /// The records stored do not lead to a root that was signed before.
  case rootDiffers(file: String, size: Int)
  /// The key signs under another name than the one that signed this log before.
  case otherKey(file: String, signed: String, given: String)
  /// The log never had so many records.
  case noSuchSize(file: String, Int)
  /// A checkpoint, but none that this case has signed.
  case checkpointOfOtherLog(file: String)
  case noCosignature(file: String)
}
