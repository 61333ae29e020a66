package import Foundation
package import Monitoring

/// Baselines of all endpoints of one configuration, session by session in turn, so that a wait between two sessions is one for all.
package struct RecordEndpoints: Sendable {
  package struct Recorded: Sendable {
    /// Where the baseline belongs.
    package let file: String
    package let baseline: Baseline

    package init(file: String, baseline: Baseline) {
      self.file = file
      self.baseline = baseline
    }
  }

  private let file: String
  private let environment: [String: String]
  private let tool: String
  private let now: @Sendable () -> Date

  /// - Parameter file: of the baseline; those of several endpoints lie beside it, under their names.
  package init(
    file: String, environment: [String: String], tool: String, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.file = file
    self.environment = environment
    self.tool = tool
    self.now = now
  }

  /// Where the baseline of an endpoint lies: `prod-eu.json` beside `prod.json`.
  package static func file(_ file: String, of endpoint: String) -> String {
    let stem = file.hasSuffix(".json") ? String(file.dropLast(".json".count)) : file
    return "\(stem)-\(endpoint).json"
  }

  /// Where baselines will lie.
  package static func files(_ file: String, configuration path: String) throws -> [String] {
    let all = try MonitorConfigurationReader.all(file: path)
    return all.count == 1 ? [file] : all.map { Self.file(file, of: $0.name) }
  }

  /// - Parameters: as those of `RecordBaseline.asking`; `stage` is told the endpoint's name, where there are several.
  /// - Returns: those that are complete; all of them, unless only the next session is asked.
  package func asking(
    _ ask: @escaping Asker = { try await $0.run() }, configuration path: String, sessions: Int, pause: Duration?,
    nextOnly: Bool = false, stage: (String?, RecordBaseline.Stage) -> Void = { _, _ in }
  ) async throws -> [Recorded] {
    let all = try MonitorConfigurationReader.all(file: path)
    guard all.count > 1 else {
      let baseline = try await recording(file).asking(
        ask, configuration: path, sessions: sessions, pause: pause, nextOnly: nextOnly
      ) { stage(nil, $0) }
      return baseline.map { [Recorded(file: file, baseline: $0)] } ?? []
    }
    var recorded: [String: Baseline] = [:]
    for round in 1...sessions where recorded.count < all.count {
      if round > 1, let pause {
        stage(nil, .waiting(session: round, pause))
        try await Task.sleep(for: pause)
      }
      for configuration in all where recorded[configuration.name] == nil {
        recorded[configuration.name] = try await recording(Self.file(file, of: configuration.name)).asking(
          ask, configuration: path, named: configuration.name, sessions: sessions, pause: nil, nextOnly: true
        ) { stage(configuration.name, $0) }
      }
      if nextOnly { break }
    }
    return all.compactMap { one in
      recorded[one.name].map { Recorded(file: Self.file(file, of: one.name), baseline: $0) }
    }
  }

  private func recording(_ file: String) -> RecordBaseline {
    RecordBaseline(file: file, environment: environment, tool: tool, now: now)
  }
}
