import ArgumentParser
import CaseFile
import Cases
import Foundation
import Probing
import Reporting
import Terminal
import Workflows

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Probe the endpoints of a case, analyse, report; run it again to resume.",
    discussion: """
      Everything that was asked and answered is kept in NAME.retort beside the configuration. \
      Ctrl-C finishes what is in flight and stores it; a second Ctrl-C stops at once. \
      retort init writes a configuration; the handbook's page case.yaml lists its keys.\(HelpExamples.of("run"))
      """)

  /// Models whose answers are analysed before anybody wonders.
  private static let quick = 20

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

  @OptionGroup
  var ratio: RatioOption

  @Flag(help: "Leave every word of models and probes out of the report.")
  var noExcerpts = false

  @Flag(
    help:
      "Say what would be asked, how many tokens and how long it takes, what it costs, and what the report will be able to say; touch no network, write nothing."
  )
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
      let found = try EstimateRun(configuration, file: "\(base).retort", checks: check).run(now: Date())
      if found.isOfAnother {
        Talk.say("\(base).retort holds the answers to another configuration: a run would be refused")
      }
      let text = EstimateText(
        configuration, found.estimate, answered: found.answered, checkCalls: found.checkCalls,
        forecast: ForecastText(configuration, try ForecastCase(configuration).run()))
      return try StandardOutput.write(text.document(tool: Version.tool), or: text.lines, json: json)
    }
    let file = "\(base).retort"
    let asked = AskCase(
      configuration, file: file, environment: ProcessInfo.processInfo.environment, tool: Version.tool, checks: check,
      custody: try custody.chosen(), clocks: try custody.clocks())
    let result = try await TerminalRun(progress: progress).ask(asked)
    guard result.stop == .complete else {
      throw StoppedRun(result: result, resume: "retort run \(ShellWord.quoted(choice.file))")
    }
    guard !noReport else { return Talk.say("not analysed yet: retort report \(ShellWord.quoted(file))") }
    let contents = try CaseStore.withOpen(at: file) { try $0.contents() }
    if contents.transcripts.count > Self.quick {
      Talk.say("analysing the answers of \(contents.transcripts.count) models; nothing more is asked")
    }
    try AnalysisOutput(folder: output ?? "\(base).report", json: json, needsRatio: ratio.requireRatio).write(
      try await AnalyseCase(excerpts: !noExcerpts, tool: Version.tool).report(contents), of: (file, contents))
  }
}
