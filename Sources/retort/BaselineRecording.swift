import CaseFile
import Foundation
import Monitoring
import Probing
import Similarity

/// From a configuration, or from transcripts, to a baseline that waits for its approval.
struct BaselineRecording {
  let file: String
  let progress: ProgressMode

  private var files: CheckFiles { CheckFiles(baseline: file) }

  /// Asks the endpoint, session by session.
  func ask(_ path: String, sessions: Int, pause: Duration?) async throws -> Monitoring.Baseline {
    let configuration = try MonitorConfigurationReader.read(file: path)
    let plan = try Self.plan(configuration)
    Talk.say(
      "\(sessions) sessions of \(plan.samples.values.reduce(0, +)) calls to \(configuration.endpoint.host); a check will take at most "
        + "\(plan.maxCalls)")
    let runner = MonitoredRun(configuration: configuration, progress: progress)
    var asked: [MonitoredRun.Answers] = []
    for number in 1...sessions {
      let caseFile = "\(files.sessions)/\(number).retort"
      if let pause, number > 1, !FileBytes.exists(caseFile) {
        Talk.say("session \(number) begins in \(DurationText.words(pause))")
        try await Task.sleep(for: pause)
      }
      Talk.say("session \(number) of \(sessions)")
      var budget = configuration.budget
      budget.maxCalls = nil
      let answers = try await runner.ask(
        plan.samples, seed: MonitoredRun.seed("session", "\(configuration.seed)", "\(number)"), budget: budget,
        file: caseFile,
        resume: "retort baseline create \(ShellWord.quoted(path)) --sessions \(sessions) -o \(ShellWord.quoted(file))")
      if let trouble = answers.trouble { Talk.say("session \(number): \(trouble)") }
      asked.append(answers)
    }
    let times = asked.flatMap { $0.recorded.map { Double($0.nanoseconds) / 1e6 } }.sorted()
    return try await finish(
      asked.map {
        BaselineBuilder.Session(
          started: $0.started, answers: $0.recorded, planned: plan.samples, source: $0.chainHead)
      }, configuration: configuration, path: files.relative(path), plan: plan,
      endpoint: Monitoring.Baseline.Endpoint(
        url: configuration.endpoint.url, model: configuration.endpoint.model,
        declaredModels: Set(asked.flatMap(\.declaredModels)).sorted(),
        declaredFingerprints: Set(asked.flatMap(\.declaredFingerprints)).sorted()),
      median: times.isEmpty ? nil : Int(times[times.count / 2].rounded()))
  }

  /// Takes transcripts for sessions.
  func read(_ paths: [String]) async throws -> Monitoring.Baseline {
    var sessions: [BaselineBuilder.Session] = []
    for path in paths {
      let transcript = try TranscriptReader.read(file: path, model: MonitorConfiguration.model)
      let counts = Dictionary(grouping: transcript.responses, by: \.prompt).mapValues(\.count)
      sessions.append(
        BaselineBuilder.Session(
          started: "", answers: transcript.responses.map { RecordedAnswer(response: $0) }, planned: counts,
          source: transcript.source))
    }
    // A probe that not all sessions answered cannot be set against itself.
    let common = sessions.dropFirst().reduce(Set(sessions[0].planned.keys)) { $0.intersection($1.planned.keys) }
    guard !common.isEmpty else { throw MonitoringError.noCommonProbes(file: paths[0]) }
    sessions = sessions.map { session in
      BaselineBuilder.Session(
        started: session.started, answers: session.answers.filter { common.contains($0.response.prompt) },
        planned: session.planned.filter { common.contains($0.key) }, source: session.source)
    }
    let samples = sessions[0].planned
    return try await finish(
      sessions, configuration: nil, path: nil,
      plan: SamplingPlan(samples: samples, maxCalls: 4 * samples.values.reduce(0, +)), endpoint: nil, median: nil)
  }

