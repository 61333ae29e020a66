package import CaseFile
package import Cases
package import Likelihood
package import Probing
import Reporting

/// Asks what the file of a case has not answered yet, and keeps it there; nothing is analysed.
package struct AskCase: Sendable {
  /// How the protocol of a new case says that its answers will be weighed.
  package enum PlannedWeighing: Sendable {
    /// By the present method, with this calibration; nil is the one that ships.
    case calibrated(Calibration?)
    /// The answers are no such evidence.
    case none
  }

  package let configuration: CaseConfiguration
  package let file: String
  /// Where keys are looked up.
  package let environment: [String: String]
  package let tool: String
  package var weighing = PlannedWeighing.calibrated(nil)
  /// Whether endpoints are checked before they are asked.
  package var checks = true
  package var custody: RunCustody?
  /// Servers that are asked how far the machine's clock is off.
  package var clocks: [NetworkTime] = []

  package init(
    _ configuration: CaseConfiguration, file: String, environment: [String: String], tool: String,
    weighing: PlannedWeighing = .calibrated(nil), checks: Bool = true, custody: RunCustody? = nil,
    clocks: [NetworkTime] = []
  ) {
    self.configuration = configuration
    self.file = file
    self.environment = environment
    self.tool = tool
    self.weighing = weighing
    self.checks = checks
    self.custody = custody
    self.clocks = clocks
  }

  /// - Parameters:
  ///   - manual: carries prompts to a person, for endpoints of dialect `manual`.
  ///   - checked: called with what a check of an endpoint found.
  ///   - unguarded: called with the models whose keys cannot be looked for in what their endpoints send, if there are any.
  /// - Returns: what came of it; a run that is cancelled finishes what is in flight, and says so in its result.
  package func run(
    manual: ManualTransport? = nil, checked: @escaping @Sendable (CapabilityCheck) -> Void = { _ in },
    unguarded: ([ModelID]) -> Void = { _ in }, progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    try await CaseRun.perform(
      configuration, at: file, environment: environment, tool: tool, analysis: try plannedAnalysis(), custody: custody,
      clocks: clocks, checks: checks, manual: manual, checked: checked, unguarded: unguarded,
      progress: progress)
  }

  /// nil if nothing of the kind is frozen with the protocol.
  package func plannedAnalysis() throws -> PlannedAnalysis? {
    switch weighing {
    case .none: nil
    case .calibrated(let calibration):
      PlannedAnalysis(of: configuration, method: .current, calibration: try calibration ?? .shipped())
    }
  }
}

/// How a workflow has its questions asked: whoever calls it shows progress and minds interrupts.
package typealias Asker = @Sendable (AskCase) async throws -> RunResult

/// A run that ended so that nothing can be made of it: the key was refused, or somebody interrupted it.
package struct IncompleteRun: Error {
  package let result: RunResult

  package init(_ result: RunResult) { self.result = result }
}
