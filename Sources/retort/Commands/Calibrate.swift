import ArgumentParser
import Likelihood

struct Calibrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit a calibration on labelled pairs of models.",
    discussion: """
      The corpus is laid out as for retort validate. Writes a small JSON file that turns scores into likelihood ratios, \
      one for each alternative that enough independent families stand behind, with the bounds that they support.
      """)

  @Option(help: "Folder of the corpus.")
  var corpus: String

  @Option(help: "Labelled pairs (CSV).")
  var pairs: String

  @Option(help: "Version of the method.")
  var method = CohortMethod.version2.version

  @Option(help: "Seed of the bootstrap over families.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "File for the calibration.")
  var output: String

  @Flag(help: "Print the calibration as JSON on standard output.")
  var json = false

  func run() async throws {
    try await CalibrationRun(
      corpus: corpus, pairs: pairs, method: try CohortMethod.named(method), seed: seed, file: output, json: json
    ).run()
  }
}
