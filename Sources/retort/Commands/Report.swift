import ArgumentParser
import CaseFile
import Cases
import Foundation
import Likelihood

struct Report: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute the report of a case file anew, offline.",
    discussion: "The same case gives the same result.json, byte for byte, on the same kind of processor.")

  @Argument(help: "Case file (.retort).")
  var file: String

  @Option(name: .shortAndLong, help: "Folder for result.json, report.md and report.html; default: NAME.report.")
  var output: String?

  @Option(help: "Version of the method: 2, or 1 for the first one.")
  var method = CohortMethod.version2.version

  @Option(
    help: "Calibration: shipped, demo, or a file of retort calibrate. Default: shipped, where it is of the method.")
  var calibration: String?

  @Option(
    help: "Weights of the alternatives, such as no_link=0.7,common_teacher=0.3: adds the ratio against their mixture.")
  var weights: String?

  @Flag(help: "Leave every word of models and probes out of the report.")
  var noExcerpts = false

  @Flag(help: "Print result.json on standard output.")
  var json = false

  func run() async throws {
    let store = try CaseStore.open(at: file)
    let contents: CaseContents
    do {
      contents = try store.contents()
      try store.close()
    } catch {
      try? store.close()
      throw error
    }
    let base = file.hasSuffix(".retort") ? String(file.dropLast(".retort".count)) : file
    let method = try CohortMethod.named(method)
    try await AnalysisOutput(
      folder: output ?? "\(base).report", json: json, method: method,
      calibration: try calibration.map { try ChosenCalibration.read($0, for: method) },
      mixture: try weights.map(AlternativeMixture.init(option:)), excerpts: !noExcerpts
    ).write(contents)
  }
}
