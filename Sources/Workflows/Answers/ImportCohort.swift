package import Cases
import Formats
package import Importing
import Rendering

/// A folder of answers that others recorded, made a cohort: transcripts that say what was asked, the prompts, and a table of
/// lineage to be filled.
package struct ImportCohort: Sendable {
  package struct Findings: Sendable {
    package let contents: CohortFolder.Contents
    package let files: [TranscriptFolder.File]
    /// Models whose developer could not be guessed; of all others it was, from the name.
    package let unknown: [ModelID]
    /// Prompts that at least four fifths of the models answered.
    package let common: Int
  }

  private let folder: String
  private let format: ImportFormat?
  private let fields: ImportFields
  private let matchesByText: Bool
  private let minimumPrompts: Int

  package init(
    _ folder: String, format: ImportFormat?, fields: ImportFields, matchesByText: Bool, minimumPrompts: Int = 1
  ) {
    self.folder = folder
    self.format = format
    self.fields = fields
    self.matchesByText = matchesByText
    self.minimumPrompts = minimumPrompts
  }

  /// - Throws: `WorkflowError.nothingInFolder` where nothing could be read; else what could not is in the findings.
  package func run(to output: String) throws -> Findings {
    let contents = try CohortFolder.read(folder, format: format, fields: fields, matchesByText: matchesByText)
    let kept = contents.transcripts.filter { Set($0.responses.map(\.prompt)).count >= minimumPrompts }
    guard !kept.isEmpty else {
      if let first = contents.unread.first { throw first.error }
      throw WorkflowError.nothingInFolder(folder)
    }
    let guesses = kept.map { (model: $0.model, developer: DeveloperNames.guess($0.model.rawValue)) }
    let table = CSVRows.text(
      [["model", "developer", "base_model", "family", "trained_on_outputs_of"]]
        + guesses.map { [$0.model.rawValue, $0.developer ?? "", "", "", ""] })
    let files = try TranscriptFolder.write(
      kept, probes: contents.probes, lineageTable: table, withPrompts: true, to: output)
    var counts: [PromptID: Int] = [:]
    for transcript in kept { for prompt in Set(transcript.responses.map(\.prompt)) { counts[prompt, default: 0] += 1 } }
    return Findings(
      contents: contents, files: files, unknown: guesses.filter { $0.developer == nil }.map(\.model),
      common: counts.values.count { 5 * $0 >= 4 * kept.count })
  }
}
