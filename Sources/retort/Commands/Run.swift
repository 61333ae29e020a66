import ArgumentParser
import CaseFile
import Probing
import Reporting

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Probe the endpoints of a case, analyse, report; run it again to resume.",
    discussion: """
      Everything that was asked and answered is kept in NAME.retort beside the configuration. Ctrl-C finishes what is \
      in flight and stores it; a second Ctrl-C stops at once. The schema of the configuration is in the README.
      """)

  @Argument(help: "Configuration of the case (YAML); default: the nearest retort.yaml or case.yaml upwards.")
  var configuration: String?

  @Option(name: .shortAndLong, help: "Folder for result.json, report.md and report.html; default: NAME.report.")
  var output: String?

  @OptionGroup(title: "Budget")
  var limits: BudgetOptions

  @OptionGroup(title: "Chain of custody")
  var custody: CustodyOptions

  @Flag(help: "Ask and store, and look at nothing: for parties who exchange signed heads of their logs first.")
  var noReport = false

  @Flag(help: "Leave every word of models and probes out of the report.")
  var noExcerpts = false

  @Flag(help: "Say what would be asked, how many tokens it takes and what it costs; touch no network, write nothing.")
  var dryRun = false

  @Flag(inversion: .prefixedNo, help: "See first what each endpoint does with the parameters that it is sent.")
  var check = true

  @Option(help: "How progress is told on standard error; auto is a bar on a terminal, else a line every 10 seconds.")
  var progress = ProgressMode.auto

  @Flag(help: "Print result.json on standard output; with --dry-run the estimate.")
  var json = false

  func run() async throws {
    let choice = try ConfigurationChoice(configuration)
    choice.tell()
    var configuration = try CaseConfigurationReader.read(file: choice.file)
    configuration.budget = configuration.budget.overridden(by: try limits.budget())
    let base = choice.base(ofCase: configuration.name)
    if dryRun {
      let estimate = try EstimateText(configuration, file: "\(base).retort", checks: check)
      return json ? try StandardOutput.json(estimate.document) : try StandardOutput.say(estimate.lines)
    }
    try await CaseSession(
      configuration: configuration, file: "\(base).retort", output: output ?? "\(base).report", json: json,
      resume: "retort run \(ShellWord.quoted(choice.file))", progress: progress, checks: check,
      custody: try custody.chosen(), clocks: try custody.clocks(), reports: !noReport, excerpts: !noExcerpts
    ).run()
  }
}
