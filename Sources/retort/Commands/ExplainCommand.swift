import ArgumentParser
import Formats
import Reporting
import Terminal
import Workflows

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show which probes, phrases and habits carry the score of one pair.",
    discussion: """
      For a case file the candidate may be left out where there is only one; for a folder of transcripts all other models are the cohort. \
      A normalised score is a sum over probes: what each adds is shown, with what both say word for word, which phrases and habits of style both have more than the cohort, and how the score changes if a member of the cohort is left out.\(HelpExamples.of("explain"))
      """)

  @OptionGroup
  var source: SourceOptions

  @Option(help: "The candidate.")
  var candidate: String?

  @Option(help: "Probes, runs, phrases and habits shown of each, up to \(Limits.shown.upperBound).")
  var top = 10

  @Option(help: "Vectors of the answers, as `retort embed` writes them: adds the channel `embeddings`.")
  var vectors: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try OptionBounds.check(top, "--top", in: Limits.shown)
    let found = try await ExplainPair(source.answers, candidate: candidate, vectors: vectors).run(limit: top)
    try StandardOutput.write(
      ExplainText.json(
        found.explanation, debris: found.debris, beside: found.beside, wrongValues: found.wrongValues,
        draw: found.draw, tool: Version.tool),
      or: ExplainText.lines(
        found.explanation, debris: found.debris, beside: found.beside, wrongValues: found.wrongValues,
        draw: found.draw), json: json)
  }
}
