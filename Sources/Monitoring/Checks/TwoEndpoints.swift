package import Cases
package import Formats
import Statistics

/// Two endpoints that were asked the same, set against each other. Neither is the standard: how a probe is compared is decided on the
/// answers of both together, so that it does not depend on whose they are.
package struct TwoEndpoints: Sendable {
  private let configuration: MonitorConfiguration
  private let names: [String]
  private let sizes: [PromptID: Int]
  private let started: String
  private let tool: String

  package init(
    _ configuration: MonitorConfiguration, names: [String], sizes: [PromptID: Int], started: String, tool: String
  ) {
    self.configuration = configuration
    self.names = names
    self.sizes = sizes
    self.started = started
    self.tool = tool
  }

  /// - Parameters: of either endpoint, the first one's first.
  package func result(
    run: String, _ answers: [[RecordedAnswer]], sources: [Digest], troubles: [String?], seed: UInt64
  ) -> CheckResult {
    let outcomes = answers.map { AnswerOutcomes($0) }
    let byProbe = outcomes.map { Dictionary(grouping: $0.telling, by: \.response.prompt) }
    var strata: [PromptID: Stratum] = [:]
    for probe in sizes.keys {
      strata[probe] = ProbeRecord.stratum(
        of: byProbe.flatMap { $0[probe] ?? [] }, reading: configuration.readings[probe] ?? .words)
    }
    let records = byProbe.map { own in
      strata.reduce(into: [PromptID: ProbeRecord]()) { records, entry in
        records[entry.key] = ProbeRecord(
          own[entry.key] ?? [], stratum: entry.value, reading: configuration.readings[entry.key] ?? .words)
      }
    }
    let comparison = ProbeComparison(records[1], baseline: records[0])
    // A comparison stands alone: no series shares the level with it.
    let rule = CheckRule(
      falseAlarms: .init(atMost: configuration.falseAlarms.atMost, runs: 1), strata: comparison.strata.keys.sorted(),
      floors: Dictionary(
        firstOf: comparison.strata.keys.map {
          ($0, $0 == .logprobs ? configuration.floors.logprobs : configuration.floors.answers)
        }), seed: configuration.seed)
    let baseline = Baseline(
      name: names.joined(separator: " and "), created: started, tool: tool, configuration: nil,
      suite: configuration.suite, endpoint: nil,
      sessions: [
        Baseline.Session(
          started: started, answers: answers[0].count, missing: missing(answers[0]), source: sources[0],
          withoutText: outcomes[0].without)
      ], stability: [], probes: records[0], rule: rule,
      plan: SamplingPlan(samples: sizes, maxCalls: 2 * sizes.values.reduce(0, +)), detectable: [],
      medianMilliseconds: nil)
    var result = CheckResult(name: baseline.name, run: run, started: started, baseline: baseline)
    result.between = names
    result.withoutText = outcomes.reduce(0) { $0 + $1.without }
    if let reason = unusable(answers, outcomes, troubles) {
      result.reason = reason
      return result
    }
    let evaluation = CheckEvaluation(baseline: baseline, seed: seed)
    return evaluation.compared(comparison, records[1], of: result)
  }

  private func missing(_ answers: [RecordedAnswer]) -> Int { sizes.values.reduce(0, +) - answers.count }

  private func unusable(
    _ answers: [[RecordedAnswer]], _ outcomes: [AnswerOutcomes], _ troubles: [String?]
  ) -> CheckResult.Reason? {
    for (place, own) in answers.enumerated() {
      let copies = own.count(where: \.isCopy)
      if copies > 0 { return .copies(copies, of: own.count) }
      let counts = Dictionary(grouping: own, by: \.response.prompt).mapValues(\.count)
      let coverage = Coverage(planned: sizes, answered: counts)
      guard coverage.isEnough else {
        return .incomplete(
          stage: .recorded, answered: coverage.answered, planned: coverage.planned, unanswered: coverage.unanswered,
          trouble: troubles[place].map { .told("\(names[place]): \($0)") })
      }
    }
    // As of a check beside its baseline: what one of the two has more of is trouble, and no answer.
    let (few, many) =
      outcomes[0].without <= outcomes[1].without ? (outcomes[0], outcomes[1]) : (outcomes[1], outcomes[0])
    guard many.without > 0, let kind = many.commonest else { return nil }
    let pValue = FisherExact.pValue(first: many.without, of: many.all, second: few.without, of: few.all)
    guard pValue <= CheckEvaluation.failureLevel || 2 * many.without > many.all else { return nil }
    return .answersWithoutText(many.without, of: many.all, kind, sentence: many.sentence, pValue: pValue)
  }
}
