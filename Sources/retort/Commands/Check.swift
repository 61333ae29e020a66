import ArgumentParser
import CaseFile
import Monitoring

/// What a check prints on standard output; every form is in its folder as well.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, junit, github, markdown, svg
}

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Did the model behind the endpoint change?",
    discussion: """
      Asks a few answers, and where they look suspicious many fresh ones; only those can say CHANGED. Exit codes: 0 \
      SAME, 1 CHANGED, 3 INCONCLUSIVE. Never writes the baseline: after a confirmed change a pending one is left in the \
      folder of the check.
      """)

  @Argument(help: "Approved baseline (JSON).")
  var baseline: String

  @Option(help: "Configuration (YAML); default: the one that the baseline was made with.")
  var configuration: String?

  @Option(help: "Transcript of recorded answers to decide on instead of asking an endpoint; repeat for several.")
  var against: [String] = []

  @Option(name: .shortAndLong, help: "Folder for the result in all forms and the case files; default: NAME.check.")
  var output: String?

  @Option(help: "Name of this run, such as that of a CI job: the same name resumes. Default: the time.")
  var run: String?

  @Option(help: "Ledger of checks (JSONL); default: beside the baseline, NAME.ledger.jsonl.")
  var ledger: String?

  @Flag(help: "Keep no ledger: false alarms are then bounded for this run alone.")
  var noLedger = false

  @Option(
    help: "Form of the result on standard output: \(CheckFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = CheckFormat.text

  @Flag(help: "End with 1 also when only what the endpoint declares of itself has changed.")
  var failOnDeclared = false

  @Flag(help: "End with 0 instead of 3 when the check is inconclusive.")
  var exitZeroOnInconclusive = false

  @OptionGroup(title: "Budget")
  var limits: BudgetOptions

  @Option(help: "How progress is told on standard error.")
  var progress = ProgressMode.auto

  @Flag(help: "Print the result as JSON on standard output; the same as --format json.")
  var json = false

  func run() async throws {
    let session = try CheckSession(
      baseline: baseline, configuration: configuration, folder: output, run: run,
      ledger: noLedger ? nil : ledger ?? CheckFiles(baseline: baseline).ledger, limits: try limits.budget(),
      progress: progress)
    let result = against.isEmpty ? try await session.ask() : try await session.decide(on: against)
    try CheckOutput(result: result, folder: session.folder, format: json ? .json : format).write(ledger: session.ledger)
    throw CheckEnd(
      result, failOnDeclared: failOnDeclared, exitZeroOnInconclusive: exitZeroOnInconclusive)
  }
}

struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the probes that changed in a check, side by side, the most influential first.")

  @Argument(help: "Folder of a check, or its result.json.")
  var folder: String

  @Option(help: "Probes shown, up to \(Limits.shown.upperBound).")
  var top = 20

  @Flag(help: "Print the probes as JSON on standard output.")
  var json = false

  func run() throws {
    try OptionBounds.check(top, "--top", in: Limits.shown)
    try ReviewText(path: folder, top: top).write(json: json)
  }
}

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the checks of a ledger, and whether they drift slowly.",
    discussion: """
      The evidence of drift grows where runs lie ever farther from the baseline than the runs before them. If nothing \
      drifts, it ever reaches 20 at most once in twenty series. It advises, and never gates.
      """)

  @Argument(help: "Baseline (JSON), or its ledger (JSONL).")
  var file: String

  @Option(help: "File for the timeline (SVG).")
  var svg: String?

  @Flag(help: "Print the runs as JSON on standard output.")
  var json = false

  func run() throws { try HistoryText(path: file, svg: svg).write(json: json) }
}
