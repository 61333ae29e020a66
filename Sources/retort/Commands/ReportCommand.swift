import ArgumentParser
import CaseFile
import Terminal
import Workflows

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Compute the report of a case file anew, offline.",
    discussion: """
      The same case gives the same result.json, byte for byte, on any number of cores and by any kernel of OpenBLAS; with another C library a sixth digit may differ by one. \
      What retort likelihood found against the suspect's base is told in one line, where NAME.likelihood.retort is finished; it is no part of the report.\(HelpExamples.of("report"))
      """)

  @Argument(help: "Case file (.retort).")
  var file: String

  @Option(name: .shortAndLong, help: "Folder for result.json, report.md and report.html; default: NAME.report.")
  var output: String?

  @OptionGroup
  var analysis: AnalysisOptions

  @OptionGroup
  var ratio: RatioOption

  @Flag(help: "Print result.json on standard output.")
  var json = false

  func run() async throws {
    let workflow = try analysis.workflow()
    let contents = try CaseStore.withOpen(at: file) { try $0.contents() }
    let base = file.hasSuffix(".retort") ? String(file.dropLast(".retort".count)) : file
    try AnalysisOutput(folder: output ?? "\(base).report", json: json, needsRatio: ratio.requireRatio).write(
      try await workflow.report(contents), of: (file, contents))
  }
}
