package import Cases
import Formats
import Monitoring
import Probing

/// From many prompts to a probe set of border inputs of one endpoint.
package struct FindBorderInputs: Sendable {
  package enum Stage: Sendable {
    case first(candidates: Int, calls: Int, host: String)
    case more(candidates: Int, calls: Int)
  }

  package struct Found: Hashable, Sendable {
    package let candidates: Int
    /// Candidates whose first answers differ.
    package let promising: Int
    /// Those that were written.
    package let probes: [Probe]
    package let calls: Int
  }

  private let configuration: MonitorConfiguration
  private let candidates: [Probe]
  private let output: String
  private let environment: [String: String]
  private let tool: String

  /// - Parameters:
  ///   - files: probe sets of candidates.
  ///   - path: of a configuration whose endpoint is asked.
  ///   - name: of the endpoint, where the configuration has several.
  ///   - output: the probe set to write; the case files lie beside it, and the same call again goes on.
  package init(
    from files: [String], configuration path: String, named name: String?, to output: String,
    environment: [String: String], tool: String
  ) throws {
    configuration = try MonitorConfigurationReader.read(file: path, named: name)
    var known: Set<String> = []
    candidates = try files.flatMap { try ProbeSet.read(file: $0).probes }.filter { known.insert($0.prompt).inserted }
    self.output = output
    self.environment = environment
    self.tool = tool
  }

  /// - Throws: `MonitoringError.noBorder` if there is none; `IncompleteRun` for a run that did not ask all.
  package func run(
    _ ask: @escaping Asker = { try await $0.run() }, most: Int, stage: (Stage) -> Void = { _ in }
  ) async throws -> Found {
    let probes = Dictionary(firstOf: candidates.map { (Self.id($0), $0) })
    let counts = BorderSearch.answers
    stage(
      .first(
        candidates: probes.count, calls: counts.first * probes.count, host: configuration.endpoint.host))
    var answers = try await asked(ask, probes.mapValues { _ in counts.first }, "first")
    let promising = BorderSearch.promising(answers)
    if !promising.isEmpty {
      stage(.more(candidates: promising.count, calls: counts.more * promising.count))
      let more = try await asked(
        ask, Dictionary(firstOf: promising.map { ($0, counts.more) }), "more")
      answers.merge(more, uniquingKeysWith: +)
    }
    let nearest = BorderSearch.nearest(answers, most: most)
    guard !nearest.isEmpty else { throw MonitoringError.noBorder(asked: probes.count) }
    let found = nearest.compactMap { id in probes[id].map { Self.border($0, id: id, samples: Self.samples) } }
    try FileBytes.write(found.map(\.canonicalLine).joined().utf8, to: output)
    return Found(
      candidates: probes.count, promising: promising.count, probes: found,
      calls: counts.first * probes.count + counts.more * promising.count)
  }

  /// Answers to a border input in a session.
  private static let samples = 8

  /// Beside other probe sets, of which it may be one.
  private static func id(_ probe: Probe) -> PromptID { PromptID("border-\(probe.id.rawValue)") }

  private static func border(_ probe: Probe, id: PromptID, samples: Int) -> Probe {
    Probe(
      id: id, prompt: probe.prompt, system: probe.system, category: BorderSessions.category, language: probe.language,
      samples: samples, maxTokens: 1, temperature: 0)
  }

  private func asked(
    _ ask: @escaping Asker, _ samples: [PromptID: Int], _ round: String
  ) async throws -> [PromptID: [String]] {
    let lines = candidates.compactMap { probe in
      samples[Self.id(probe)].map { Self.border(probe, id: Self.id(probe), samples: $0).canonicalLine }
    }
    let search = MonitorConfiguration(
      name: "border", seed: configuration.seed, endpoint: configuration.endpoint,
      probeSets: [try ProbeSet.parse(Array(lines.joined().utf8), file: "border.jsonl")],
      sampling: Sampling(temperature: 0, topP: 1, maxTokens: 1, logprobs: false), budget: Budget(),
      concurrency: configuration.concurrency, timeout: configuration.timeout)
    let found = try await MonitoredRun(configuration: search, environment: environment, tool: tool, ask: ask).answers(
      samples, seed: MonitoredRun.seed("border", round, "\(configuration.seed)"), budget: Budget(),
      file: "\(output).search/\(round).retort")
    guard found.result.stop == .complete else { throw IncompleteRun(found.result) }
    let telling = AnswerOutcomes(found.recorded).telling
    return Dictionary(grouping: telling, by: \.response.prompt).mapValues {
      $0.map { ProbeRecord.key($0.response.text, .words) }
    }
  }
}
