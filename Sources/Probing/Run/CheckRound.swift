import CaseFile
package import Cases
import EndpointKeys
import Formats
package import FoundationEssentials

/// Checks the endpoints of a case before a run, and stores what was sent, got and found.
package struct CheckRound: Sendable {
  /// A run that goes on within this time of a check takes its findings; an endpoint may be another the day after.
  static let validity: Double = 86_400

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
    let models = Self.due(models, known: try store.capabilities(), now: clock.utc())
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

  /// Those of which no check is known that found an answering endpoint within the last day.
  package static func due(
    _ models: [CaseConfiguration.Model], known: [ModelID: StoredCapabilities], now: Date
  ) -> [CaseConfiguration.Model] {
    let oldest = UTCTime.text(now.addingTimeInterval(-validity))
    return models.filter { model in
      guard model.endpoint.dialect.dialect.features.contains(.sampling) else { return false }
      guard let check = known[model.id], check.isOfAnswering else { return true }
      return check.recorded < oldest
    }
  }

  private func hasRoom(for models: [CaseConfiguration.Model]) throws -> Bool {
    let costs = try CostTable(of: configuration)
    let calls = models.count * CapabilityProbe.maximumCalls
    let worst = models.reduce(into: Charge.zero) { total, model in
      let tokens = CapabilityProbe.maximumCalls * CapabilityProbe.maximumTokens
      total += costs.charge(
        tokens, prompt: tokens - CapabilityProbe.maximumCalls * CapabilityProbe.tokens, of: model.id)
    }
    // The last of the calls as one that takes what all take.
    let ledger = BudgetLedger(
      budget: configuration.budget, calls: try store.spent().calls + calls - 1,
      spent: try costs.spent(in: store, configuration))
    return ledger.decide(worst: worst, elapsed: .zero) == .allowed
  }
}
