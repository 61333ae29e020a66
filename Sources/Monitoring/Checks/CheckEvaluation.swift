package import Cases
import Similarity
import Statistics

/// From answers to a verdict; asks nobody.
package struct CheckEvaluation: Sendable {
  private let baseline: Baseline
  /// Draws of permutations and of ties depend on it.
  private let seed: UInt64

  package init(baseline: Baseline, seed: UInt64) {
    self.baseline = baseline
    self.seed = seed
  }

  package enum Screened: Sendable {
    /// The check ends here.
    case done
    /// These probes are to be asked again, so often.
    case confirm([PromptID: Int])
  }

  /// Looks at the first answers of a run.
  ///
  /// - Parameter trouble: what kept answers from coming, in words.
  package func screened(
    _ answers: [RecordedAnswer], trouble: String?, of result: CheckResult
  ) -> (result: CheckResult, next: Screened) {
    let run = records(answers)
    var result = described(result, by: answers)
    if let copies = Self.copies(answers) {
      result.reason = copies
      return (result, .done)
    }
    if let gap = gap(run, planned: baseline.plan.screen, .screening, trouble) {
      result.reason = gap
      return (result, .done)
    }
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.screening = baseline.rule.screen(comparison.blocks, run: seed)
    result.changes = changes(comparison, run)
    let suspicious = result.suspicious
    guard !suspicious.isEmpty else { return (concluded(result), .done) }
    let probes = baseline.probes.keys.sorted().filter { probe in
      comparison.strata.contains { suspicious.contains($0.key) && $0.value.contains { $0.probe == probe } }
    }
    guard let sizes = baseline.plan.confirmation(of: probes, spent: result.calls.attempts) else {
      result.reason = .notConfirmable(suspicious, callsLeft: max(0, baseline.plan.maxCalls - result.calls.attempts))
      return (result, .done)
    }
    return (result, .confirm(sizes))
  }

  /// Decides on fresh answers whether what the screening saw is there.
  package func confirmed(
    _ answers: [RecordedAnswer], planned: [PromptID: Int], trouble: String?, of screened: CheckResult
  ) -> CheckResult {
    let run = records(answers)
    var result = screened
    if let copies = Self.copies(answers) {
      result.reason = copies
      return result
    }
    if let gap = gap(run, planned: planned, .confirmation, trouble) {
      result.reason = gap
      return result
    }
    let comparison = ProbeComparison(run, baseline: baseline.probes, only: Set(result.suspicious))
    result.confirmation = baseline.rule.confirm(comparison.blocks, run: seed)
    result.changes = changes(comparison, run)
    return concluded(result)
  }

  /// Decides on answers that were recorded elsewhere: all there are, at the level of a confirmation.
  package func decided(recorded answers: [RecordedAnswer], of result: CheckResult) -> CheckResult {
    let run = records(answers)
    var result = described(result, by: answers)
    let planned = baseline.probes.mapValues { _ in SamplingPlan.minimum }
    let coverage = Coverage(planned: planned, answered: run.mapValues { min($0.samples, SamplingPlan.minimum) })
    guard coverage.isEnough else {
      result.reason = .incomplete(
        stage: .recorded, answered: coverage.answered, planned: coverage.planned, unanswered: coverage.unanswered,
        trouble: nil)
      return result
    }
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.confirmation = baseline.rule.confirm(comparison.blocks, run: seed)
    result.changes = changes(comparison, run)
    return concluded(result)
  }

  /// Answers of a run in the baseline's terms; probes that it does not know are left out.
  package func records(_ answers: [RecordedAnswer]) -> [PromptID: ProbeRecord] {
    let byProbe = Dictionary(grouping: answers, by: \.response.prompt)
    return baseline.probes.reduce(into: [:]) { records, entry in
      records[entry.key] = ProbeRecord(byProbe[entry.key] ?? [], stratum: entry.value.stratum)
    }
  }

  /// Answers of a cache come again and again whatever the model does, and change all at once when it expires.
  private static func copies(_ answers: [RecordedAnswer]) -> CheckResult.Reason? {
    let count = answers.count(where: \.isCopy)
    return count == 0 ? nil : .copies(count, of: answers.count)
  }

  private func concluded(_ found: CheckResult) -> CheckResult {
    var result = found
    let powerless = baseline.detectable.filter { !$0.isAny }.map(\.stratum)
    if !result.changedStrata.isEmpty {
      result.verdict = .changed
    } else if powerless.isEmpty {
      result.verdict = .same
    } else {
      result.reason = .powerless(powerless)
    }
    return result
  }

  /// Why these answers are too few to say anything; nil if they are enough.
  private func gap(
    _ run: [PromptID: ProbeRecord], planned: [PromptID: Int], _ stage: CheckResult.Stage, _ trouble: String?
  ) -> CheckResult.Reason? {
    // Stratum by stratum: a small one that is silent must not hide behind a large one that speaks.
    let strata = Dictionary(grouping: planned, by: { baseline.probes[$0.key]?.stratum ?? .peaked })
    let coverages = strata.sorted { $0.key < $1.key }.map { _, entries in
      Coverage(
        planned: Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }),
        answered: run.mapValues(\.samples))
    }
    let total = coverages.reduce(0) { $0 + $1.planned }
    let answered = coverages.reduce(0) { $0 + $1.answered }
    guard coverages.allSatisfy(\.isEnough) else {
      return .incomplete(
        stage: stage, answered: answered, planned: total, unanswered: coverages.flatMap(\.unanswered).sorted(),
        trouble: trouble.map(CheckResult.Trouble.told))
    }
    // Distributions come with answers; an endpoint that stopped to give them has left a stratum unmeasured.
    if baseline.rule.strata.contains(.logprobs) {
      let silent = planned.keys.filter { probe in
        (baseline.probes[probe]?.distributions.isEmpty == false)
          && (run[probe]?.distributions.values.reduce(0, +) ?? 0) < SamplingPlan.minimum
      }.sorted()
      guard silent.isEmpty else {
        return .incomplete(
          stage: stage, answered: answered, planned: total, unanswered: silent, trouble: .noLogprobs)
      }
    }
    let pValue = FisherExact.pValue(
      first: total - answered, of: total, second: baseline.missing, of: baseline.missing + baseline.answers)
    guard total == answered || pValue > Self.failureLevel else {
      return .failsMoreOften(missing: total - answered, planned: total, pValue: pValue)
    }
    return nil
  }

  /// Upper 99.9 % bound of answers missing by chance.
  private static let failureLevel = 0.001

  /// Probes that speak for a change, and what they answered then and now.
  private func changes(_ comparison: ProbeComparison, _ run: [PromptID: ProbeRecord]) -> [CheckResult.ProbeChange] {
    func counts(_ record: ProbeRecord?) -> [CheckResult.AnswerCount] {
      let sorted = (record?.answers ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return sorted[..<min(8, sorted.count)].map { CheckResult.AnswerCount(answer: $0.key, count: $0.value) }
    }
    let telling = comparison.influences.filter { $0.weight >= 2 }
    return telling[..<min(50, telling.count)].map { influence in
      CheckResult.ProbeChange(
        probe: influence.probe, stratum: influence.stratum, distance: influence.distance, weight: influence.weight,
        then: counts(baseline.probes[influence.probe]), now: counts(run[influence.probe]))
    }
  }

  /// With what the endpoint says of itself, and how fast it is.
  private func described(_ result: CheckResult, by answers: [RecordedAnswer]) -> CheckResult {
    var result = result
    result.declared += declared(answers)
    let times = answers.map { Double($0.nanoseconds) / 1e6 }.filter { $0 > 0 }
    if !times.isEmpty { result.medianMilliseconds = Int(times.quantiles([0.5])[0].rounded()) }
    return result
  }

  /// What the endpoint says of itself, and said otherwise then.
  private func declared(_ answers: [RecordedAnswer]) -> [CheckResult.Declared] {
    func difference(
      _ what: CheckResult.Declared.What, _ then: [String]?, _ now: [String?]
    ) -> CheckResult.Declared? {
      let now = Set(now.compactMap(\.self)).sorted()
      guard let then, !now.isEmpty, !then.isEmpty, Set(then) != Set(now) else { return nil }
      return CheckResult.Declared(what: what, then: then.joined(separator: ", "), now: now.joined(separator: ", "))
    }
    return [
      difference(.model, baseline.endpoint?.declaredModels, answers.map(\.declaredModel)),
      difference(.fingerprint, baseline.endpoint?.declaredFingerprints, answers.map(\.fingerprint)),
      movedPrompts(answers),
    ].compactMap(\.self)
  }

  /// Probes whose prompts have another number of tokens: another template, or another tokeniser.
  private func movedPrompts(_ answers: [RecordedAnswer]) -> CheckResult.Declared? {
    let counted = Dictionary(grouping: answers.filter { $0.promptTokens != nil }, by: \.response.prompt)
    let moved = counted.filter { probe, answers in
      guard let then = baseline.probes[probe]?.promptTokens, !then.isEmpty else { return false }
      return !Set(answers.compactMap(\.promptTokens)).isSubset(of: then)
    }
    guard !moved.isEmpty else { return nil }
    func range(_ values: some Sequence<Int>) -> String {
      let sorted = values.sorted()
      guard let low = sorted.first, let high = sorted.last else { return "–" }
      return low == high ? "\(low)" : "\(low) to \(high)"
    }
    return CheckResult.Declared(
      what: .promptTokens(moved.keys.sorted()),
      then: range(moved.keys.flatMap { baseline.probes[$0]?.promptTokens ?? [] }),
      now: range(moved.values.joined().compactMap(\.promptTokens)))
  }
}
