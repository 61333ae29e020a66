import ArgumentParser
import Formats
import Likelihood
import Reporting
import Terminal
import Validation
import Workflows

struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit a calibration on labelled pairs of models.",
    discussion: """
      The corpus is laid out as for retort validate. \
      Writes a small JSON file that turns scores into likelihood ratios, one for each alternative that enough independent families stand behind, with the bounds that they support. \
      With --losses it is fitted on a table of losses as retort validate --losses reads it, for retort likelihood with a base.\(HelpExamples.of("calibrate"))
      """)

  @Option(help: "Folder of the corpus.")
  var corpus: String?

  @Option(help: "Labelled pairs (CSV).")
  var pairs: String?

  @Option(help: "A table of losses, suspect less base, in place of corpus and pairs (JSONL, plain or gzip).")
  var losses: String?

  @Flag(help: "Fit the demo's calibration instead, on families of small models that are made for it.")
  var demo = false

  @Option(help: "Version of the method.")
  var method = CohortMethod.current.version

  @Option(help: "Ridge penalty of the logistic regression; 0 only for pairs that no threshold separates.")
  var penalty = LeaveFamiliesOut().penalty

  @Option(help: "Seed of the bootstrap over families.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "File for the calibration.")
  var output: String

  @Flag(help: "Print the calibration as JSON on standard output.")
  var json = false

  func validate() throws {
    let isCorpus = corpus != nil && pairs != nil
    let isOther = corpus == nil && pairs == nil && demo != (losses != nil)
    guard isCorpus ? !demo && losses == nil : isOther else {
      throw ValidationError("Give --corpus DIR and --pairs FILE, or --losses FILE, or --demo.")
    }
    guard (0...1e6).contains(penalty) else { throw ValidationError("--penalty \(penalty): must be 0 to 1000000.") }
  }

  func run() async throws {
    try OutputPlace.checkFile(output)
    if let losses { return try fitLosses(losses) }
    let fitting = FitCalibration(seed: seed, tool: Version.tool)
    let calibration: Calibration
    if let corpus, let pairs {
      calibration = try await fitting.run(
        corpus: corpus, pairs: pairs, method: try .named(method),
        learning: LeaveFamiliesOut(penalty: penalty, reliability: .current)
      ) { Talk.say(ScoredPairsText.line($0)) }
    } else {
      Talk.say("training the models of many families, and asking them")
      calibration = try await fitting.runDemo()
    }
    try FileBytes.write((calibration.json.canonical + "\n").utf8, to: output)
    Talk.say("calibration: \(output)")
    guard !json else { return try StandardOutput.json(calibration.json) }
    try StandardOutput.say(CalibrationText.lines(calibration))
  }

  private func fitLosses(_ file: String) throws {
    let calibration = try FitReferenceCalibration(seed: seed, tool: Version.tool).run(losses: file)
    try FileBytes.write((calibration.json.canonical + "\n").utf8, to: output)
    Talk.say("calibration: \(output)")
    guard !json else { return try StandardOutput.json(calibration.json) }
    try StandardOutput.say(ReferenceCalibrationText.lines(calibration))
  }
}
