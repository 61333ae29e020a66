import ArgumentParser
import Formats
import Reporting
import Terminal
import Workflows

struct SameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "same",
    abstract: "Test whether two models could be one and the same: relabelled, quantised, or asked twice.",
    discussion: """
      Needs two or more answers of both models to the same probes. \
      What the tests would have found is shown by what they say of the cohort's unrelated models. \
      Where both gave log-probabilities, their next-token distributions are compared as well. \
      Not being told apart is no proof of being the same.\(HelpExamples.of("same"))
      """)

  @OptionGroup
  var source: SourceOptions

  @Option(help: "The candidate.")
  var candidate: String?

  @Option(help: "Permutations of each test, \(Limits.words(Limits.permutations)).")
  var permutations = 1_999

  @Option(help: "Seed of the permutations; default: the case's.")
  var seed: UInt64?

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try OptionBounds.check(permutations, "--permutations", in: Limits.permutations)
    let found = try await CompareSameModel(source.answers, candidate: candidate).run(
      permutations: permutations, seed: seed)
    try StandardOutput.write(
      SameText.json(found.comparison, debris: found.debris, tool: Version.tool),
      or: SameText.lines(found.comparison, debris: found.debris), json: json)
  }
}
