import ArgumentParser
import Escaping
import Formats
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
      Never writes the baseline: after a confirmed change a pending one is left in the folder of the check. \
      Several baselines are checked one after the other, with one summary and the worst of the exit codes.\(HelpExamples.of("check"))
      """)

  @Argument(help: "Approved baseline (JSON), or several.")
  var baselines: [String] = []

  @Option(help: "Configuration (YAML); default: the one that the baseline was made with.")
  var configuration: String?

  @Option(help: "Transcript of recorded answers to decide on instead of asking an endpoint; repeat for several.")
  var against: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Two configurations (YAML) whose endpoints are set against each other, without a baseline.")
  var between: [String] = []

  @Option(name: .shortAndLong, help: "Folder for the result in all forms and the case files; default: NAME.check.")
  var output: String?

  @Option(help: "Address that result.json is posted to, once; if that fails, a line says so and nothing changes.")
  var notify: String?

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

  private var environment: [String: String] { ProcessInfo.processInfo.environment }

  func run() async throws {
    let notice = try notify.map { address in
      guard let notice = ResultNotice(address) else {
        throw UsageError.badValue(option: "--notify", value: "ADDRESS", expected: "an http or https URL")
      }
      return notice
    }
    guard between.isEmpty ? !baselines.isEmpty : baselines.isEmpty && between.count == 2 else {
      throw UsageError.checkSource
    }
    if baselines.count > 1 { return try await checkAll(notice) }
    let (result, folder, ledger, files) = try await between.isEmpty ? check(baselines[0], in: output) : compare()
    try CheckOutput(result: result, folder: folder, format: form).write(ledger: ledger)
    CheckFiles.forgetPrevious(in: folder)
    await tell(notice, JSONText.inert(result.document(tool: Version.tool).canonical), files)
    throw CheckEnd(result.exit, exitZeroOnInconclusive: exitZeroOnInconclusive)
  }

  private var form: CheckFormat { json ? .json : format }

  private typealias Checked = (result: CheckResult, folder: String, ledger: String?, configurations: [String])

  private func check(_ baseline: String, in output: String?) async throws -> Checked {
    let budget = try limits.budget()
    // A check that ends without a result must not leave that of another one in its place.
    try CheckFiles.setAside(in: output ?? CheckFiles(baseline: baseline).check)
    let check = try CheckEndpoint(
      baseline: baseline, configuration: configuration, folder: output, run: run,
      ledger: noLedger ? nil : ledger ?? CheckFiles(baseline: baseline).ledger, limits: budget,
      gates: CheckResult.Gates(declared: failOnDeclared), environment: environment, tool: Version.tool, now: Date())
    let found = against.isEmpty ? try await asked(check, baseline) : try await check.deciding(on: against)
    for finding in found.result.ledger?.findings ?? [] {
      Talk.say("\(found.result.ledger?.file ?? ""): \(CheckWording.ledger(finding))")
    }
    if let pending = found.pending {
      Talk.say(
        """
        if the change is wanted: retort baseline approve \(ShellWord.quoted(baseline)) --pending \(ShellWord.quoted(pending)) --by NAME --reason TEXT
        """)
    }
    return (found.result, check.folder, check.ledger, check.configurationFiles)
  }

  /// One after the other; a baseline that cannot be used ends all of it before anything is asked.
  private func checkAll(_ notice: ResultNotice?) async throws {
    guard ledger == nil, against.isEmpty, form != .svg else { throw UsageError.severalBaselines }
    if let output { try CheckFiles.guardPlace(output) }
    for baseline in baselines {
      try CheckFiles.guardPlace(folder(of: baseline))
      guard try Baseline.read(file: baseline).approval != nil else { throw MonitoringError.notApproved(file: baseline) }
    }
    var all: [Checked] = []
    for baseline in baselines {
      let found = try await check(baseline, in: folder(of: baseline))
      try CheckOutput(result: found.result, folder: found.folder, format: form).writeFiles(ledger: found.ledger)
      CheckFiles.forgetPrevious(in: found.folder)
      all.append(found)
    }
    let summary = CheckSummary(all.map(\.result))
    let text = CheckSummaryText(summary)
    try CheckOutput.write(text, in: output, format: form)
    await tell(
      notice, JSONText.inert(text.document(tool: Version.tool).canonical), all.flatMap(\.configurations))
    throw CheckEnd(summary.exit, exitZeroOnInconclusive: exitZeroOnInconclusive)
  }

  /// Of one among several.
  private func folder(of baseline: String) -> String {
    let files = CheckFiles(baseline: baseline)
    return output.map { "\($0)/\(files.name)" } ?? files.check
  }

  private func compare() async throws -> Checked {
    let folder = output ?? "between.check"
    let budget = try limits.budget()
    try CheckFiles.setAside(in: folder)
    let comparison = CompareEndpoints(
      between[0], between[1], folder: folder, run: run, limits: budget, environment: environment,
      tool: Version.tool, now: Date())
    let again = "retort check --between \(ShellWord.quoted(between[0])) \(ShellWord.quoted(between[1]))"
    let result = try await TerminalRun.resumed(by: again) {
      try await comparison.asking(TerminalRun(progress: progress).asker)
    }
    return (result, folder, nil, between)
  }

  private func tell(_ notice: ResultNotice?, _ document: String, _ files: [String]) async {
    guard let notice else { return }
    do {
      if let failure = try await notice.post(document, guarding: files, environment: environment) {
        Talk.say(NoticeText.line(failure, host: notice.host))
      }
    } catch {
      Talk.say("the result was not posted to \(notice.host): \(ErrorSentence.of(error) ?? "\(error)")")
    }
  }

  private func asked(_ check: CheckEndpoint, _ baseline: String) async throws -> CheckEndpoint.Findings {
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
