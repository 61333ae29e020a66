package import Cases
import Formats
package import Foundation
package import Monitoring
import Probing

/// Did the model behind an endpoint change? From an approved baseline to a result and a line in the ledger.
package struct CheckEndpoint: Sendable {
  /// What is about to be done.
  package enum Stage: Sendable {
    case screening(calls: Int, host: String, atMost: Int)
    /// Answers of these strata, or of so many single probes, may have changed: a few fresh ones are asked for.
    case looking([Stratum], probes: Int, calls: Int)
    /// They still look changed: fresh answers are asked for that decide.
    case confirming([Stratum], probes: Int, calls: Int)
  }

  package struct Findings: Sendable {
    package let result: CheckResult
    /// Where a baseline of what was seen waits for its approval, after a change.
    package let pending: String?
  }

  package let baseline: Baseline
  package let folder: String
  /// nil: none is kept.
  package let ledger: String?
  /// The run's name; the same name resumes.
  package let run: String
  private let file: String
  private let configurationFile: String?
  private let started: String
  private let limits: Budget
  private let environment: [String: String]
  private let tool: String
  private let gates: CheckResult.Gates

  /// - Parameters:
  ///   - file: of the baseline.
  ///   - configuration: of the endpoint; nil is the one that the baseline was made with.
  ///   - folder: for the case files; nil is beside the baseline.
  ///   - run: nil is named by the time.
  ///   - limits: override those of the configuration.
  ///   - environment: where keys are looked up.
  /// - Throws: `MonitoringError.notApproved` for a baseline that nobody has approved.
  package init(
    baseline file: String, configuration: String? = nil, folder: String? = nil, run: String? = nil, ledger: String?,
    limits: Budget = Budget(), gates: CheckResult.Gates = CheckResult.Gates(), environment: [String: String],
    tool: String, now: Date
  ) throws {
    self.gates = gates
    baseline = try Baseline.read(file: file)
    guard baseline.approval != nil else { throw MonitoringError.notApproved(file: file) }
    self.file = file
    configurationFile = configuration ?? baseline.configuration.map(CheckFiles(baseline: file).resolved)
    self.folder = folder ?? CheckFiles(baseline: file).check
    self.ledger = ledger
    started = UTCTime.text(now)
    // Two checks may begin in one millisecond.
    self.run = run ?? "\(started) \(ProcessInfo.processInfo.processIdentifier)"
    self.limits = limits
    self.environment = environment
    self.tool = tool
  }

  /// The configuration of the endpoint that is asked; none where the baseline was made without.
  package var configurationFiles: [String] { [configurationFile].compactMap(\.self) }

  private var permutationSeed: UInt64 { MonitoredRun.seed("permutations", run, baseline.digest.hex) }

  /// Asks the endpoint.
  ///
  /// - Parameter ask: how the case is asked.
  /// - Throws: `IncompleteRun` if the run is interrupted. A key that is refused is a result, and says so.
  package func asking(
    _ ask: @escaping Asker = { try await $0.run() }, stage: (Stage) -> Void = { _ in }
  ) async throws -> Findings {
    guard let configurationFile else { throw MonitoringError.noEndpoint(file: file) }
    var configuration = try MonitorConfigurationReader.read(file: configurationFile, named: baseline.name)
    configuration.budget = configuration.budget.overridden(by: limits)
    var result = CheckResult(name: baseline.name, run: run, started: started, baseline: baseline)
    result.gates = CheckResult.Gates(
      declared: gates.declared, outcomes: gates.outcomes || configuration.gatesOutcomes, form: configuration.gatesForm)
    let differences = configuration.differences(from: baseline.suite)
    guard differences.isEmpty else {
      result.reason = .notComparable(differences)
      return try await finish(&result, answers: [])
    }
    declareAddress(configuration, in: &result)
    let most = min(baseline.plan.maxCalls, configuration.budget.maxCalls ?? baseline.plan.maxCalls)
    let watched = baseline.leaving(out: configuration.quarantine)
    result.quarantined = configuration.quarantine.sorted()
    result.added = configuration.added(to: baseline.suite).filter { !configuration.quarantine.contains($0) }
    let added = Set(result.added)
    result.unjudged = configuration.expectations.map(\.probe).filter(added.contains)
    guard !watched.probes.isEmpty else {
      result.reason = .notComparable([
        ConfigurationDifference(path: "quarantine", stored: nil, current: "all probes of the baseline")
      ])
      return try await finish(&result, answers: [])
    }
    let plan = SamplingPlan(samples: watched.plan.samples, maxCalls: most)
    // A failed attempt takes no answer away: answers and attempts have limits of their own.
    let maximumAttempts = configuration.maxAttempts ?? plan.maxAttempts
    stage(.screening(calls: plan.screenCalls, host: configuration.endpoint.host, atMost: most))
    let runner = MonitoredRun(configuration: configuration, environment: environment, tool: tool, ask: ask)
    let evaluation = CheckEvaluation(baseline: watched, seed: permutationSeed, maxCalls: most)
    var answers: [RecordedAnswer] = []
    var spent = Cost.zero

    func asked(_ name: String, _ samples: [PromptID: Int]) async throws -> MonitoredRun.Answers {
      var budget = configuration.budget
      budget.maxCalls = max(1, maximumAttempts - result.calls.attempts)
      let found = try await runner.answers(
        samples, seed: MonitoredRun.seed(name, "\(configuration.seed)", run, baseline.digest.hex), budget: budget,
        file: "\(folder)/\(CheckFiles.name(ofRun: run))-\(name).retort")
      result.calls.planned += found.result.planned
      result.calls.attempts += found.attempts
      result.calls.answered += found.result.answered
      result.calls.failures += found.failures
      result.calls.tokens += found.result.tokens
      spent = spent + found.result.cost
      let told = result.trouble?.detail ?? ""
      if found.failures > 0 {
        result.trouble = CheckResult.MaskedTrouble(
          failures: result.calls.failures, attempts: result.calls.attempts, detail: found.failure ?? told)
      } else if result.calls.failures > 0 {
        result.trouble = CheckResult.MaskedTrouble(
          failures: result.calls.failures, attempts: result.calls.attempts, detail: told)
      }
      answers += found.recorded
      return found
    }

    do {
      let first = try await asked("screening", plan.screen)
      var (found, next) = evaluation.screened(first.recorded, trouble: first.trouble, of: result)
      result = found
      var look: (answers: [RecordedAnswer], planned: SamplingPlan.Round)?
      if case .look(let round) = next {
        let strata = round.strata.isEmpty ? [] : result.suspicious
        stage(.looking(strata, probes: round.departed.count, calls: round.calls))
        let second = try await asked("look", round.sizes)
        look = (second.recorded, round)
        (found, next) = evaluation.looked(
          second.recorded, planned: round, after: first.recorded, trouble: second.trouble, of: result)
        result = found
      }
      if case .confirm(let round) = next {
        stage(.confirming(result.hopeful, probes: round.departed.count, calls: round.calls))
        let fresh = try await asked("confirmation", round.sizes)
        result = evaluation.confirmed(
          fresh.recorded, planned: round, after: first.recorded, look: look, trouble: fresh.trouble, of: result)
      }
    } catch let refused as IncompleteRun {
      guard case .authentication(_, let host, let detail) = refused.result.stop else { throw refused }
      result.reason = .keyRefused(host: host, detail: detail)
      result.calls.planned += refused.result.planned
      result.calls.attempts += refused.result.attempts
      result.calls.failures += refused.result.failures
    }
    if case .keyRefused? = result.reason {
    } else {
      result.limits = configuration.limits.findings(
        of: answers, attempts: (result.calls.attempts, result.calls.failures), spent: spent)
    }
    result.expectations = configuration.expectations.compactMap { $0.judged(on: answers) }
    result.endpoint = Baseline.Endpoint(
      url: configuration.endpoint.url, model: configuration.endpoint.model,
      declaredModels: Set(answers.compactMap(\.declaredModel)).sorted(),
      declaredFingerprints: Set(answers.compactMap(\.fingerprint)).sorted())
    return try await finish(&result, answers: answers)
  }

  /// Decides on transcripts.
  package func deciding(on paths: [String]) async throws -> Findings {
    var answers: [RecordedAnswer] = []
    for path in paths {
      answers += try TranscriptReader.read(file: path, model: MonitorConfiguration.model).responses.map {
        RecordedAnswer(response: $0)
      }
    }
    guard answers.contains(where: { baseline.probes[$0.response.prompt] != nil }) else {
      throw MonitoringError.noCommonProbes(file: paths.joined(separator: ", "))
    }
    var start = CheckResult(name: baseline.name, run: run, started: started, baseline: baseline)
    start.gates = gates
    // What these answers would show, and not what a check of the endpoint would.
    let counts = Dictionary(grouping: answers, by: \.response.prompt).mapValues(\.count)
    let known = counts.filter { baseline.probes[$0.key] != nil }
    start.detectable = await DetectableEffect.recorded(baseline.probes, sizes: known, rule: baseline.rule)
    var result = CheckEvaluation(baseline: baseline, seed: permutationSeed).decided(recorded: answers, of: start)
    return try await finish(&result, answers: answers)
  }

  /// The anchor of the last clean run, the ledger, and after a change the pending baseline.
  private func finish(_ result: inout CheckResult, answers: [RecordedAnswer]) async throws -> Findings {
    let records = CheckEvaluation(baseline: baseline, seed: permutationSeed).records(answers)
    if let ledger { try enter(&result, records, in: ledger) }
    guard result.verdict == .changed else { return Findings(result: result, pending: nil) }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let pending = "\(folder)/\(name).new"
    try await PendingBaseline(of: result, records: records).baseline(tool: tool).writePending(to: pending)
    return Findings(result: result, pending: pending)
  }

  /// One line in the ledger, which no other check writes to meanwhile, and what the last clean run saw.
  private func enter(_ result: inout CheckResult, _ records: [PromptID: ProbeRecord], in file: String) throws {
    let latest = CheckFiles.latest(besideLedger: file)
    let book = try LedgerBook(file: file)
    let before = try LatestRun.read(file: latest, of: baseline.digest)
    if !result.screening.isEmpty || !result.confirmation.isEmpty {
      result.sinceLatest = before?.since(records, baseline: baseline, seed: permutationSeed)
    }
    result.account = book.ledger.account(
      of: baseline.digest, run: run, confirming: !result.confirmation.isEmpty, window: baseline.rule.falseAlarms.runs)
    var findings = book.ledger.findings
    let previous = CheckFiles.previous(in: folder)
    for (seen, place) in [
      (before?.ledger, latest), (Self.seen(file, by: resultFile), resultFile),
      (Self.seen(file, by: previous), previous),
    ] {
      if let seen, let found = book.ledger.difference(from: seen, by: place) { findings.append(found) }
    }
    let head = try book.append(Ledger.Entry(result))
    result.ledger = CheckResult.LedgerState(file: file, head: head, findings: findings)
    if result.verdict == .same {
      try LatestRun(run: run, started: started, baseline: baseline.digest, probes: records, ledger: head).write(
        to: latest)
    }
  }

  private var resultFile: String { "\(folder)/result.json" }

  /// How far the ledger went by a result; nil if there is none of this ledger that can be read.
  private static func seen(_ ledger: String, by result: String) -> Ledger.Head? {
    guard FileBytes.exists(result), let bytes = try? FileBytes.read(result),
      let document = JSONValue(parsing: bytes, upTo: .file), document["ledger"]?["file"]?.string == ledger
    else { return nil }
    return Ledger.Head(json: document["ledger"])
  }

  private func declareAddress(_ configuration: MonitorConfiguration, in result: inout CheckResult) {
    guard let then = baseline.endpoint else { return }
    for (what, before, now) in [
      (CheckResult.Declared.What.address, then.url, configuration.endpoint.url),
      (.requestedModel, then.model, configuration.endpoint.model),
    ] where before != now {
      result.declared.append(CheckResult.Declared(what: what, then: before, now: now))
    }
  }
}
