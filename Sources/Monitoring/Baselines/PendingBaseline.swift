package import Cases
import Formats

/// The baseline that a confirmed change would make: the run's answers where a stratum changed, the old ones elsewhere. It waits
/// for somebody to approve it; nothing but that makes it count.
package struct PendingBaseline: Sendable {
  private let result: CheckResult
  private let records: [PromptID: ProbeRecord]

  /// - Parameter records: all answers of the run, in the baseline's terms.
  package init(of result: CheckResult, records: [PromptID: ProbeRecord]) {
    self.result = result
    self.records = records
  }

  package func baseline(tool: String) async -> Baseline {
    let old = result.baseline
    let changed = Set(result.changedStrata)
    let probes = old.probes.reduce(into: [PromptID: ProbeRecord]()) { probes, entry in
      let isChanged = changed.contains(entry.value.stratum) || changed.contains(.logprobs)
      let new = records[entry.key].flatMap { $0.samples >= SamplingPlan.minimum ? $0 : nil }
      // What the endpoint counts a prompt as is approved with the rest.
      probes[entry.key] =
        isChanged ? new ?? entry.value : entry.value.counting(promptsAs: records[entry.key]?.promptTokens)
    }
    let answers = probes.values.reduce(0) { $0 + $1.samples }
    return Baseline(
      name: old.name, created: result.started, tool: tool, configuration: old.configuration, suite: old.suite,
      endpoint: result.endpoint ?? old.endpoint,
      sessions: [
        Baseline.Session(started: result.started, answers: answers, missing: 0, source: Digest(of: result.run))
      ], stability: old.stability, probes: probes, rule: old.rule, plan: old.plan,
      detectable: await DetectableEffect.all(probes, plan: old.plan, rule: old.rule),
      medianMilliseconds: result.medianMilliseconds ?? old.medianMilliseconds)
  }
}
