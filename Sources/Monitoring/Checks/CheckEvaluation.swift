package import Cases
import Formats
import Similarity
import Statistics

/// From answers to a verdict; asks nobody.
package struct CheckEvaluation: Sendable {
  private let baseline: Baseline
  /// Draws of permutations and of ties depend on it.
  private let seed: UInt64
  private let plan: SamplingPlan

  /// - Parameter maxCalls: the limit of this check, where it is lower than that of the baseline's plan.
  package init(baseline: Baseline, seed: UInt64, maxCalls: Int? = nil) {
    self.baseline = baseline
    self.seed = seed
    plan = SamplingPlan(
      samples: baseline.plan.samples, maxCalls: min(baseline.plan.maxCalls, maxCalls ?? baseline.plan.maxCalls))
  }

  /// What a check does after a round.
  package enum Next: Hashable, Sendable {
    /// The check ends here.
    case done
    /// Suspicious strata and probes are asked again, to see whether they are worth a confirmation.
    case look(SamplingPlan.Round)
    /// Suspicious strata and probes are asked as often as the calls allow; that decides.
    case confirm(SamplingPlan.Round)
  }

  /// Looks at the first answers of a run.
  ///
  /// - Parameter trouble: what kept answers from coming, in words.
  package func screened(
    _ answers: [RecordedAnswer], trouble: String?, of result: CheckResult
  ) -> (result: CheckResult, next: Next) {
    var result = described(result, by: answers)
    if let reason = unusable(answers, planned: plan.screen, .screening, trouble) {
      result.reason = reason
      return (result, .done)
    }
    let run = records(answers)
    result.withoutText = outcomes(answers).without
    result.form = FormComparison.findings(run, baseline: baseline.probes, level: baseline.rule.level)
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.screening = baseline.rule.screen(
      comparison.blocks, sessions: BorderSessions.of(run, baseline: baseline.probes), run: seed)
    result.changes = changes(comparison, run)
    let departed = CheckRule.departed(screened: departures(run))
    let suspicious = result.suspicious
    guard !suspicious.isEmpty || !departed.isEmpty else { return (concluded(result), .done) }
    if let look = plan.look(of: probes(of: suspicious), departed: departed) { return (result, .look(look)) }
    return confirming(result, departed: departed, spent: plan.screenCalls)
  }

  /// Gives up what looks hopeless: of no use for a change, and of none for the bound on false alarms.
  package func looked(
    _ answers: [RecordedAnswer], planned round: SamplingPlan.Round, after first: [RecordedAnswer], trouble: String?,
    of screened: CheckResult
  ) -> (result: CheckResult, next: Next) {
    var result = screened
    if let reason = unusable(answers, planned: round.sizes, .look, trouble) {
      result.reason = reason
      return (result, .done)
    }
    result.withoutText += outcomes(answers).without
    // Strata for which there was no room go on as the screening left them.
    if !round.strata.isEmpty {
      let seen = Self.together(records(first), records(answers, first: round.strata))
      let comparison = ProbeComparison(seen, baseline: baseline.probes, only: Set(screened.suspicious))
      result.look = baseline.rule.look(
        comparison.blocks, sessions: BorderSessions.of(seen, baseline: baseline.probes), after: screened.screening,
        run: seed)
    }
    let departed = CheckRule.departed(looked: departures(records(first + answers)), among: round.departed)
    guard !result.hopeful.isEmpty || !departed.isEmpty else { return (concluded(result), .done) }
    return confirming(result, departed: departed, spent: plan.screenCalls + round.calls)
  }

  private func confirming(
    _ result: CheckResult, departed: [PromptID], spent: Int
  ) -> (result: CheckResult, next: Next) {
    var result = result
    let strata = result.hopeful
    guard let round = plan.confirmation(of: probes(of: strata), departed: departed, spent: spent) else {
      result.reason = .notConfirmable(
        strata.isEmpty ? [.peaked] : strata, callsLeft: max(0, plan.maxCalls - spent))
      return (result, .done)
    }
    return (result, .confirm(round))
  }

  /// Decides on fresh answers whether what the screening saw is there.
  ///
  /// - Parameters:
  ///   - first: answers of the screening.
  ///   - look: of the second look, with what was planned; nil if there was none.
  package func confirmed(
    _ answers: [RecordedAnswer], planned round: SamplingPlan.Round, after first: [RecordedAnswer],
    look: (answers: [RecordedAnswer], planned: SamplingPlan.Round)?, trouble: String?, of screened: CheckResult
  ) -> CheckResult {
    var result = screened
    if let reason = unusable(answers, planned: round.sizes, .confirmation, trouble) {
      result.reason = reason
      return result
    }
    result.withoutText += outcomes(answers).without
    let strata = Set(screened.hopeful)
    let fresh = Self.together(
      records(answers, first: round.strata), look.map { records($0.answers, first: $0.planned.strata) } ?? [:])
    let comparison = ProbeComparison(fresh, baseline: reference(first), only: strata)
    let all = records(first + (look?.answers ?? []) + answers)
    result.confirmation = baseline.rule.confirm(
      comparison.blocks, after: screened.look.isEmpty ? screened.screening : screened.look,
      departures: departures(all).filter { round.departed[$0.probe] != nil }, peaked: peaked,
      sessions: BorderSessions.of(all, baseline: baseline.probes), run: seed)
    let seen = all.filter { round.sizes[$0.key] != nil }
    result.changes = changes(ProbeComparison(seen, baseline: baseline.probes), seen)
    return concluded(result)
  }

  /// Decides on answers that were recorded elsewhere: all there are, at the level of a whole check.
  package func decided(recorded answers: [RecordedAnswer], of result: CheckResult) -> CheckResult {
    var result = described(result, by: answers)
    let planned = baseline.probes.mapValues { _ in SamplingPlan.minimum }
    let given = Dictionary(grouping: answers, by: \.response.prompt).mapValues { min($0.count, SamplingPlan.minimum) }
    let coverage = Coverage(planned: planned, answered: given)
    guard coverage.isEnough else {
      result.reason = .incomplete(
        stage: .recorded, answered: coverage.answered, planned: coverage.planned, unanswered: coverage.unanswered,
        trouble: nil)
      return result
    }
    if let reason = withoutText(answers) {
      result.reason = reason
      return result
    }
    result.withoutText = outcomes(answers).without
    let run = records(answers)
    let comparison = ProbeComparison(run, baseline: baseline.probes)
    result.form = FormComparison.findings(run, baseline: baseline.probes, level: baseline.rule.level)
    result.confirmation = baseline.rule.confirm(
      comparison.blocks, departures: departures(run), peaked: peaked,
      sessions: BorderSessions.of(run, baseline: baseline.probes), run: seed)
    result.changes = changes(comparison, run)
    return concluded(result)
  }

  /// Decides on two samples of which neither is a baseline: no probe has an answer of its own that it could depart from.
  func compared(
    _ comparison: ProbeComparison, _ run: [PromptID: ProbeRecord], of result: CheckResult
  ) -> CheckResult {
    var result = result
    result.form = FormComparison.findings(run, baseline: baseline.probes, level: baseline.rule.level)
    result.confirmation = baseline.rule.confirm(comparison.blocks, run: seed)
    result.changes = changes(comparison, run)
    return concluded(result)
  }

  private var peaked: Int { baseline.probes.values.count { $0.stratum == .peaked } }

  private func departures(_ run: [PromptID: ProbeRecord]) -> [Departure] {
    Departure.all(run, baseline: baseline.probes)
  }

  /// Probes by whose answers these strata are compared.
  private func probes(of strata: [Stratum]) -> [PromptID] {
    baseline.probes.filter { entry in
      strata.contains(entry.value.stratum) || strata.contains(.logprobs) && !entry.value.distributions.isEmpty
    }.keys.sorted()
  }

  /// The baseline and the screening together: what fresh answers are compared with. See `CheckRule`.
  private func reference(_ first: [RecordedAnswer]) -> [PromptID: ProbeRecord] {
    Self.together(baseline.probes, records(first))
  }

  private static func together(
    _ some: [PromptID: ProbeRecord], _ others: [PromptID: ProbeRecord]
  ) -> [PromptID: ProbeRecord] {
    some.merging(others) { $0.adding($1) }
  }

  private func outcomes(_ answers: [RecordedAnswer]) -> AnswerOutcomes {
    AnswerOutcomes(answers, known: baseline.probes)
  }

  /// Answers of a run in the baseline's terms; probes that it does not know are left out, and answers without text.
  ///
  /// - Parameter sizes: at most so many of each probe, the first ones; nil for all.
  package func records(_ answers: [RecordedAnswer], first sizes: [PromptID: Int]? = nil) -> [PromptID: ProbeRecord] {
    let byProbe = Dictionary(grouping: outcomes(answers).telling, by: \.response.prompt)
    return baseline.probes.reduce(into: [:]) { records, entry in
      var own = byProbe[entry.key] ?? []
      if let sizes {
        guard let most = sizes[entry.key] else { return }
        own = Array(own.sorted { $0.response.sample < $1.response.sample }.prefix(most))
      }
      records[entry.key] = ProbeRecord(own, stratum: entry.value.stratum, reading: entry.value.reading)
    }
  }

  /// Why nothing can be said by these answers; nil if something can.
  private func unusable(
    _ answers: [RecordedAnswer], planned: [PromptID: Int], _ stage: CheckResult.Stage, _ trouble: String?
  ) -> CheckResult.Reason? {
    if let copies = Self.copies(answers) { return copies }
    if let reason = withoutText(answers) { return reason }
    if let gap = gap(answers, planned: planned, stage, trouble) { return gap }
    let varied = answers.filter { baseline.probes[$0.response.prompt]?.stratum != .border }
    guard CachedAnswers.pValue(varied, seed: seed) > CachedAnswers.level else { return .cached(answers.count) }
    return nil
  }

  /// More answers without text than the baseline has: the endpoint is in trouble, or filters, or thinks too long.
  private func withoutText(_ answers: [RecordedAnswer]) -> CheckResult.Reason? {
    let outcomes = outcomes(answers)
    guard outcomes.without > 0, let kind = outcomes.commonest else { return nil }
    let pValue = FisherExact.pValue(
      first: outcomes.without, of: outcomes.all, second: baseline.withoutText,
      of: max(baseline.answers, baseline.withoutText))
    // Where all that a probe says is none of its answers, there are too few to see more of them.
    guard pValue <= Self.failureLevel || 2 * outcomes.without > outcomes.all else { return nil }
    return .answersWithoutText(
      outcomes.without, of: outcomes.all, kind, sentence: outcomes.sentence, pValue: pValue)
  }

  /// Answers of a cache come again and again whatever the model does, and change all at once when it expires.
  private static func copies(_ answers: [RecordedAnswer]) -> CheckResult.Reason? {
    let count = answers.count(where: \.isCopy)
    return count == 0 ? nil : .copies(count, of: answers.count)
  }

  private func concluded(_ found: CheckResult) -> CheckResult {
    var result = found
    let powerless = result.detectable.filter { !$0.isAny }.map(\.stratum)
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
    _ answers: [RecordedAnswer], planned: [PromptID: Int], _ stage: CheckResult.Stage, _ trouble: String?
  ) -> CheckResult.Reason? {
    let given = Dictionary(grouping: answers, by: \.response.prompt)
    let counts = baseline.probes.keys.reduce(into: [PromptID: Int]()) { $0[$1] = given[$1]?.count ?? 0 }
    // Stratum by stratum: a small one that is silent must not hide behind a large one that speaks.
    let strata = Dictionary(grouping: planned, by: { baseline.probes[$0.key]?.stratum ?? .peaked })
    let coverages = strata.sorted { $0.key < $1.key }.map { _, entries in
      Coverage(
        planned: Dictionary(firstOf: entries.map { ($0.key, $0.value) }),
        answered: counts)
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
      let run = records(answers)
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
  static let failureLevel = 0.001

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
        then: counts(baseline.probes[influence.probe]), now: counts(run[influence.probe]),
        all: (baseline.probes[influence.probe]?.samples ?? 0, run[influence.probe]?.samples ?? 0))
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

  /// What the endpoint says of itself, and said otherwise then. A fingerprint that appears is one that was not there then.
  private func declared(_ answers: [RecordedAnswer]) -> [CheckResult.Declared] {
    func difference(
      _ what: CheckResult.Declared.What, _ then: [String]?, _ now: [String?]
    ) -> CheckResult.Declared? {
      let now = Set(now.compactMap(\.self)).sorted()
      // An endpoint that no longer declares anything is a difference too, except with recorded answers, which never declare.
      guard let then, Set(then) != Set(now), !now.isEmpty || answers.contains(where: { $0.nanoseconds > 0 }) else {
        return nil
      }
      func words(_ values: [String]) -> String { values.isEmpty ? "none" : values.joined(separator: ", ") }
      return CheckResult.Declared(what: what, then: words(then), now: words(now))
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
