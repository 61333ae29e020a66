/// What can be wrong with what other tools recorded. The command turns a case into a sentence; here are only the facts.
package enum ImportError: Error, Hashable {
  case notImportable(SourcePlace, ImportDefect)
  /// No record of the files is an answer; the commonest reason.
  case nothingToImport(files: [String], skipped: Int, because: SkippedRecord.Reason?)
}
