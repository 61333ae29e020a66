import ArgumentParser
import Workflows

/// Recorded answers to look at, and from whose side.
struct SourceOptions: ParsableArguments {
  @Argument(help: "Case file (.retort), or folder of transcripts.")
  var source: String

  @Option(help: "The suspect; needed for a folder.")
  var suspect: String?

  @Option(help: "Lineage table (CSV), for a folder.")
  var lineage: String?

  @Option(help: "Rows of the lineage table with this value in its column `corpus`.")
  var corpus: String?

  var answers: AnswerSource { AnswerSource(path: source, suspect: suspect, lineage: lineage, corpus: corpus) }
}
