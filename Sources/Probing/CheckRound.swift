import CaseFile

/// Checks the endpoints of a case, each once, and stores what was sent, got and found.
struct CheckRound: Sendable {
  let configuration: CaseConfiguration
  let store: CaseStore
  let transport: any Transport
  let keys: KeyRing
  let clock: RunClock
  let tool: String

  /// Endpoints side by side, the questions to one in a row. Cancelling finishes what is in flight.
  ///
  /// Nothing is checked where the budget has no room for the whole round: answers come first.
  func run(_ models: [CaseConfiguration.Model], found: @escaping @Sendable (CapabilityCheck) -> Void) async throws {
    let known = try store.capabilities()
    let models = models.filter { known[$0.id] == nil && $0.endpoint.dialect.dialect.features.contains(.sampling) }
    guard !models.isEmpty, try hasRoom(for: models) else { return }
    try await withThrowingTaskGroup(of: CapabilityCheck.self) { group in
      var waiting = models[...]
      func begin() {
        guard !Task.isCancelled, let model = waiting.popFirst() else { return }
        group.addTask {
          // Not a child of this task: its cancellation must not cut a request short.
          let probe = CapabilityProbe(
            model, sampling: configuration.sampling, transport: transport, keys: keys, clock: clock,
            timeout: configuration.timeout)
          return await Task { await probe.run() }.value
        }
      }
      for _ in 0..<configuration.concurrency { begin() }
      while let check = try await group.next() {
        try store.append(check, tool: tool)
        found(check)
        begin()
      }
    }
  }

  private func hasRoom(for models: [CaseConfiguration.Model]) throws -> Bool {
    let budget = configuration.budget
    let spent = try store.spent()
    let calls = models.count * CapabilityProbe.mostCalls
    if let limit = budget.maxCalls, spent.calls + calls > limit { return false }
    if let limit = budget.maxTokens, spent.tokens + calls * CapabilityProbe.mostTokens > limit { return false }
    // What a check costs is small and not reserved: a case that counts its money is asked nothing but its probes.
    return budget.maxCost == nil
  }
}
