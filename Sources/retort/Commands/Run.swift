import ArgumentParser
import CaseFile
import Foundation
import Probing
import Reporting

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Probe the endpoints of a case, analyse, report; run it again to resume.",
    discussion: """
      Everything that was asked and answered is kept in NAME.retort beside the configuration. Ctrl-C finishes what is \
      in flight and stores it; a second Ctrl-C stops at once. The schema of the configuration is in the README.
      """)

  @Argument(help: "Configuration of the case (YAML).")
  var configuration: String

  @Option(name: .shortAndLong, help: "Folder for result.json, report.md and report.html; default: NAME.report.")
  var output: String?

  @OptionGroup(title: "Budget")
  var limits: BudgetOptions

  @Flag(help: "Say what would be asked, how many tokens it takes and what it costs; touch no network, write nothing.")
  var dryRun = false

  @Flag(help: "Print result.json on standard output; with --dry-run the estimate.")
  var json = false

  func run() async throws {
    var parsed = try CaseConfigurationReader.read(file: configuration)
    parsed.budget = parsed.budget.overridden(by: try limits.budget())
    if dryRun {
      let estimate = try EstimateText(parsed)
      json ? JSONOutput.print(estimate.document) : print(estimate.lines.map(\.printable).joined(separator: "\n"))
      return
    }
    let folder = URL(fileURLWithPath: configuration).deletingLastPathComponent().relativePath
    let base = folder == "." ? parsed.name : "\(folder)/\(parsed.name)"
    try await CaseSession(
      configuration: parsed, file: "\(base).retort", output: output ?? "\(base).report", json: json,
      resume: "retort run \(configuration)"
    ).run()
  }
}
