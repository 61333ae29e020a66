import CaseFile
import Cases
import Formats
import Foundation
import Monitoring
import Probing
import Reporting

/// One run against a watched endpoint: its answers in a case file like any other, and what came of them.
struct MonitoredRun {
  let configuration: MonitorConfiguration
  let environment: [String: String]
  let tool: String
  let ask: Asker

  struct Answers {
    let recorded: [RecordedAnswer]
    let result: RunResult
    /// nil if nothing was ever sent.
    let started: String?
    let chainHead: Digest
    /// What kept answers from coming, in words; nil if all came.
    let trouble: String?
    /// Of all runs of the case together.
    let attempts: Int
    let failures: Int
    /// What most failures said; nil if there were none.
    let failure: String?
    let declaredModels: [String]
    let declaredFingerprints: [String]
  }

  /// Asks what the case file has not answered yet.
  ///
  /// - Throws: `IncompleteRun` if the key is refused or the run is interrupted: then nothing can be said at all. An endpoint
  ///   that does not answer is a finding, and no error.
  func answers(
    _ samples: [PromptID: Int], seed: UInt64, budget: Budget, file: String
  ) async throws -> Answers {
    let result = try await ask(
      AskCase(
        try configuration.runCase(samples: samples, seed: seed, budget: budget), file: file, environment: environment,
        tool: tool, checks: false))
    let trouble: String?
    switch result.stop {
    case .authentication, .interrupted: throw IncompleteRun(result)
    case .complete: trouble = nil
    case .budget, .couldNotMeasure: trouble = StopText.reason(result.stop)
    }
    return try CaseStore.withOpen(at: file) { store in
      let run = try store.contents().run
      let summary = run?.endpoints.first
      let failures = try store.failures(of: MonitorConfiguration.model)
      return Answers(
        recorded: try store.recordedAnswers(of: MonitorConfiguration.model), result: result,
        started: run?.firstAttempt, chainHead: run.flatMap { Digest(hex: $0.chainHead) } ?? Digest(of: ""),
        trouble: trouble, attempts: failures.attempts, failures: failures.failed, failure: failures.detail,
        declaredModels: summary?.declaredModels ?? [],
        declaredFingerprints: summary?.declaredFingerprints ?? [])
    }
  }

  /// A seed for one run: no two runs share their chance, and the same run has the same.
  static func seed(_ parts: String...) -> UInt64 {
    Digest(of: JSONValue.array(parts.map(JSONValue.string)).canonical).bytes.prefix(8).reduce(0) {
      $0 << 8 | UInt64($1)
    }
  }
}
