package import CaseFile
package import Cases
package import Custody
import EndpointKeys

/// A case from its configuration to a file with answers: what `retort run` and `retort demo` call.
package enum CaseRun {
  /// Creates the case file or goes on with the one that exists, asks what is left, and closes it.
  ///
  /// Keys are needed only for endpoints that have something left to answer.
  ///
  /// - Parameters:
  ///   - environment: where `key_env` is looked up.
  ///   - analysis: what will be done with the answers; frozen with the protocol of a new case.
  ///   - custody: signs and time-stamps the log, before the first request and after the last.
  ///   - clocks: servers that are asked, before the first request and after the last, how far the machine's clock is off.
  ///   - tool: name and version, recorded with the run.
  ///   - checks: whether endpoints that no earlier run of the case checked are checked first.
  ///   - manual: carries prompts to a person, for endpoints of dialect `manual`.
  ///   - checked: called with what a check found.
  ///   - unguarded: called once with the models whose keys cannot be looked for in what their endpoints send, if there are any.
  ///   - missed: called with each authority that gave no stamp after the last request; the log says so of those of the protocol.
  /// - Throws: `EndpointKeyError`; `ProbingError` for prices and a plan that is not the configuration's; `FileError` for files of
  ///   keys and certificates; `CaseFileError` for the case; `CustodyError` for a stamp without which nothing is asked, or that nobody
  ///   has promised and a complete run ends without.
  package static func perform(
    _ configuration: CaseConfiguration, at file: String, environment: [String: String], tool: String,
    analysis: PlannedAnalysis? = nil, custody: RunCustody? = nil, clocks: [NetworkTime] = [],
    policy: RetryPolicy = RetryPolicy(),
    clock: RunClock = .system, checks: Bool = false, manual: (any Transport)? = nil,
    checked: @escaping @Sendable (CapabilityCheck) -> Void = { _ in }, unguarded: ([ModelID]) -> Void = { _ in },
    missed: (CustodyError) -> Void = { _ in }, progress: @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    // Before anything is planned: a run that cannot keep its limit of cost leaves no trace.
    _ = try CostTable(of: configuration)
    _ = try (TrustedAuthorities.file(environment), Proxies(environment))
    let store = try CaseStore.resume(
      at: file, configuration: configuration, plan: Plan.items(of: configuration), tool: tool, analysis: analysis,
      custody: custody?.planned, signer: custody?.key)
    var result: RunResult
    do {
      let left = Set(try store.remaining().map(\.model))
      let models = configuration.models.filter { left.contains($0.id) }
      let keys = try KeyRing(for: models, guarding: configuration.models, environment: environment)
      if !keys.unguarded.isEmpty { unguarded(keys.unguarded) }
      let journal = ConnectionJournal(store, keys: keys, clock: clock)
      let transport = try HTTPTransport(
        connections: connections(of: configuration), environment: environment,
        connected: { try await journal.note($0) })
      // What is stamped must stay the end of the log: what these connections show is not written into it.
      let stamping = try HTTPTransport(connections: 1, environment: environment)
      do {
        try await mark(.begin, in: store, custody, clocks, over: stamping, clock: clock)
        let routing = RoutingTransport(http: transport, manual: manual)
        if checks {
          let round = CheckRound(
            configuration: configuration, store: store, transport: routing, keys: keys, clock: clock, tool: tool)
          try await round.run(models, found: checked)
        }
        result = try await Runner(
          configuration: configuration, store: store, transport: routing, keys: keys, policy: policy, clock: clock,
          tool: tool
        ).run(progress: progress)
        do {
          try await mark(.end, in: store, custody, clocks, over: stamping, clock: clock).forEach(missed)
        } catch let error as CustodyError where result.stop != .complete {
          // Why the run ended is what its caller has to know.
          missed(error)
        }
        if Task.isCancelled { result = result.interrupted }
      } catch {
        await transport.shutdown()
        await stamping.shutdown()
        throw error
      }
      await transport.shutdown()
      await stamping.shutdown()
    } catch {
      // The first error is the one to tell.
      try? store.close()
      throw error
    }
    try store.close()
    return result
  }

  /// Reads the clocks of others, then signs the log and has it stamped.
  ///
  /// Not as a child of this task: a run that is cancelled still says truly how it ended, and no server is said to have failed
  /// because it was not waited for.
  ///
  /// - Returns: what `RunCustody.secure` returns.
  @discardableResult
  private static func mark(
    _ moment: ClockReading.Moment, in store: CaseStore, _ custody: RunCustody?, _ clocks: [NetworkTime],
    over transport: HTTPTransport, clock: RunClock
  ) async throws -> [CustodyError] {
    try await Task {
      for server in clocks { try store.record(await server.reading(moment, clock: clock), at: clock.utc()) }
      return try await custody?.secure(store, over: transport, at: moment, clock: clock) ?? []
    }.value
  }

  /// To one host, where several keys may each have requests in flight.
  private static func connections(of configuration: CaseConfiguration) -> Int {
    let pools = Dictionary(grouping: Set(configuration.models.map { [$0.endpoint.host, $0.endpoint.pool] }), by: \.[0])
    return configuration.concurrency * (pools.values.map(\.count).max() ?? 1)
  }
}
