/// What can be wrong with what other tools recorded. The command turns a case into a sentence; here are only the facts.
package enum ImportError: Error, Hashable {
  case notImportable(SourcePlace, ImportDefect)
  /// No record of the files is an answer; the commonest reason.
  case nothingToImport(files: [String], skipped: Int, because: SkippedRecord.Reason?)
  /// A field that somebody named, and that has a value in no record.
  case fieldNowhere(role: ImportFields.Role, name: String, files: [String])
}
