package import Cases

/// What can be wrong with a case file. The command turns a case into a sentence; here are only the facts.
package enum CaseFileError: Error, Hashable {
  case isFolder(file: String)
  case caseExists(file: String)
  /// Not a database of SQLite, or an empty file.
  case notSQLite(file: String)
  /// A database of SQLite, but of another program.
  case notACase(file: String)
  /// A table, view, index or trigger that is none of retort's, or not as retort makes it.
  case foreignSchema(file: String, object: String)
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
