import ArgumentParser
import Cases
import Formats
import Reporting
import Terminal
import Workflows

struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Analyse transcripts that were recorded before.",
    discussion: """
      A transcript is a .jsonl or .jsonl.gz file with one {"prompt_id", "sample", "text"} a line; the model's name is the file's name. \
      Suspect and candidates may also lie in the cohort's folder: they are not compared with themselves.\(HelpExamples.of("compare"))
      """)

  @Option(help: "Transcript of the model that may be a student.")
  var suspect: String

  @Option(help: "Transcript of a model that may be its teacher; repeat for several.")
  var candidate: [String]

  @Option(help: "Folder with the transcripts of the cohort, at least 4 models.")
  var cohort: String

  @Option(help: "Probe set (JSONL): only its prompts are used.")
  var probes: String?

  @Option(help: "Lineage table (CSV): model, developer, base_model, family, trained_on_outputs_of.")
  var lineage: String?

  @Option(help: "Rows of the lineage table with this value in its column `corpus`; default: the table has one corpus.")
  var corpus: String?

  @Option(help: "Case file (YAML) whose developers, bases and families are used; the lineage table fills gaps.")
  var `case`: String?

  @Option(name: .shortAndLong, help: "Folder for result.json, report.md and report.html; default: SUSPECT.report.")
  var output: String?

  @Option(help: "Seed of the bootstrap and of the permutations.")
  var seed: UInt64 = 1

  @Option(
    help:
      "Models of the cohort that are compared, \(Limits.words(RecordedCase.cohortBounds)): of more, a fifth are those nearest to the suspect by a sketch of their words, and the others are drawn by the seed."
  )
  var mostInCohort = RecordedCase.maximumCohort

  @Option(help: "Measurement of these very answers, of retort merge, in place of measuring.")
  var measurement: String?

  @OptionGroup
  var analysis: AnalysisOptions

  @OptionGroup
  var ratio: RatioOption

  @Flag(help: "Print result.json on standard output.")
  var json = false

  func run() async throws {
    try OptionBounds.check(mostInCohort, "--most-in-cohort", in: RecordedCase.cohortBounds)
    let contents = try await RecordedCase(
      suspect: suspect, candidates: candidate, cohort: cohort, probes: probes, lineage: lineage, corpus: corpus,
      configuration: `case`, seed: seed,
      // A measurement is of all models.
      maximumCohort: measurement == nil ? mostInCohort : .max
    ).contents()
    if let draw = contents.draw {
      Talk.say("cohort: \(draw.nearest + draw.drawn) of \(draw.given) models are compared; --most-in-cohort takes more")
    }
    let folder = output ?? "\(TranscriptFileName.stem(of: contents.suspect)).report"
    try AnalysisOutput(folder: folder, json: json, needsRatio: ratio.requireRatio).write(
      try await analysis.workflow().report(contents, measurement: measurement) {
        Talk.say(DebrisWording.measuredAgain)
      })
  }
}
