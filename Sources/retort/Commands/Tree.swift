import ArgumentParser
import CaseFile
import Likelihood

struct Tree: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Which of many models are near each other: a tree and a heat map.",
    discussion: """
      Writes tree.svg, tree.nwk (Newick), heatmap.svg and distances.csv. The tree joins neighbours by distances from \
      normalised scores, with the share of bootstrapped probes that have each branch; nothing that is known of the models \
      goes into it. With a table of lineage it is told how often a model's nearest neighbour is a documented relative.
      """)

  @Argument(help: "Case file (.retort), or folder of transcripts.")
  var source: String

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

  func run() async throws {
    try OptionBounds.check(replicates, "--replicates", in: Limits.replicates)
    try await TreeSession(
      source: source, lineage: lineage, corpus: corpus, replicates: replicates, seed: seed, folder: output, json: json
    ).run()
  }
}
