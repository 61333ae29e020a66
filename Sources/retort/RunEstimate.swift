import CaseFile
import Foundation
import Probing
import Reporting

/// What a run of a case would take.
struct RunEstimate {
  let configuration: CaseConfiguration
  let estimate: Estimate
  /// Answers that the case file holds.
  let answered: Int
  /// The most requests that go before the probes, to see what endpoints obey.
  let checkCalls: Int

  /// - Parameter file: the case file; where it exists, only what is left is counted, and its answers tell how long
  ///   others may be.
  /// - Throws: `ProbingError` where a limit of cost cannot be kept; `CaseFileError` for a file that cannot be read.
  init(_ configuration: CaseConfiguration, file: String, checks: Bool = false) throws {
    self.configuration = configuration
    func checkCalls(_ known: [ModelID: StoredCapabilities]) -> Int {
      guard checks else { return 0 }
      return CheckRound.due(configuration.models, known: known, now: Date()).count * CapabilityProbe.mostCalls
    }
    let plan = Plan.items(of: configuration)
    guard FileBytes.exists(file) else {
      estimate = try Estimate(of: plan, configuration: configuration)
      answered = 0
      self.checkCalls = checkCalls([:])
      return
    }
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    guard try store.plan() == plan else {
      Talk.say("\(file) holds the answers to another configuration: a run would be refused")
      estimate = try Estimate(of: plan, configuration: configuration)
      answered = 0
      self.checkCalls = checkCalls([:])
      return
    }
    let left = try store.remaining()
    let share = Estimate.answerShare(of: try store.spending(), configuration: configuration)
    estimate = try Estimate(of: left, configuration: configuration, answerShare: share ?? 0.5)
    answered = plan.count - left.count
    self.checkCalls = checkCalls(try store.capabilities())
  }

  var text: EstimateText {
    EstimateText(configuration, estimate, answered: answered, checkCalls: checkCalls)
  }
}
