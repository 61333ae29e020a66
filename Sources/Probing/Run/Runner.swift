package import CaseFile
package import Cases
package import EndpointKeys
import Formats
import FoundationEssentials

/// Asks what a case has left to ask. Every attempt is on the disk before anything depends on it.
///
/// One loop owns all state: it starts requests as the schedule and the budget allow, stores each as it ends, and lets
/// the schedule decide what follows. Requests themselves run beside it.
package struct Runner: Sendable {
  private let configuration: CaseConfiguration
  private let store: CaseStore
  private let transport: any Transport
  private let keys: KeyRing
  private let policy: RetryPolicy
  private let clock: RunClock
  private let tool: String

  package init(
    configuration: CaseConfiguration, store: CaseStore, transport: any Transport, keys: KeyRing = KeyRing(),
    policy: RetryPolicy = RetryPolicy(), clock: RunClock = .system, tool: String
  ) {
    self.configuration = configuration
    self.store = store
    self.transport = transport
    self.keys = keys
    self.policy = policy
    self.clock = clock
    self.tool = tool
  }

  private enum Event: Sendable {
    case wake
    case finished(PlannedItem, worst: Charge, Asking.Finished)
  }

  /// Runs until everything is answered or something stops it. Cancelling the task lets requests in flight finish, then
  /// stops with `.interrupted`.
  ///
  /// - Parameter progress: called from the run after each attempt; should return at once.
  /// - Throws: `CaseFileError` if an attempt cannot be stored; what was stored before is kept.
  package func run(progress: @Sendable (RunProgress) -> Void = { _ in }) async throws -> RunResult {
    let remaining = try store.remaining()
    var tally = Tally(planned: try store.plan().count)
    tally.answered = tally.planned - remaining.count
    let costs = try CostTable(of: configuration)
    let subjects = try Subjects(configuration, costs, for: remaining)
    try storeLost(subjects)
    var ledger = BudgetLedger(
      budget: configuration.budget, calls: try store.spent().calls, spent: try costs.spent(in: store, configuration))
    guard !remaining.isEmpty else { return tally.result(.complete, spent: ledger.spent) }

    var schedule = Schedule(items: remaining, configuration: configuration, policy: policy)
    let origin = clock.now()
    let run = try store.beginRun(started: UTCTime.text(clock.utc()), tool: tool)
    let asking = Asking(
      configuration: configuration, transport: transport, keys: keys, clock: clock, origin: origin)
    var stop: StopReason?
    var alarm: Duration?

    try await withThrowingTaskGroup(of: Event.self) { group in
      defer { group.cancelAll() }
      while true {
        if stop == nil, Task.isCancelled { stop = .interrupted }
        while stop == nil, let item = schedule.next(at: clock.now()), let subject = subjects[item] {
          let decision = ledger.decide(worst: subject.worst, elapsed: clock.now() - origin)
          if case .over(let limit) = decision { stop = .budget(limit) }
          guard decision == .allowed else { break }
          tally.attempts += 1
          if schedule.isRetry(item) { tally.retries += 1 }
          ledger.begin(worst: subject.worst)
          schedule.begin(item, at: clock.now())
          let request = asking.request(for: item, probe: subject.probe, endpoint: subject.endpoint)
          try store.begin(
            item, request: Asking.stored(request), started: UTCTime.text(clock.utc()),
            startedNanoseconds: (clock.now() - origin).wholeNanoseconds, run: run)
          group.addTask {
            // Not a child of this task: its cancellation must not cut a request short.
            let answer = Task { await asking.ask(item, request, probe: subject.probe, endpoint: subject.endpoint) }
            return .finished(item, worst: subject.worst, await answer.value)
          }
        }
        if schedule.inFlight == 0, stop != nil || schedule.isFinished { break }
        if stop == nil, let wake = schedule.wakes(after: clock.now()), alarm.map({ wake < $0 }) ?? true {
          alarm = wake
          let wait = min(wake, deadline(from: origin) ?? wake) - clock.now()
          group.addTask { [clock] in
            try? await clock.sleep(max(wait, .zero))
            return .wake
          }
        }
        guard let event = try await group.next() else { break }
        guard case .finished(let item, let worst, let finished) = event else {
          alarm = nil
          continue
        }
        try store.append(finished.attempt, run: run)
        ledger.settle(worst: worst, charged: charge(finished.attempt, subjects[item], costs))
        if let failure = finished.failure {
          tally.failures += 1
          let detail = finished.attempt.failure?.detail ?? ""
          schedule.failed(
            item, failure.kind, sameness: failure.sameness, detail: detail, hint: failure.hint, at: clock.now())
        } else {
          tally.answered += 1
          tally.answeredNow += 1
          schedule.answered(item, window: finished.window, at: clock.now())
        }
        let now = clock.now()
        progress(
          tally.progress(
            inFlight: schedule.inFlight, tokens: ledger.spent.tokens, elapsed: now - origin,
            nextRetry: schedule.wakes(after: now).map { $0 - now }))
      }
    }
    let troubles = schedule.troubles
    if stop == nil, let refused = troubles.first(where: { $0.reason == .keyRefused }) {
      stop = .authentication(refused.model, host: refused.host, detail: refused.detail)
    }
    return tally.result(stop ?? (troubles.isEmpty ? .complete : .couldNotMeasure(troubles)), spent: ledger.spent)
  }

  /// Requests that an earlier run sent and could not see the end of are attempts too. When they ended is not known.
  private func storeLost(_ subjects: Subjects) throws {
    for lost in try store.lost() {
      let times = Attempt.Times(
        started: lost.started, ended: lost.started, startedNanoseconds: lost.startedNanoseconds,
        firstByteNanoseconds: nil, endedNanoseconds: lost.startedNanoseconds)
      let failure = Attempt.Failure(kind: "interrupted", detail: "the program ended before the response was stored")
      // The endpoint may well have counted it.
      let charged = subjects[lost.item].map { Estimate.promptTokens(of: $0.probe) } ?? 0
      try store.append(
        Attempt(
          item: lost.item, times: times, request: lost.request, response: nil, outcome: .failed, answer: nil,
          failure: failure, chargedTokens: charged), run: lost.run)
    }
  }

  private struct Subject {
    let probe: Probe
    let endpoint: Endpoint
    /// The most that one call can take.
    let worst: Charge
  }

  /// Probe and endpoint of the items of a plan, looked up when they are needed: a plan can be long.
  private struct Subjects {
    private let probes: [PromptID: Probe]
    private let endpoints: [ModelID: Endpoint]
    private let configuration: CaseConfiguration
    private let costs: CostTable

    /// - Throws: `ProbingError.planDiffers` for an item that the configuration does not have.
    init(_ configuration: CaseConfiguration, _ costs: CostTable, for items: [PlannedItem]) throws {
      probes = Dictionary(firstOf: configuration.probes.map { ($0.id, $0) })
      endpoints = Dictionary(firstOf: configuration.models.map { ($0.id, $0.endpoint) })
      self.configuration = configuration
      self.costs = costs
      if let stranger = items.first(where: { self[$0] == nil }) { throw ProbingError.planDiffers(stranger) }
    }

    subscript(item: PlannedItem) -> Subject? {
      guard let probe = probes[item.probe], let endpoint = endpoints[item.model] else { return nil }
      let prompt = Estimate.maximumPromptTokens(of: probe)
      return Subject(
        probe: probe, endpoint: endpoint,
        worst: costs.charge(prompt + configuration.maxTokens(of: probe), prompt: prompt, of: item.model))
    }
  }

  private func charge(_ attempt: Attempt, _ subject: Subject?, _ costs: CostTable) -> Charge {
    costs.charge(
      attempt.chargedTokens,
      prompt: attempt.answer?.promptTokens ?? subject.map { Estimate.promptTokens(of: $0.probe) } ?? 0,
      of: attempt.item.model)
  }

  private func deadline(from origin: Duration) -> Duration? { configuration.budget.maxTime.map { origin + $0 } }
}

/// Counts of a run.
private struct Tally {
  let planned: Int
  var answered = 0
  var answeredNow = 0
  var attempts = 0
  var retries = 0
  var failures = 0

  init(planned: Int) { self.planned = planned }

  func progress(inFlight: Int, tokens: Int, elapsed: Duration, nextRetry: Duration?) -> RunProgress {
    RunProgress(
      planned: planned, answered: answered, inFlight: inFlight, attempts: attempts, retries: retries,
      failures: failures, tokens: tokens, nextRetry: nextRetry, elapsed: elapsed,
      remaining: answeredNow > 0 ? elapsed * (Double(planned - answered) / Double(answeredNow)) : nil)
  }

  func result(_ stop: StopReason, spent: Charge) -> RunResult {
    RunResult(
      stop: stop, planned: planned, answered: answered, attempts: attempts, failures: failures, tokens: spent.tokens,
      cost: spent.cost)
  }
}
