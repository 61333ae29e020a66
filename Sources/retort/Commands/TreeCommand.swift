import ArgumentParser
import Formats
import Likelihood
import Rendering
import Reporting
import Terminal
import Workflows

struct TreeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "Which of many models are near each other: a tree and a heat map.",
    discussion: """
      Writes tree.svg, tree.nwk (Newick), heatmap.svg and distances.csv. \
      The tree joins neighbours by distances from normalised scores, with the share of bootstrapped probes that have each branch; nothing that is known of the models goes into it. \
      With a table of lineage it is told how often a model's nearest neighbour is a documented relative.\(HelpExamples.of("tree"))
      """)

  @Argument(help: "Case file (.retort), or folder of transcripts; not needed with --measurement.")
  var source: String?

  @Option(help: "Measurement, of retort merge, in place of measuring; with --rows of retort shard, or --replicates 0.")
  var measurement: String?

  @Option(help: "Lineage table (CSV), for the share of relatives among nearest neighbours.")
  var lineage: String?

  @Option(help: "Rows of the lineage table with this value in its column `corpus`.")
  var corpus: String?

  @Option(help: "Replicates of the bootstrap over probes, up to \(Limits.replicates.upperBound); 0 for none.")
  var replicates = ModelTree.replicates

  @Option(help: "Seed of the bootstrap; default: the case's, or 1.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Folder for the files.")
  var output: String

  @Flag(help: "Print a summary as JSON.")
  var json = false

  func validate() throws {
    if source == nil, measurement == nil {
      throw ValidationError("name a case file or a folder, or give --measurement")
    }
  }

  func run() async throws {
    try OptionBounds.check(replicates, "--replicates", in: Limits.replicates)
    let found = try await DrawTree(
      AnswerSource(path: source ?? "", lineage: lineage, corpus: corpus), measurement: measurement
    ).run(replicates: replicates, seed: seed)
    if found.isMeasuredAgain { Talk.say(DebrisWording.measuredAgain) }
    try found.files.write(to: output)
    let text = TreeText(found.tree, found.agreement, debris: found.debris)
    try StandardOutput.write(text.document(folder: output, tool: Version.tool), or: text.lines, json: json)
    Talk.say("tree: \(output)/tree.svg, tree.nwk, heatmap.svg, distances.csv")
  }
}
