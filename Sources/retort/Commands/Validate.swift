import ArgumentParser
import Likelihood

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Score labelled pairs of models, to see how good the method is.",
    discussion: """
      The corpus is a folder with lineage.csv and, for each set of answers, NAME/responses/MODEL.jsonl.gz. Writes \
      scores.csv with the scores of every pair whose models answered the same set, and with likelihood ratios; and \
      README.md with the figures. The ratios come from a calibration that was fitted before (--calibration), or, without \
      one, for each pair from a calibration that saw no developer and no family of it.
      """)

  @Option(help: "Folder of the corpus.")
  var corpus: String

  @Option(help: "Labelled pairs (CSV).")
  var pairs: String

  @Option(help: "Version of the method.")
  var method = CohortMethod.version2.version

  @Option(help: "Seed of the bootstrap over families.")
  var seed: UInt64 = 1

  @Option(
    help: "A calibration: `shipped`, or a file of retort calibrate. Default: one for each pair, without its families.")
  var calibration: String?

  @Option(name: .shortAndLong, help: "Folder for scores.csv and README.md.")
  var output: String

  @Flag(help: "Judge every channel of text by itself instead of the method; no ratios.")
  var channels = false

  @Flag(help: "Print what was scored as JSON on standard output.")
  var json = false

  func run() async throws {
    guard !channels else {
      return try await ChannelValidationRun(
        corpus: corpus, pairs: pairs, folder: output, seed: seed, json: json
      ).run()
    }
    try await ValidationRun(
      corpus: corpus, pairs: pairs, method: try CohortMethod.named(method), calibration: calibration, folder: output,
      seed: seed, json: json
    ).run()
  }
}
