import CaseFile
import Cases
import Formats
import Foundation
import Monitoring
import Probing

/// One run against a watched endpoint: its answers in a case file like any other, and what came of them.
struct MonitoredRun {
  let configuration: MonitorConfiguration
  let progress: ProgressMode

  struct Answers {
    let recorded: [RecordedAnswer]
    let result: RunResult
    let started: String
    let chainHead: Digest
    /// What kept answers from coming, in words; nil if all came.
    let trouble: String?
    let declaredModels: [String]
    let declaredFingerprints: [String]
  }

  /// Asks what the case file has not answered yet.
  ///
  /// - Throws: `StoppedRun` if the key is refused or the run is interrupted: then nothing can be said at all. An endpoint that does
  ///   not answer is a finding, and no error.
  func ask(
    _ samples: [PromptID: Int], seed: UInt64, budget: Budget, file: String, resume: String
  ) async throws -> Answers {
    let asked = try configuration.runCase(samples: samples, seed: seed, budget: budget)
    let session = CaseSession(
      configuration: asked, file: file, output: "", json: false, resume: resume, progress: progress, checks: false)
    var result: RunResult
    var trouble: String?
    do {
      result = try await session.probe()
    } catch let stopped as StoppedRun {
      switch stopped.result.stop {
      case .authentication, .interrupted: throw stopped
      case .complete, .budget, .couldNotMeasure:
        result = stopped.result
        trouble = StopText.reason(stopped.result.stop)
      }
    }
    let store = try CaseStore.open(at: file)
    do {
      let contents = try store.contents()
      let summary = contents.run?.endpoints.first
      let answers = Answers(
        recorded: try store.recordedAnswers(of: MonitorConfiguration.model), result: result,
        started: contents.run?.firstAttempt ?? UTCTime.text(Date()),
        chainHead: contents.run.flatMap { Digest(hex: $0.chainHead) } ?? Digest(of: ""), trouble: trouble,
        declaredModels: summary?.declaredModels ?? [], declaredFingerprints: summary?.declaredFingerprints ?? [])
      try store.close()
      return answers
    } catch {
      try? store.close()
      throw error
    }
  }

  /// A seed for one run: no two runs share their chance, and the same run has the same.
  static func seed(_ parts: String...) -> UInt64 {
    Digest(of: JSONValue.array(parts.map(JSONValue.string)).canonical).bytes.prefix(8).reduce(0) {
      $0 << 8 | UInt64($1)
    }
  }
}
