package import CaseFile
package import Cases

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
  /// - Throws: `CaseFileError` or `ProbingError`.
  package static func perform(
    _ configuration: CaseConfiguration, at file: String, environment: [String: String], tool: String,
    analysis: PlannedAnalysis? = nil, custody: RunCustody? = nil, clocks: [NetworkTime] = [],
    policy: RetryPolicy = RetryPolicy(),
    clock: RunClock = .system, checks: Bool = false, manual: (any Transport)? = nil,
    checked: @escaping @Sendable (CapabilityCheck) -> Void = { _ in }, unguarded: ([ModelID]) -> Void = { _ in },
    progress: @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    // Before anything is planned: a run that cannot keep its limit of cost leaves no trace.
    _ = try CostTable(of: configuration)
    let authorities = try TrustedAuthorities.file(environment)
    let store = try CaseStore.resume(
      at: file, configuration: configuration, plan: Plan.items(of: configuration), tool: tool, analysis: analysis,
      custody: custody?.planned, signer: custody?.key)
    let result: RunResult
    do {
      let left = Set(try store.remaining().map(\.model))
      let models = configuration.models.filter { left.contains($0.id) }
      let keys = try KeyRing(for: models, guarding: configuration.models, environment: environment)
      if !keys.unguarded.isEmpty { unguarded(keys.unguarded) }
      let journal = ConnectionJournal(store, keys: keys, clock: clock)
      let transport = HTTPTransport(
        connections: connections(of: configuration), authorities: authorities, connected: { try await journal.note($0) }
      )
      // What is stamped must stay the end of the log: what these connections show is not written into it.
      let stamping = HTTPTransport(connections: 1, authorities: authorities)
      do {
        for server in clocks { try store.record(await server.reading(.begin, clock: clock), at: clock.utc()) }
        try await custody?.secure(store, over: stamping, at: .begin, clock: clock)
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
        for server in clocks { try store.record(await server.reading(.end, clock: clock), at: clock.utc()) }
        if let missed = try await custody?.secure(store, over: stamping, at: .end, clock: clock).first { throw missed }
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

  /// To one host, where several keys may each have requests in flight.
  private static func connections(of configuration: CaseConfiguration) -> Int {
    let pools = Dictionary(grouping: Set(configuration.models.map { [$0.endpoint.host, $0.endpoint.pool] }), by: \.[0])
    return configuration.concurrency * (pools.values.map(\.count).max() ?? 1)
  }
}
