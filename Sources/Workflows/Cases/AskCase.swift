package import CaseFile
package import Cases
package import Custody
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
  package let weighing: PlannedWeighing
  /// Whether endpoints are checked before they are asked.
  package let checks: Bool
  package let custody: RunCustody?
  /// Servers that are asked how far the machine's clock is off.
  package let clocks: [NetworkTime]

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
  ///   - missed: called with each authority that gave no stamp after the last request: the log says so too.
  /// - Returns: what came of it; a run that is cancelled finishes what is in flight, and says so in its result.
  package func run(
    manual: ManualTransport? = nil, checked: @escaping @Sendable (CapabilityCheck) -> Void = { _ in },
    unguarded: ([ModelID]) -> Void = { _ in }, missed: (CustodyError) -> Void = { _ in },
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    try await CaseRun.perform(
      configuration, at: file, environment: environment, tool: tool, analysis: try plannedAnalysis(), custody: custody,
      clocks: clocks, checks: checks, manual: manual, checked: checked, unguarded: unguarded,
      missed: missed, progress: progress)
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
