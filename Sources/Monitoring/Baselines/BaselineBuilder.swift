package import Cases
package import Formats
import Similarity
import Statistics

/// From sessions to a baseline: sets the sessions against each other, and refuses an endpoint that differs from itself.
package struct BaselineBuilder: Sendable {
  package struct Session: Sendable {
    package let started: String
    package let answers: [RecordedAnswer]
    /// Answers planned, by probe.
    package let planned: [PromptID: Int]
    package let source: Digest

    package init(started: String, answers: [RecordedAnswer], planned: [PromptID: Int], source: Digest) {
      self.started = started
      self.answers = answers
      self.planned = planned
      self.source = source
    }
  }

  /// Sessions that are set against each other, at least.
  package static let minimumSessions = 3
  /// At this level, adjusted over sessions and strata, a stable endpoint is refused by chance at most once in a hundred times.
  package static let stabilityLevel = 0.01
  private static let permutations = 4_999

  package let falseAlarms: MonitorConfiguration.FalseAlarms
  package let floors: MonitorConfiguration.Floors
  package let seed: UInt64
  /// What of the answers is compared, where that is not their words.
  package let readings: [PromptID: AnswerReading]
  /// Probes that are border inputs.
  package let border: Set<PromptID>
  /// Probes that are asked at a temperature at which answers are drawn; none is known of recorded answers.
  package let drawn: Set<PromptID>
  /// Of these, those that are there to have many answers.
  package let varied: Set<PromptID>

  package init(
    falseAlarms: MonitorConfiguration.FalseAlarms, floors: MonitorConfiguration.Floors, seed: UInt64,
    readings: [PromptID: AnswerReading] = [:], border: Set<PromptID> = [], drawn: Set<PromptID> = [],
    varied: Set<PromptID> = []
  ) {
    self.readings = readings
    self.border = border
    self.drawn = drawn
    self.varied = varied
    self.falseAlarms = falseAlarms
    self.floors = floors
    self.seed = seed
  }

  /// What sessions give, before it has a name.
  package struct Built: Sendable {
    package let sessions: [Baseline.Session]
    package let probes: [PromptID: ProbeRecord]
    package let stability: [Baseline.Stability]
    package let rule: CheckRule
  }

  /// - Throws: `MonitoringError` for sessions that are too few, incomplete, or differ from each other.
  package func build(_ sessions: [Session]) throws(MonitoringError) -> Built {
    guard sessions.count >= Self.minimumSessions else {
      throw .tooFewSessions(found: sessions.count, needed: Self.minimumSessions)
    }
    var byProbe = sessions.map { Dictionary(grouping: $0.answers, by: \.response.prompt) }
    for (number, session) in sessions.enumerated() {
      let coverage = Coverage(planned: session.planned, answered: byProbe[number].mapValues(\.count))
      if let probe = coverage.unanswered.first { throw .probeUnanswered(probe, session: number + 1) }
      guard coverage.isEnough else {
        throw .sessionIncomplete(session: number + 1, answered: coverage.answered, planned: coverage.planned)
      }
    }
    for probe in sessions[0].planned.keys.sorted() {
      guard byProbe.reduce(0, { $0 + ($1[probe]?.count ?? 0) }) <= Limits.recordedAnswers else {
        throw .tooManyAnswers(probe, limit: Limits.recordedAnswers)
      }
    }
    try refuseUnchanging(sessions.flatMap(\.answers))
    // What is common to sessions of an endpoint in trouble shows where all of them are looked at together.
    let all = AnswerOutcomes(sessions.flatMap(\.answers))
    var withoutText: [Int] = []
    for (number, session) in sessions.enumerated() {
      let outcomes = AnswerOutcomes(session.answers)
      try refuse(outcomes, session: number + 1)
      try refuseProbes(of: all, outcomes, session: number + 1)
      // Near ties follow what the server has to do, which comes in runs as well.
      let varied = session.answers.filter { !border.contains($0.response.prompt) }
      let pValue = CachedAnswers.pValue(varied, seed: seed &+ UInt64(number))
      guard pValue > CachedAnswers.level else { throw .cached(session: number + 1, pValue: pValue) }
      withoutText.append(outcomes.without)
      byProbe[number] = Dictionary(grouping: outcomes.telling, by: \.response.prompt)
    }
    var strata: [PromptID: Stratum] = [:]
    for probe in sessions[0].planned.keys {
      let own = ProbeRecord.stratum(of: byProbe.flatMap { $0[probe] ?? [] }, reading: readings[probe] ?? .words)
      strata[probe] = border.contains(probe) && own != .text ? .border : own
    }
    let records = byProbe.map { answers in
      strata.reduce(into: [PromptID: ProbeRecord]()) { records, entry in
        records[entry.key] = ProbeRecord(
          answers[entry.key] ?? [], stratum: entry.value, reading: readings[entry.key] ?? .words)
      }
    }
    let stability = stability(of: records)
    for finding in stability
    where finding.pValue <= Self.stabilityLevel && finding.distance > floor(of: finding.stratum) {
      throw .unstable(finding.stratum, pValue: finding.pValue, distance: finding.distance)
    }
    return Built(
      sessions: zip(sessions, withoutText).map { session, withoutText in
        Baseline.Session(
          started: session.started, answers: session.answers.count,
          missing: session.planned.values.reduce(0, +) - session.answers.count, source: session.source,
          withoutText: withoutText)
      },
      probes: Self.pooled(records), stability: stability, rule: rule(stability))
  }

  /// Refuses one session for what would refuse any baseline that holds it: before further ones are paid for.
  ///
  /// - Parameter number: from 1.
  package func refuseIfUseless(_ session: Session, number: Int) throws(MonitoringError) {
    try refuse(AnswerOutcomes(session.answers), session: number)
    try refuseUnchanging(session.answers)
  }

  /// Answers to a probe, and probes, from which on it is not by chance that none of them varies.
  private static let unchanging = (answers: 20, probes: 4)

  /// Refuses answers of which none varies though a model that draws them would. Short answers to questions that have one may well be
  /// the same for ever: only probes that are there to have many count, and long texts.
  private func refuseUnchanging(_ answers: [RecordedAnswer]) throws(MonitoringError) {
    let telling = Dictionary(grouping: answers, by: \.response.prompt).filter { probe, own in
      guard own.count >= Self.unchanging.answers, drawn.contains(probe), !border.contains(probe) else { return false }
      return varied.contains(probe) || ProbeRecord.stratum(of: own, reading: readings[probe] ?? .words) == .text
    }
    guard telling.count >= Self.unchanging.probes,
      telling.values.allSatisfy({ own in Set(own.map(\.response.text)).count == 1 })
    else { return }
    throw .neverVaries(probes: telling.count)
  }

  /// A twentieth of all answers, or half of one probe's, may be without text; more make a baseline of nothing.
  private static let withoutText = (all: 0.05, probe: 0.5)

  private func refuse(_ outcomes: AnswerOutcomes, session: Int) throws(MonitoringError) {
    guard let kind = outcomes.commonest,
      Double(outcomes.without) > Self.withoutText.all * Double(outcomes.all)
    else { return }
    throw .answersWithoutText(
      session: session, count: outcomes.without, of: outcomes.all, kind, sentence: outcomes.sentence, probe: nil)
  }

  /// - Parameter all: the outcomes of all sessions: one of them has too few answers to a probe to be judged by.
  private func refuseProbes(
    of all: AnswerOutcomes, _ outcomes: AnswerOutcomes, session: Int
  ) throws(MonitoringError) {
    guard let kind = outcomes.commonest else { return }
    for (probe, counts) in all.byProbe.sorted(by: { $0.key < $1.key })
    where Double(counts.without) > Self.withoutText.probe * Double(counts.of) {
      throw .answersWithoutText(
        session: session, count: counts.without, of: counts.of, kind, sentence: outcomes.sentence, probe: probe)
    }
  }

  /// The rule for a baseline whose sessions differ by this: a change has to be larger than what is there without one.
  package func rule(_ stability: [Baseline.Stability]) -> CheckRule {
    CheckRule(
      falseAlarms: falseAlarms, strata: stability.map(\.stratum),
      floors: Dictionary(firstOf: stability.map { ($0.stratum, max(floor(of: $0.stratum), $0.distance)) }),
      seed: seed)
  }

  private func floor(of stratum: Stratum) -> Double { stratum == .logprobs ? floors.logprobs : floors.answers }

  private static func pooled(_ records: [[PromptID: ProbeRecord]]) -> [PromptID: ProbeRecord] {
    records.dropFirst().reduce(records.first ?? [:]) { sum, next in
      sum.merging(next) { $0.adding($1) }
    }
  }

  private func stability(of records: [[PromptID: ProbeRecord]]) -> [Baseline.Stability] {
    var tests: [(stratum: Stratum, pValue: Double)] = []
    for (number, own) in records.enumerated() {
      let others = Self.pooled(records.enumerated().filter { $0.offset != number }.map(\.element))
      // Near ties wander: by how much is the measure of a change of theirs, and no reason to refuse them.
      for (stratum, blocks) in ProbeComparison(own, baseline: others).blocks.sorted(by: { $0.key < $1.key })
      where stratum != .border {
        let test = BlockPermutationTest(most: Self.permutations, seed: seed &+ UInt64(tests.count))
        tests.append((stratum, test.compare(blocks).pValue))
      }
    }
    let adjusted = HolmAdjustment.adjusted(tests.map(\.pValue))
    var distances: [Stratum: [Double]] = [:]
    for first in records.indices {
      for second in records.indices where second > first {
        for (stratum, blocks) in ProbeComparison(records[first], baseline: records[second]).blocks {
          distances[stratum, default: []].append(blocks.reduce(0) { $0 + $1.distance } / Double(blocks.count))
        }
      }
    }
    return Stratum.allCases.compactMap { stratum in
      guard let pairs = distances[stratum] else { return nil }
      let least = zip(tests, adjusted).filter { $0.0.stratum == stratum }.map(\.1).min() ?? 1
      return Baseline.Stability(
        stratum: stratum, pValue: least, distance: max(0, pairs.reduce(0, +) / Double(pairs.count)))
    }
  }
}
