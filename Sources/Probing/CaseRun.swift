package import CaseFile

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
  ///   - tool: name and version, recorded with the run.
  /// - Throws: `CaseFileError` or `ProbingError`.
  package static func perform(
    _ configuration: CaseConfiguration, at file: String, environment: [String: String], tool: String,
    analysis: PlannedAnalysis? = nil, custody: RunCustody? = nil,
    policy: RetryPolicy = RetryPolicy(), clock: RunClock = .system,
    progress: @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    // Before anything is planned: a run that cannot keep its limit of cost leaves no trace.
    _ = try CostTable(of: configuration)
    let store = try CaseStore.resume(
      at: file, configuration: configuration, plan: Plan.items(of: configuration), tool: tool, analysis: analysis,
      signer: custody?.key)
    let result: RunResult
    do {
      let left = Set(try store.remaining().map(\.model))
      let keys = try KeyRing(for: configuration.models.filter { left.contains($0.id) }, environment: environment)
      let transport = HTTPTransport(connections: configuration.concurrency)
      do {
        try await custody?.secure(store, over: transport)
        result = try await Runner(
          configuration: configuration, store: store, transport: transport, keys: keys, policy: policy, clock: clock,
          tool: tool
        ).run(progress: progress)
        try await custody?.secure(store, over: transport)
      } catch {
        await transport.shutdown()
        throw error
      }
      await transport.shutdown()
    } catch {
      // The first error is the one to tell.
      try? store.close()
      throw error
    }
    try store.close()
    return result
  }
}
