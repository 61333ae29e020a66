import AnswerDebris
import Cases

/// A case without what servers and tools left in its answers: what every command reads that compares answers.
struct CleanedContents: Sendable {
  /// As the answers came.
  let recorded: CaseContents
  let debris: Debris
  /// What is compared.
  let contents: CaseContents

  /// - Parameter debris: that of these very answers, where it is known; nil finds it.
  init(_ recorded: CaseContents, debris: Debris? = nil) {
    let debris = debris ?? Debris(recorded.transcripts)
    self.recorded = recorded
    self.debris = debris
    contents = debris.changesAnswers ? recorded.with(transcripts: debris.cleaned) : recorded
  }

  /// What was found in the answers of some models.
  func findings(of models: Set<ModelID>) -> [Debris.Finding] { debris.findings.filter { models.contains($0.model) } }
}
