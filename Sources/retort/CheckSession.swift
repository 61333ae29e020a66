import CaseFile
import Foundation
import Monitoring
import Probing
import Reporting

/// One check, from an approved baseline to a result and a line in the ledger.
struct CheckSession {
  let baseline: Monitoring.Baseline
  let folder: String
  /// nil: none is kept.
  let ledger: String?
  private let file: String
  private let configurationFile: String?
  private let run: String
  private let started: String
  private let limits: Budget
  private let progress: ProgressMode

  /// - Throws: `MonitoringError.notApproved` for a baseline that nobody has approved.
  init(
    baseline file: String, configuration: String?, folder: String?, run: String?, ledger: String?, limits: Budget,
    progress: ProgressMode
  ) throws {
    baseline = try Monitoring.Baseline.read(file: file)
    guard baseline.approval != nil else { throw MonitoringError.notApproved(file: file) }
    self.file = file
    configurationFile = configuration ?? baseline.configuration.map(CheckFiles(baseline: file).resolved)
    self.folder = folder ?? CheckFiles(baseline: file).check
    self.ledger = ledger
    started = UTCTime.text(Date())
    // Two checks may begin in one millisecond.
    self.run = run ?? "\(started) \(getpid())"
    self.limits = limits
    self.progress = progress
  }

  private var permutationSeed: UInt64 { MonitoredRun.seed("permutations", run, baseline.digest.hex) }

  /// Asks the endpoint.
  func ask() async throws -> CheckResult {
    guard let configurationFile else { throw MonitoringError.noEndpoint(file: file) }
    var configuration = try MonitorConfigurationReader.read(file: configurationFile)
    configuration.budget = configuration.budget.overridden(by: limits)
    var result = CheckResult(name: baseline.name, run: run, started: started, baseline: baseline)
    let differences = configuration.differences(from: baseline.suite)
    guard differences.isEmpty else {
      result.reason = .notComparable(differences)
      return try await finish(&result, answers: [])
    }
    declareAddress(configuration, in: &result)
    let most = min(baseline.plan.maxCalls, configuration.budget.maxCalls ?? baseline.plan.maxCalls)
    Talk.say(
      "\(baseline.plan.screenCalls) short calls to \(configuration.endpoint.host), at most \(most) if something looks changed"
    )
    for line in CheckWording.detectable(baseline.detectable) { Talk.say("would find, \(line)") }
    let runner = MonitoredRun(configuration: configuration, progress: progress)
    let evaluation = CheckEvaluation(baseline: baseline, seed: permutationSeed)

    func asked(_ stage: String, _ samples: [PromptID: Int]) async throws -> MonitoredRun.Answers {
      var budget = configuration.budget
      budget.maxCalls = most - result.calls.attempts
      let answers = try await runner.ask(
        samples, seed: MonitoredRun.seed(stage, "\(configuration.seed)", run, baseline.digest.hex), budget: budget,
        file: "\(folder)/\(Self.fileName(run))-\(stage).retort",
        resume: "retort check \(ShellWord.quoted(file)) --run \(ShellWord.quoted(run)) -o \(ShellWord.quoted(folder))")
      result.calls.planned += answers.result.planned
      result.calls.attempts += answers.result.attempts
      result.calls.answered += answers.result.answered
      result.calls.failures += answers.result.failures
      result.calls.tokens += answers.result.tokens
      return answers
    }

    let first = try await asked("screening", baseline.plan.screen)
    var answers = first.recorded
    if case .confirm(let sizes) = evaluation.screen(first.recorded, trouble: first.trouble, into: &result) {
      Talk.say(
        "\(result.suspicious.map(\.rawValue).joined(separator: ", ")) may have changed: asking \(sizes.values.reduce(0, +)) fresh answers"
      )
      let fresh = try await asked("confirmation", sizes)
      evaluation.confirm(fresh.recorded, planned: sizes, trouble: fresh.trouble, into: &result)
      answers += fresh.recorded
    }
    return try await finish(&result, answers: answers)
  }

