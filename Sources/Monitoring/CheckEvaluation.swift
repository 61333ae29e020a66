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
  package func screen(
    _ answers: [RecordedAnswer], trouble: String?, into result: inout CheckResult
  ) -> Screened {
    let run = records(answers)
    describe(answers, into: &result)
    guard isComplete(run, planned: baseline.plan.screen, .screening, trouble, into: &result) else { return .done }
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.screening = baseline.rule.screen(comparison.blocks, run: seed)
    note(comparison, run, into: &result)
    let suspicious = result.suspicious
    guard !suspicious.isEmpty else {
      conclude(&result)
      return .done
    }
    let probes = baseline.probes.keys.sorted().filter { probe in
      comparison.strata.contains { suspicious.contains($0.key) && $0.value.contains { $0.probe == probe } }
    }
    guard let sizes = baseline.plan.confirmation(of: probes, spent: result.calls.attempts) else {
      result.reason = .notConfirmable(suspicious, callsLeft: max(0, baseline.plan.maxCalls - result.calls.attempts))
      return .done
    }
    return .confirm(sizes)
  }

  /// Decides on fresh answers whether what the screening saw is there.
  package func confirm(
    _ answers: [RecordedAnswer], planned: [PromptID: Int], trouble: String?, into result: inout CheckResult
  ) {
    let run = records(answers)
    guard isComplete(run, planned: planned, .confirmation, trouble, into: &result) else { return }
    let comparison = ProbeComparison(run, baseline: baseline.probes, only: Set(result.suspicious))
    result.confirmation = baseline.rule.confirm(comparison.blocks, run: seed)
    note(comparison, run, into: &result)
    conclude(&result)
  }

  /// Decides on answers that were recorded elsewhere: all there are, at the level of a confirmation.
  package func decide(recorded answers: [RecordedAnswer], into result: inout CheckResult) {
    let run = records(answers)
    describe(answers, into: &result)
    let planned = baseline.probes.mapValues { _ in SamplingPlan.fewest }
    let coverage = Coverage(planned: planned, answered: run.mapValues { min($0.samples, SamplingPlan.fewest) })
    guard coverage.isEnough else {
      result.reason = .incomplete(
        stage: .recorded, answered: coverage.answered, planned: coverage.planned, unanswered: coverage.unanswered,
        trouble: nil)
      return
    }
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.confirmation = baseline.rule.confirm(comparison.blocks, run: seed)
    note(comparison, run, into: &result)
    conclude(&result)
  }

  /// Answers of a run in the baseline's terms; probes that it does not know are left out.
  package func records(_ answers: [RecordedAnswer]) -> [PromptID: ProbeRecord] {
    let byProbe = Dictionary(grouping: answers, by: \.response.prompt)
    return baseline.probes.reduce(into: [:]) { records, entry in
      records[entry.key] = ProbeRecord(byProbe[entry.key] ?? [], stratum: entry.value.stratum)
    }
  }

  private func conclude(_ result: inout CheckResult) {
    if !result.changedStrata.isEmpty {
      result.verdict = .changed
      return
    }
    let powerless = baseline.detectable.filter { !$0.isAny }.map(\.stratum)
    guard powerless.isEmpty else {
      result.reason = .powerless(powerless)
      return
    }
    result.verdict = .same
  }

  private func isComplete(
    _ run: [PromptID: ProbeRecord], planned: [PromptID: Int], _ stage: CheckResult.Stage, _ trouble: String?,
    into result: inout CheckResult
  ) -> Bool {
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
      result.reason = .incomplete(
        stage: stage, answered: answered, planned: total, unanswered: coverages.flatMap(\.unanswered).sorted(),
        trouble: trouble)
      return false
    }
    // Distributions come with answers; an endpoint that stopped to give them has left a stratum unmeasured.
    if baseline.rule.strata.contains(.logprobs) {
      let silent = planned.keys.filter { probe in
        (baseline.probes[probe]?.distributions.isEmpty == false)
          && (run[probe]?.distributions.values.reduce(0, +) ?? 0) < SamplingPlan.fewest
      }.sorted()
      guard silent.isEmpty else {
        result.reason = .incomplete(
          stage: stage, answered: answered, planned: total, unanswered: silent, trouble: "no log-probabilities")
        return false
      }
    }
    let pValue = FisherExact.pValue(
      first: total - answered, of: total, second: baseline.missing, of: baseline.missing + baseline.answers)
    guard total == answered || pValue > Self.failureLevel else {
      result.reason = .failsMoreOften(missing: total - answered, planned: total, pValue: pValue)
      return false
    }
    return true
  }

  /// Answers that are missing by chance are as many or more at most once in a thousand runs.
  private static let failureLevel = 0.001

  /// Probes that speak for a change, and what they answered then and now.
  private func note(_ comparison: ProbeComparison, _ run: [PromptID: ProbeRecord], into result: inout CheckResult) {
    func counts(_ record: ProbeRecord?) -> [CheckResult.AnswerCount] {
      let sorted = (record?.answers ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return sorted[..<min(8, sorted.count)].map { CheckResult.AnswerCount(answer: $0.key, count: $0.value) }
    }
    let telling = comparison.influences.filter { $0.weight >= 2 }
    result.changes = telling[..<min(50, telling.count)].map { influence in
      CheckResult.ProbeChange(
        probe: influence.probe, stratum: influence.stratum, distance: influence.distance, weight: influence.weight,
        then: counts(baseline.probes[influence.probe]), now: counts(run[influence.probe]))
    }
  }

  /// What the endpoint says of itself, and how fast it is.
  private func describe(_ answers: [RecordedAnswer], into result: inout CheckResult) {
    func differ(_ what: String, _ then: [String], _ now: [String]) {
      guard !now.isEmpty, !then.isEmpty, Set(then) != Set(now) else { return }
      result.declared.append(
        CheckResult.Declared(what: what, then: then.joined(separator: ", "), now: now.joined(separator: ", ")))
    }
    let models = Set(answers.compactMap(\.declaredModel)).sorted()
    differ("model", baseline.endpoint?.declaredModels ?? [], models)
    differ(
      "fingerprint", baseline.endpoint?.declaredFingerprints ?? [], Set(answers.compactMap(\.fingerprint)).sorted())
    let counted = Dictionary(grouping: answers.filter { $0.promptTokens != nil }, by: \.response.prompt)
    let moved = counted.filter { probe, answers in
      guard let then = baseline.probes[probe]?.promptTokens, !then.isEmpty else { return false }
      return !Set(answers.compactMap(\.promptTokens)).isSubset(of: then)
    }
    if !moved.isEmpty {
      let words = moved.keys.sorted().prefix(3).map(\.rawValue).joined(separator: ", ")
      func range(_ values: some Sequence<Int>) -> String {
        let sorted = values.sorted()
        guard let low = sorted.first, let high = sorted.last else { return "–" }
        return low == high ? "\(low)" : "\(low) to \(high)"
      }
      result.declared.append(
        CheckResult.Declared(
          what: "tokens of the prompt, in \(moved.count) probes (\(words)\(moved.count > 3 ? " …" : ""))",
          then: range(moved.keys.flatMap { baseline.probes[$0]?.promptTokens ?? [] }),
          now: range(moved.values.joined().compactMap(\.promptTokens))))
    }
    let times = answers.map { Double($0.nanoseconds) / 1e6 }.filter { $0 > 0 }
    if !times.isEmpty { result.medianMilliseconds = Int(times.quantiles([0.5])[0].rounded()) }
  }
}