  private func finish(
    _ sessions: [BaselineBuilder.Session], configuration: MonitorConfiguration?, path: String?, plan: SamplingPlan,
    endpoint: Monitoring.Baseline.Endpoint?, median: Int?
  ) async throws -> Monitoring.Baseline {
    let built = try BaselineBuilder(
      falseAlarms: configuration?.falseAlarms ?? MonitorConfiguration.FalseAlarms(),
      floors: configuration?.floors ?? MonitorConfiguration.Floors(), seed: configuration?.seed ?? 1
    ).build(sessions)
    let detectable = await DetectableEffect.all(built.probes, plan: plan, rule: built.rule)
    return Monitoring.Baseline(
      name: configuration?.name ?? files.name, created: UTCTime.text(Date()), tool: Version.tool, configuration: path,
      suite: configuration?.suite ?? .null, endpoint: endpoint, sessions: built.sessions, stability: built.stability,
      probes: built.probes, rule: built.rule, plan: plan, detectable: detectable, medianMilliseconds: median)
  }

  /// - Throws: `MonitoringError` for a configuration whose checks would not fit their own limit.
  static func plan(_ configuration: MonitorConfiguration) throws -> SamplingPlan {
    var samples: [PromptID: Int] = [:]
    for probe in configuration.probes { samples[probe.id] = max(SamplingPlan.fewest, configuration.samples(of: probe)) }
    let plan = SamplingPlan(
      samples: samples, maxCalls: configuration.budget.maxCalls ?? MonitorConfiguration.standardCalls)
    guard plan.fewestCalls <= plan.maxCalls else {
      throw MonitoringError.tooManyCalls(needed: plan.fewestCalls, limit: plan.maxCalls)
    }
    return plan
  }
}

/// From a pending baseline to the one that counts.
struct BaselineApproval {
  let file: String
  let pending: String

  func approve(by: String, reason: String) throws -> Monitoring.Baseline {
    guard !by.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--by") }
    guard !reason.allSatisfy(\.isWhitespace) else { throw MonitoringError.approvalEmpty(field: "--reason") }
    // From reading the approvals to writing them: two at once would each forget the other.
    let lock = try FileLock.take(beside: file, patience: .seconds(10))
    defer { withExtendedLifetime(lock) {} }
    guard FileBytes.exists(pending) else { throw MonitoringError.nothingPending(file: pending) }
    let current = FileBytes.exists(file) ? try Monitoring.Baseline.read(file: file) : nil
    let next = try Monitoring.Baseline.read(file: pending)
    if let current { for line in Self.remarks(on: next, after: current) { Talk.say("\(pending): \(line)") } }
    let approved = next.approved(
      after: current?.approvals ?? [], by: by, reason: reason, at: UTCTime.text(Date()))
    try approved.writeDurably(to: file)
    try FileManager.default.removeItem(atPath: pending)
    Talk.say("approved: \(file)")
    return approved
  }

  /// What makes a pending baseline another thing than the next of this one: all of it may be wanted, none of it unseen.
  private static func remarks(on next: Monitoring.Baseline, after current: Monitoring.Baseline) -> [String] {
    var remarks: [String] = []
    if next.name != current.name { remarks.append("is a baseline of \(next.name), not of \(current.name)") }
    if let then = current.endpoint, let now = next.endpoint, (then.url, then.model) != (now.url, now.model) {
      remarks.append("was answered by \(now.url) \(now.model), not by \(then.url) \(then.model)")
    }
    if next.suite != current.suite { remarks.append("asks something else than the one that it replaces") }
    if next.created < current.created { remarks.append("is older than the one that it replaces") }
    if current.approval == nil { remarks.append("replaces contents that nobody has approved") }
    return remarks
  }
}

extension Monitoring.Baseline {
  /// Writes what waits for approval; over an earlier one that waits, and over nothing else.
  func writePending(to file: String) throws {
    try Self.keepOff(file)
    try write(to: file)
  }

  /// - Throws: `CaseFileError.wouldOverwrite` for a file that is no baseline.
  static func keepOff(_ file: String) throws {
    guard FileBytes.exists(file) else { return }
    do {
      _ = try read(file: file)
    } catch is MonitoringError {
      throw CaseFileError.wouldOverwrite(file: file)
    }
  }
}
