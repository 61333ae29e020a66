package import Cases

/// What was asked for and cannot be done with what is there. The command turns a case into a sentence.
package enum WorkflowError: Error, Hashable {
  /// Of a folder of transcripts, one model is the suspect, and somebody has to say which.
  case suspectMissing
  /// No candidate is named, and there is more than one, or none.
  case candidateMissing(found: Int)
  case noCandidate
  case unknownMethod(Int)
  case unknownChannel(String, known: [String])
  /// A measurement of a set of answers that no labelled pair belongs to.
  case unknownSet(String, known: [String])
  case noVectors(of: ModelID, file: String)
  case defectiveVector(ModelID, PromptID, file: String)
  /// An endpoint of a dialect that has no embeddings.
  case noEmbeddings(Endpoint.DialectName)
  /// A report is asked for of a case that holds only what models think of given answers.
  case caseOfLikelihoods(file: String)
  /// The case that a follow-up needs.
  case noAnswersYet(file: String)
  /// The demo's teacher left one of its student's questions without an answer.
  case lessonNotAnswered(String)
  /// Of a case that is to be drafted: neither URL#MODEL nor a file.
  case noSuchModel(String)
  /// A vendor has many models.
  case modelNotNamed(String)
  case severalModels(String, [String])
  /// A folder that was given as a cohort.
  case noTranscriptsIn(String)
  case draftCohortTooSmall(found: Int)
  /// Recorded answers whose prompts are not known.
  case promptsUnknown(String)
  /// A folder without a file that could be read, or the last reason.
  case nothingInFolder(String)
}
