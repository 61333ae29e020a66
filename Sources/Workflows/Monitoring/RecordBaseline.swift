import CaseFile
import Cases
import Formats
package import Foundation
package import Monitoring
import Probing

/// From a configuration, or from transcripts, to a baseline that waits for its approval.
package struct RecordBaseline: Sendable {
  /// What is about to be done, and what came of it.
  package enum Stage: Sendable {
    case planned(sessions: Int, calls: Int, host: String, callsOfACheck: Int)
    case waiting(session: Int, Duration)
    case session(Int, of: Int)
    /// Not everything was answered; why, in words.
    case troubled(session: Int, String)
    /// Sessions that were refused lie in this folder now, and all begin anew.
    case setAside(String)
  }

  private let file: String
  private let environment: [String: String]
  private let tool: String
  private let now: @Sendable () -> Date

  private var files: CheckFiles { CheckFiles(baseline: file) }

  /// - Parameters:
  ///   - file: of the baseline; the sessions are kept beside it.
  ///   - environment: where keys are looked up.
  package init(
    file: String, environment: [String: String], tool: String, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.file = file
    self.environment = environment
    self.tool = tool
    self.now = now
  }

  /// Asks the endpoint of a configuration, session by session. Sessions that were refused before are looked at again, since a
  /// configuration with a higher floor may take them; if they are refused again they are set aside, and new ones are asked.
  ///
  /// - Parameters:
  ///   - ask: how the cases are asked.
  ///   - name: of the endpoint, where the configuration has several.
  ///   - nextOnly: asks one session that was not asked before, and leaves the rest to other calls: for schedulers.
  /// - Returns: nil while sessions are left to other calls.
  /// - Throws: `IncompleteRun` if the key is refused or the run is interrupted.
  package func asking(
    _ ask: @escaping Asker = { try await $0.run() }, configuration path: String, named name: String? = nil,
    sessions: Int, pause: Duration?, nextOnly: Bool = false, stage: (Stage) -> Void = { _ in }
  ) async throws -> Baseline? {
    let configuration = try MonitorConfigurationReader.read(file: path, named: name)
    let plan = try Self.plan(configuration)
    stage(
      .planned(
        sessions: sessions, calls: plan.samples.values.reduce(0, +), host: configuration.endpoint.host,
        callsOfACheck: plan.maxCalls))
    let runner = MonitoredRun(configuration: configuration, environment: environment, tool: tool, ask: ask)
    while true {
      do {
        let baseline = try await sessionBySession(
          runner, plan, path: path, sessions: sessions, pause: pause, nextOnly: nextOnly, stage: stage)
        if baseline != nil { try files.forgetRefusal() }
        return baseline
      } catch let error where Self.isRefusal(error) || files.areRefused && Self.isOfAnotherConfiguration(error) {
        guard files.areRefused else {
          try files.refuse(at: UTCTime.text(now()))
          throw error
        }
        stage(.setAside(try files.setSessionsAside()))
      }
    }
  }

  /// Whether these sessions will never make a baseline, whatever is asked beside them.
  private static func isRefusal(_ error: any Error) -> Bool {
    switch error as? MonitoringError {
    case .unstable?, .cached?, .copies?, .neverVaries?, .answersWithoutText?: true
    default: false
    }
  }

  /// Whoever was told to raise a limit of tokens has done so.
  private static func isOfAnotherConfiguration(_ error: any Error) -> Bool {
    if case .configurationDiffers? = error as? CaseFileError { true } else { false }
  }

  private func sessionBySession(
    _ runner: MonitoredRun, _ plan: SamplingPlan, path: String, sessions: Int, pause: Duration?, nextOnly: Bool,
    stage: (Stage) -> Void
  ) async throws -> Baseline? {
    let configuration = runner.configuration
    let refusals = try files.refusals()
    var asked: [MonitoredRun.Answers] = []
    for number in 1...sessions {
      let caseFile = "\(files.sessions)/\(number).retort"
      let isNew = !FileBytes.exists(caseFile)
      // What was refused is another set of sessions now.
      if isNew { try files.forgetRefusal() }
      if let pause, number > 1, isNew {
        stage(.waiting(session: number, pause))
        try await Task.sleep(for: pause)
      }
      stage(.session(number, of: sessions))
      var budget = configuration.budget
      budget.maxCalls = nil
      let answers = try await runner.answers(
        plan.samples, seed: Self.seed(configuration, session: number, refusals: refusals), budget: budget,
        file: caseFile)
      let copies = answers.recorded.count(where: \.isCopy)
      guard copies == 0 else {
        throw MonitoringError.copies(session: number, count: copies, of: answers.recorded.count)
      }
      if let trouble = answers.trouble { stage(.troubled(session: number, trouble)) }
      try Self.builder(configuration).refuseIfUseless(session(answers, plan), number: number)
      asked.append(answers)
      if nextOnly, isNew, number < sessions { return nil }
    }
    let times = asked.flatMap { $0.recorded.map { Double($0.nanoseconds) / 1e6 } }.sorted()
    return try await finish(
      asked.map { session($0, plan) }, configuration: configuration, path: files.relative(path), plan: plan,
      endpoint: Baseline.Endpoint(
        url: configuration.endpoint.url, model: configuration.endpoint.model,
        declaredModels: Set(asked.flatMap(\.declaredModels)).sorted(),
        declaredFingerprints: Set(asked.flatMap(\.declaredFingerprints)).sorted()),
      median: times.isEmpty ? nil : Int(times[times.count / 2].rounded()))
  }

  /// An endpoint that heeds seeds would give the answers of refused sessions again.
  private static func seed(_ configuration: MonitorConfiguration, session: Int, refusals: Int) -> UInt64 {
    let seed = "\(configuration.seed)"
    return refusals == 0
      ? MonitoredRun.seed("session", seed, "\(session)")
      : MonitoredRun.seed("session", seed, "\(session)", "after \(refusals)")
  }

  private func session(_ answers: MonitoredRun.Answers, _ plan: SamplingPlan) -> BaselineBuilder.Session {
    BaselineBuilder.Session(
      started: answers.started ?? UTCTime.text(now()), answers: answers.recorded, planned: plan.samples,
      source: answers.chainHead)
  }

  private static func builder(_ configuration: MonitorConfiguration?) -> BaselineBuilder {
    BaselineBuilder(
      falseAlarms: configuration?.falseAlarms ?? MonitorConfiguration.FalseAlarms(),
      floors: configuration?.floors ?? MonitorConfiguration.Floors(), seed: configuration?.seed ?? 1,
      readings: configuration?.readings ?? [:], border: configuration?.borderProbes ?? [],
      drawn: configuration?.drawnProbes ?? [], varied: configuration?.variedProbes ?? [])
  }

  /// Takes transcripts for sessions.
  package func reading(_ paths: [String]) async throws -> Baseline {
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
    endpoint: Baseline.Endpoint?, median: Int?
  ) async throws -> Baseline {
    let built = try Self.builder(configuration).build(sessions)
    let detectable = await DetectableEffect.all(built.probes, plan: plan, rule: built.rule)
    return Baseline(
      name: configuration?.name ?? files.name, created: UTCTime.text(now()), tool: tool, configuration: path,
      suite: configuration?.suite ?? .null, endpoint: endpoint, sessions: built.sessions, stability: built.stability,
      probes: built.probes, rule: built.rule, plan: plan, detectable: detectable, medianMilliseconds: median)
  }

  /// - Throws: `MonitoringError` for a configuration whose checks would not fit their own limit.
  package static func plan(_ configuration: MonitorConfiguration) throws(MonitoringError) -> SamplingPlan {
    var samples: [PromptID: Int] = [:]
    for probe in configuration.probes {
      samples[probe.id] = max(SamplingPlan.minimum, configuration.samples(of: probe))
    }
    let plan = SamplingPlan(
      samples: samples, maxCalls: configuration.budget.maxCalls ?? MonitorConfiguration.standardCalls)
    guard plan.minimumCalls <= plan.maxCalls else {
      throw MonitoringError.tooManyCalls(needed: plan.minimumCalls, limit: plan.maxCalls)
    }
    return plan
  }
}
