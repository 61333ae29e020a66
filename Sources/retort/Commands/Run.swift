import ArgumentParser
import CaseFile
import Foundation
import Probing

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

  @Flag(help: "Say what would be asked and about how many tokens it takes; touch no network and write nothing.")
  var dryRun = false

  @Flag(help: "Print result.json on standard output.")
  var json = false

  func run() async throws {
    let parsed = try CaseConfigurationReader.read(file: configuration)
    if dryRun {
      print(EstimateText.lines(parsed).joined(separator: "\n"))
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
