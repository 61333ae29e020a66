import CaseFile
package import Cases
import Formats
package import Foundation
package import Probing

/// What a run of a case would take; nothing is asked, nothing written.
package struct EstimateRun: Sendable {
  package struct Findings: Sendable {
    package let estimate: Estimate
    /// Answers that the case file holds.
    package let answered: Int
    /// The most requests that go before the probes, to see what endpoints obey.
    package let checkCalls: Int
    /// The file holds the answers to another configuration: a run would be refused.
    package let isOfAnother: Bool
  }

  private let configuration: CaseConfiguration
  private let file: String
  private let checks: Bool

  /// - Parameter file: the case file; where it exists, only what is left is counted, and its answers tell how long
  ///   others may be.
  package init(_ configuration: CaseConfiguration, file: String, checks: Bool) {
    self.configuration = configuration
    self.file = file
    self.checks = checks
  }

  /// - Throws: `ProbingError` where a limit of cost cannot be kept; `FileError` or `CaseFileError` for a case that cannot be read.
  package func run(now: Date) throws -> Findings {
    let plan = Plan.items(of: configuration)
    guard FileBytes.exists(file) else { return try whole(plan, now: now, isOfAnother: false) }
    return try CaseStore.withOpen(at: file) { store in
      guard try store.plan() == plan else { return try whole(plan, now: now, isOfAnother: true) }
      let left = try store.remaining()
      let share = Estimate.answerShare(of: try store.spending(), configuration: configuration)
      return Findings(
        estimate: try Estimate(of: left, configuration: configuration, answerShare: share ?? 0.5),
        answered: plan.count - left.count, checkCalls: checkCalls(try store.capabilities(), now: now),
        isOfAnother: false)
    }
  }

  private func whole(_ plan: [PlannedItem], now: Date, isOfAnother: Bool) throws -> Findings {
    Findings(
      estimate: try Estimate(of: plan, configuration: configuration), answered: 0,
      checkCalls: checkCalls([:], now: now), isOfAnother: isOfAnother)
  }

  private func checkCalls(_ known: [ModelID: StoredCapabilities], now: Date) -> Int {
    guard checks else { return 0 }
    return CheckRound.due(configuration.models, known: known, now: now).count * CapabilityProbe.maximumCalls
  }
}
