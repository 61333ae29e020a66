package import Cases
import Formats
package import Foundation
package import Monitoring
import Probing

/// Do two endpoints answer alike? Both are asked the same at the same time, and set against each other without a baseline, by the
/// tests that decide a check.
package struct CompareEndpoints: Sendable {
  private let paths: [String]
  private let folder: String
  private let run: String
  private let started: String
  private let limits: Budget
  private let environment: [String: String]
  private let tool: String

  /// - Parameters:
  ///   - paths: of two configurations.
  ///   - folder: for the case files.
  ///   - run: nil is named by the time; the same name resumes.
  package init(
    _ first: String, _ second: String, folder: String, run: String?, limits: Budget, environment: [String: String],
    tool: String, now: Date
  ) {
    paths = [first, second]
    self.folder = folder
    started = UTCTime.text(now)
    self.run = run ?? "\(started) \(ProcessInfo.processInfo.processIdentifier)"
    self.limits = limits
    self.environment = environment
    self.tool = tool
  }

  /// - Throws: `MonitoringError.notComparable` for configurations that do not ask the same; `IncompleteRun`.
  package func asking(_ ask: @escaping Asker = { try await $0.run() }) async throws -> CheckResult {
    let configurations = try paths.map { try MonitorConfigurationReader.read(file: $0) }
    // No baseline knows which of the two was first: a probe that only one has is a difference.
    let added = configurations[1].added(to: configurations[0].suite).map {
      ConfigurationDifference(path: MonitorConfiguration.path($0.rawValue), stored: nil, current: "asked")
    }
    if let difference = (configurations[1].differences(from: configurations[0].suite) + added).first {
      throw MonitoringError.notComparable(difference, files: paths)
    }
    let sizes = try RecordBaseline.plan(configurations[0]).samples.filter {
      // Near ties differ between any two machines.
      !configurations[0].quarantine.contains($0.key) && !configurations[0].borderProbes.contains($0.key)
    }
    async let first = answers(of: configurations[0], sizes, "a", ask)
    async let second = answers(of: configurations[1], sizes, "b", ask)
    let both = [try await first, try await second]
    let comparison = TwoEndpoints(
      configurations[0], names: names(configurations), sizes: sizes, started: started, tool: tool)
    var result = comparison.result(
      run: run, both.map(\.recorded), sources: both.map(\.chainHead), troubles: both.map(\.trouble),
      seed: MonitoredRun.seed("between", run))
    for found in both {
      result.calls.planned += found.result.planned
      result.calls.attempts += found.attempts
      result.calls.answered += found.result.answered
      result.calls.failures += found.failures
      result.calls.tokens += found.result.tokens
    }
    return result
  }

  private func answers(
    of configuration: MonitorConfiguration, _ sizes: [PromptID: Int], _ side: String, _ ask: @escaping Asker
  ) async throws -> MonitoredRun.Answers {
    var budget = configuration.budget.overridden(by: limits)
    budget.maxCalls = configuration.maxAttempts
    return try await MonitoredRun(configuration: configuration, environment: environment, tool: tool, ask: ask).answers(
      sizes, seed: MonitoredRun.seed(side, "\(configuration.seed)", run), budget: budget,
      file: "\(folder)/\(CheckFiles.name(ofRun: run))-\(side).retort")
  }

  /// The configurations' own, told apart where they are the same.
  private func names(_ configurations: [MonitorConfiguration]) -> [String] {
    let names = configurations.map(\.name)
    return names[0] == names[1] ? zip(names, ["a", "b"]).map { "\($0) (\($1))" } : names
  }
}
