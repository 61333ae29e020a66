import ArgumentParser
import Foundation
import Monitoring
import Reporting
import Terminal
import Workflows

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Did the model behind the endpoint change?",
    discussion: """
      Asks a few answers, where they look suspicious a few fresh ones, and many more where they still do; only those can say CHANGED. \
      Exit codes: 0 SAME, 1 CHANGED, 3 INCONCLUSIVE, 4 where the key is refused. \
      Never writes the baseline: after a confirmed change a pending one is left in the folder of the check.\(HelpExamples.of("check"))
      """)

  @Argument(help: "Approved baseline (JSON).")
  var baseline: String

  @Option(help: "Configuration (YAML); default: the one that the baseline was made with.")
  var configuration: String?

  @Option(help: "Transcript of recorded answers to decide on instead of asking an endpoint; repeat for several.")
  var against: [String] = []

  @Option(name: .shortAndLong, help: "Folder for the result in all forms and the case files; default: NAME.check.")
  var output: String?

  @Option(
    help:
      "Name of this run, such as that of a CI job: the same name resumes. Default: the time and the process's number.")
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
    // A check that ends without a result must not leave that of another one in its place.
    try CheckFiles.setAside(in: output ?? CheckFiles(baseline: baseline).check)
    let check = try CheckEndpoint(
      baseline: baseline, configuration: configuration, folder: output, run: run,
      ledger: noLedger ? nil : ledger ?? CheckFiles(baseline: baseline).ledger, limits: try limits.budget(),
      gates: CheckResult.Gates(declared: failOnDeclared),
      environment: ProcessInfo.processInfo.environment, tool: Version.tool, now: Date())
    let found = against.isEmpty ? try await asked(check) : try await check.deciding(on: against)
    for finding in found.result.ledger?.findings ?? [] {
      Talk.say("\(found.result.ledger?.file ?? ""): \(CheckWording.ledger(finding))")
    }
    if let pending = found.pending {
      Talk.say(
        """
        if the change is wanted: retort baseline approve \(ShellWord.quoted(baseline)) --pending \(ShellWord.quoted(pending)) --by NAME --reason TEXT
        """)
    }
    try CheckOutput(result: found.result, folder: check.folder, format: json ? .json : format).write(
      ledger: check.ledger)
    CheckFiles.forgetPrevious(in: check.folder)
    throw CheckEnd(found.result, exitZeroOnInconclusive: exitZeroOnInconclusive)
  }

  private func asked(_ check: CheckEndpoint) async throws -> CheckEndpoint.Findings {
    let resume =
      "retort check \(ShellWord.quoted(baseline)) --run \(ShellWord.quoted(check.run)) -o \(ShellWord.quoted(check.folder))"
    return try await TerminalRun.resumed(by: resume) {
      try await check.asking(TerminalRun(progress: progress).asker) { stage in
        switch stage {
        case .screening(let calls, let host, let most):
          Talk.say("\(calls) short calls to \(host), at most \(most) if something looks changed")
          for line in CheckWording.detectable(check.baseline.detectable) { Talk.say("would find, \(line)") }
        case .looking(let strata, let probes, let calls):
          Talk.say("\(CheckWording.suspects(strata, probes: probes)) may have changed: asking \(calls) fresh answers")
        case .confirming(let strata, let probes, let calls):
          Talk.say(
            "\(CheckWording.suspects(strata, probes: probes)) still may have changed: asking \(calls) fresh answers to decide"
          )
        }
      }
    }
  }
}
