import CaseFile
import Cases
import Foundation
import Probing

/// A case of six models on one loopback port, in a folder of its own.
final class Bench: Sendable {
  let folder: String
  var file: String { "\(folder)/case.retort" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("retort-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  static let models = ["s", "t", "a", "b", "c", "d"]

  /// - Parameter ports: of models that another port serves.
  func configuration(
    port: Int, ports: [String: Int] = [:], probes: Int = 4, samples: Int = 1, budget: Budget = Budget(),
    concurrency: Int = 4, timeout: Duration = .seconds(10), logprobs: Bool = false, key: Endpoint.KeyReference? = nil
  ) throws -> CaseConfiguration {
    let lines = (0..<probes).map { #"{"id": "p\#($0)", "prompt": "Question \#($0)?", "system": "Be brief."}"# + "\n" }
    func model(_ name: String) -> CaseConfiguration.Model {
      CaseConfiguration.Model(
        id: ModelID(name),
        endpoint: Endpoint(url: "http://127.0.0.1:\(ports[name] ?? port)/v1", model: name, key: key))
    }
    return CaseConfiguration(
      name: "bench", seed: 7, suspect: model("s"), candidates: [model("t")], cohort: ["a", "b", "c", "d"].map(model),
      probeSets: [try ProbeSet.parse(Array(lines.joined().utf8), file: "open.jsonl")], samples: samples,
      sampling: Sampling(temperature: 1, topP: 0.9, maxTokens: 20, logprobs: logprobs), budget: budget,
      concurrency: concurrency, timeout: timeout)
  }

  /// Waits are a thousandth of what they are in earnest.
  static let impatient = RetryPolicy(firstDelay: .milliseconds(1), longestDelay: .milliseconds(20))

  func run(
    _ configuration: CaseConfiguration, policy: RetryPolicy = Bench.impatient, environment: [String: String] = [:],
    progress: @Sendable (RunProgress) -> Void = { _ in }
  ) async throws -> RunResult {
    try await CaseRun.perform(
      configuration, at: file, environment: environment, tool: "test", policy: policy, progress: progress)
  }

  func contents() throws -> CaseContents {
    let store = try CaseStore.open(at: file)
    defer { try? store.close() }
    return try store.contents()
  }

  /// Counted answers of all models.
  func answered() throws -> Int { try contents().transcripts.values.reduce(0) { $0 + $1.responses.count } }

  func outcomes() throws -> [String: Int] {
    try (contents().run?.endpoints ?? []).reduce(into: [:]) { $0.merge($1.outcomes, uniquingKeysWith: +) }
  }
}