  /// Decides on transcripts.
  func decide(on paths: [String]) async throws -> CheckResult {
    var result = CheckResult(name: baseline.name, run: run, started: started, baseline: baseline)
    var answers: [RecordedAnswer] = []
    for path in paths {
      answers += try TranscriptReader.read(file: path, model: MonitorConfiguration.model).responses.map {
        RecordedAnswer(response: $0)
      }
    }
    guard answers.contains(where: { baseline.probes[$0.response.prompt] != nil }) else {
      throw MonitoringError.noCommonProbes(file: paths.joined(separator: ", "))
    }
    CheckEvaluation(baseline: baseline, seed: permutationSeed).decide(recorded: answers, into: &result)
    return try await finish(&result, answers: answers)
  }

  /// The anchor of the last clean run, the ledger, and after a change the pending baseline.
  private func finish(_ result: inout CheckResult, answers: [RecordedAnswer]) async throws -> CheckResult {
    let records = CheckEvaluation(baseline: baseline, seed: permutationSeed).records(answers)
    if let ledger { try enter(&result, records, in: ledger) }
    if result.verdict == .changed {
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let pending = "\(folder)/\(name).new"
      try await PendingBaseline(of: result, records: records).baseline(tool: Version.tool).writePending(to: pending)
      Talk.say(
        "if the change is wanted: retort baseline approve \(ShellWord.quoted(file)) --pending \(ShellWord.quoted(pending)) "
          + "--by NAME --reason TEXT")
    }
    return result
  }

  /// One line in the ledger, which no other check writes to meanwhile, and what the last clean run saw.
  private func enter(_ result: inout CheckResult, _ records: [PromptID: ProbeRecord], in file: String) throws {
    let latest = CheckFiles.latest(besideLedger: file)
    let book = try LedgerBook(file: file)
    let before = try LatestRun.read(file: latest, of: baseline.digest)
    if !result.screening.isEmpty || !result.confirmation.isEmpty {
      result.sinceLatest = before?.since(records, rule: baseline.rule, seed: permutationSeed)
    }
    result.account = book.ledger.account(
      of: baseline.digest, confirming: !result.confirmation.isEmpty, window: baseline.rule.falseAlarms.runs)
    var findings = book.ledger.findings
    for (seen, place) in [(before?.ledger, latest), (seenBefore(file), resultFile)] {
      if let seen, let found = book.ledger.difference(from: seen, by: place) { findings.append(found) }
    }
    for finding in findings { Talk.say("\(file): \(CheckWording.ledger(finding))") }
    let head = try book.append(Ledger.Entry(result))
    result.ledger = CheckResult.LedgerState(file: file, head: head, findings: findings)
    if result.verdict == .same {
      try LatestRun(run: run, started: started, baseline: baseline.digest, probes: records, ledger: head).write(
        to: latest)
    }
  }

  private var resultFile: String { "\(folder)/result.json" }

  /// How far the ledger went by the last result in this folder; nil if there is none of this ledger that can be read.
  private func seenBefore(_ ledger: String) -> Ledger.Head? {
    guard FileBytes.exists(resultFile), let bytes = try? FileBytes.read(resultFile),
      let document = JSONValue(parsing: bytes), document["ledger"]?["file"]?.string == ledger
    else { return nil }
    return Ledger.Head(json: document["ledger"])
  }

  private func declareAddress(_ configuration: MonitorConfiguration, in result: inout CheckResult) {
    guard let then = baseline.endpoint else { return }
    for (what, before, now) in [
      ("address", then.url, configuration.endpoint.url), ("requested model", then.model, configuration.endpoint.model),
    ] where before != now {
      result.declared.append(CheckResult.Declared(what: what, then: before, now: now))
    }
  }

  /// A run's name as part of a file's.
  private static func fileName(_ run: String) -> String {
    String(run.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
  }
}

/// How a check ends: with the exit code of its verdict.
struct CheckEnd: Error {
  let status: Int32

  init(_ result: CheckResult, failOnDeclared: Bool, exitZeroOnInconclusive: Bool) {
    status =
      switch result.verdict {
      case .changed: ExitStatus.changed.rawValue
      case .same: failOnDeclared && !result.declared.isEmpty ? ExitStatus.changed.rawValue : 0
      case .inconclusive: exitZeroOnInconclusive ? 0 : ExitStatus.couldNotMeasure.rawValue
      }
  }
}
