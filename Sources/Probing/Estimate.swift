package import CaseFile

/// What a plan will cost, before anything is sent. Touches no network.
package struct Estimate: Hashable, Sendable {
  /// Requests if none has to be repeated.
  package let calls: Int
  /// Tokens, prompt and answer together: `low` for answers of nothing, `expected` for answers of half the limit,
  /// `worst` for answers that all reach it. Prompts count as a token for 4 bytes.
  package let low: Int
  package let expected: Int
  package let worst: Int
  /// Calls by scheme, host and port.
  package let hosts: [String: Int]

  package init(of plan: [PlannedItem], configuration: CaseConfiguration) {
    let probes = Dictionary(configuration.probes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let endpoints = Dictionary(
      configuration.models.map { ($0.id, $0.endpoint) }, uniquingKeysWith: { first, _ in first })
    var low = 0
    var answers = 0
    var hosts: [String: Int] = [:]
    for item in plan {
      guard let probe = probes[item.probe], let endpoint = endpoints[item.model] else { continue }
      low += Self.promptTokens(of: probe)
      answers += configuration.maxTokens(of: probe)
      hosts[endpoint.host, default: 0] += 1
    }
    calls = plan.count
    self.low = low
    expected = low + answers / 2
    worst = low + answers
    self.hosts = hosts
  }

  /// A token for each 4 bytes, and 8 for what a chat template adds.
  static func promptTokens(of probe: Probe) -> Int {
    8 + tokens(of: probe.prompt) + (probe.system.map { 4 + tokens(of: $0) } ?? 0)
  }

  static func tokens(of text: String) -> Int { (text.utf8.count + 3) / 4 }
}
