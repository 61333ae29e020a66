/// What can be wrong with what a case is made of. The command turns a case into a sentence; here are only the facts.
package enum CasesError: Error, Hashable {
  // Transcripts and probe sets
  case notATranscript(file: String)
  /// Recorded answers of a case in another form than one object a line in UTF-8.
  case recordedNotLines(file: String)
  /// No file of the folder is that model's.
  case noTranscript(of: ModelID, folder: String, nearest: ModelID? = nil)
  /// Two files of one folder.
  case modelNamedTwice(ModelID, String, String)
  /// Two models whose files would have one name where upper and lower case are the same.
  case filesCollide(ModelID, ModelID, folder: String)
  case emptyTranscript(file: String)
  case repeatedResponse(file: String, line: Int, prompt: PromptID, sample: Int, firstLine: Int)
  case repeatedProbe(file: String, line: Int, prompt: PromptID, firstLine: Int)
  /// A recorded answer under the id of a probe that asks something else.
  case recordedPromptDiffers(file: String, line: Int, prompt: PromptID)
  case emptyProbeSet(file: String)
  /// The line of the first probe beyond what a case may have.
  case tooManyProbes(file: String, line: Int, limit: Int)
  /// A catalogue of spellings that cannot be read.
  case spellingsDefective(file: String, what: String)

  case template(file: String, TemplateDefect)

  // Lineage
  case lineageColumnMissing(file: String, column: String)
  case lineageRow(file: String, line: Int, found: Int, expected: Int)
  case lineageTeacherIsNobody(file: String, line: Int, model: ModelID, teacher: ModelID)
  case lineageConflict(file: String, line: Int, model: ModelID, firstLine: Int)
  /// No row of a table has that value in its column `corpus`; those that are there, in their order.
  case unknownCorpus(String, file: String, known: [String])
  /// A corpus that was named where there is no table to choose rows of; where the answers lie.
  case corpusWithoutLineage(String, folder: String)
}
