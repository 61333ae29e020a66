package import Cases
import Formats
import LinearAlgebra
package import Similarity
import Statistics

/// A case by one method: channels, the effect of length taken out, each normalised by the cohort from both sides, with a
/// bootstrap over probes.
package struct CohortAnalysis: Sendable {
  /// Fewest models in a cohort, as given.
  package static let minimumCohort = 4

  package let method: CohortMethod
  package let replicates: Int
  package let confidence: Double
  let calibration: Calibration?
  let rules: AnalysisRules
  private let apart: CalibrationsApart

  /// - Parameters:
  ///   - calibration: one of the same method; without it no likelihood ratio is given.
  ///   - apart: made of it for those questions of the case that it learned from.
  package init(
    method: CohortMethod = .current, calibration: Calibration? = nil, apart: CalibrationsApart = .none,
    replicates: Int = 1_000, confidence: Double = 0.95, rules: AnalysisRules = .present
  ) {
    self.rules = rules
    self.method = method
    self.calibration = calibration
    self.apart = apart
    self.replicates = replicates
    self.confidence = confidence
  }

  /// What the ratios of a candidate come from.
  private func ownCalibration(of candidate: ModelID) -> Calibration? {
    calibration.map { apart.candidates[candidate] ?? $0 }
  }

  func ownCalibration(of group: CandidateGroup) -> Calibration? {
    calibration.map { apart.groups[group.name] ?? $0 }
  }

  /// The channels of the method for all models: what cases that share all their answers can share as well.
  ///
  /// - Parameters:
  ///   - asked: suspect and candidates, where it is them alone that are asked about: of channels that are reported beside the
  ///     score, nothing but sums is needed of other pairs.
  package func measure(
    _ transcripts: [ModelID: Transcript], asked: Set<ModelID>? = nil
  ) async throws(SimilarityError) -> PairMeasurements {
    try await ChannelRun.measure(
      AnswerTable(transcripts), channels: method.channels + method.uncombinedChannels, asked: asked,
      partial: method.channels.count)
  }

  /// Sums of the channels that are combined alone, without the first sentence of every answer.
  package func measureWithoutFirstSentences(
    _ transcripts: [ModelID: Transcript]
  ) async throws(SimilarityError) -> PairMeasurements {
    try await ChannelRun.measure(
      AnswerTable(transcripts, passingFirstSentences: true), channels: method.channels, asked: [], partial: 0)
  }

  /// - Parameter shared: what `measure` gave for the very transcripts of the case; nil measures them.
  /// - Throws: `LikelihoodError` if there is nothing that can be measured.
  package func run(_ contents: CaseContents, shared: PairMeasurements? = nil) async throws -> Analysis {
    guard contents.cohort.count >= Self.minimumCohort else {
      throw LikelihoodError.cohortTooSmall(given: contents.cohort.count, needed: Self.minimumCohort)
    }
    let measurement =
      if let shared { shared } else {
        try await measure(contents.transcripts, asked: Set(contents.candidates + [contents.suspect]))
      }
    guard !measurement.prompts.isEmpty else { throw LikelihoodError.noCommonPrompts }
    let scores = ChannelScores.measured(
      measurement, adjustedForLength: method.adjustedForLength, asked: askedPairs(contents, measurement.pairs),
      lengthPairs: rules.lengthPairs)
    let bootstrap = ProbeBootstrap(
      replicates: replicates, probes: measurement.prompts.count, seed: contents.seed)
    let (findings, groups) = await findings(contents.candidates, contents, measurement, scores, bootstrap)
    guard findings.contains(where: { if case .notEvaluated(.noCommonPrompts) = $0.outcome { false } else { true } })
    else { throw LikelihoodError.noCommonPrompts }
    let combined = Set(method.channels.map(\.name))
    return Analysis(
      method: .init(
        name: method.name, version: method.version,
        channels: zip(method.channels + method.uncombinedChannels, scores).map {
          .init($0, isCombined: combined.contains($0.name), lengthCoefficient: $1.adjustment?.coefficient)
        }, reference: method.reference, strongestRivals: method.strongestRivals, replicates: replicates,
        confidence: confidence, seed: contents.seed),
      suspect: contents.suspect, candidates: findings, groups: groups, cohort: contents.cohort.sorted(),
      prompts: measurement.prompts.count,
      meanLengths: Dictionary(uniqueKeysWithValues: zip(measurement.pairs.models, measurement.meanLengths)),
      sources: contents.transcripts.mapValues(\.source.hex),
      arithmetic: .present, rules: rules, calibration: calibration,
      relations: await relations(measurement, scores, bootstrap),
      evidence: await evidence(findings, contents, measurement, scores))
  }

  /// Scores and ratios of the candidates alone, by the channels that are combined, and nothing of what leaving out parts of the
  /// evidence changes: the same figures as `run` gives, for a fraction of its time.
  ///
  /// - Parameter shared: what `measure` gave for the very transcripts of the case; nil measures them.
  /// - Throws: `LikelihoodError` if there is nothing that can be measured.
  package func candidates(
    _ contents: CaseContents, shared: PairMeasurements? = nil
  ) async throws -> [CandidateFinding] {
    let measurement =
      if let shared { shared.prefix(method.channels.count) } else {
        try await ChannelRun.measure(AnswerTable(contents.transcripts), channels: method.channels)
      }
    return try await brief(contents.candidates, contents, measurement)
  }

  /// One candidate alone, without the first sentence of every answer. The others stay what they are: rivals. What is told of it has no
  /// interval, so there are no replicates.
  ///
  /// - Parameter shared: what `measureWithoutFirstSentences` gave for the very transcripts of the case; nil measures them.
  /// - Throws: `LikelihoodError` if there is nothing that can be measured.
  package func withoutFirstSentences(
    _ contents: CaseContents, _ candidate: ModelID, shared: PairMeasurements? = nil
  ) async throws -> CandidateFinding {
    let measurement =
      if let shared { shared } else { try await measureWithoutFirstSentences(contents.transcripts) }
    let alone = CohortAnalysis(
      method: method, calibration: calibration, apart: apart, replicates: 0, confidence: confidence, rules: rules)
    guard let finding = try await alone.brief([candidate], contents, measurement).first else {
      throw LikelihoodError.noCommonPrompts
    }
    return finding
  }

  private func brief(
    _ candidates: [ModelID], _ contents: CaseContents, _ measurement: PairMeasurements
  ) async throws -> [CandidateFinding] {
    guard !measurement.prompts.isEmpty else { throw LikelihoodError.noCommonPrompts }
    let scores = ChannelScores.measured(
      measurement, adjustedForLength: method.adjustedForLength, asked: askedPairs(contents, measurement.pairs),
      lengthPairs: rules.lengthPairs)
    let bootstrap = ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: contents.seed)
    return await findings(candidates, contents, measurement, scores, bootstrap, weighsParts: false).candidates
  }

  /// Of those that were evaluated, for the highest combined scores; of equal ones, for the first.
  private func evidence(
    _ findings: [CandidateFinding], _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores]
  ) async -> [ModelID: PairEvidence] {
    let nearest = findings.enumerated().compactMap { place, finding -> (combined: Double, place: Int)? in
      guard case .evaluated(let scores) = finding.outcome, scores.combined.isFinite else { return nil }
      return (scores.combined, place)
    }.sorted { ($1.combined, $0.place) < ($0.combined, $1.place) }.prefix(PairEvidence.maximumCandidates)
    guard !nearest.isEmpty else { return [:] }
    let table = AnswerTable(contents.transcripts)
    var found: [ModelID: PairEvidence] = [:]
    for (_, place) in nearest {
      let finding = findings[place]
      found[finding.candidate] = await PairEvidence(
        suspect: contents.suspect, candidate: finding.candidate, members: finding.selection.members, table: table,
        measurement: measurement, scores: scores, method: method)
    }
    return found
  }

  private func askedPairs(_ contents: CaseContents, _ pairs: PairIndex) -> Set<Int> {
    Set(contents.candidates.compactMap { pairs.index(contents.suspect, $0) })
  }

  private func relations(
    _ measurement: PairMeasurements, _ scores: [ChannelScores], _ bootstrap: ProbeBootstrap
  ) async -> ModelTree? {
    let combined = method.channels.count
    let drawn = min(ModelTree.replicates, replicates)
    return await ModelTree(
      measurement,
      await ChannelScores.replicated(
        Array(scores.prefix(combined)), measurement.prefix(combined), 0..<drawn, of: bootstrap), replicates: drawn)
  }

  /// One candidate, ready for replicates.
  private struct Question: Sendable {
    let candidate: ModelID
    let selection: CohortSelection
    let prompts: Int
    let trial: CandidateTrial
    let evaluation: CandidateTrial.Evaluation
    /// Its rivals, by their numbers.
    let rivals: [Int]
  }

  /// Replicates that are made and used at a time: of all pairs and channels they take some 30 MB for 156 models.
  private static let replicatesAtOnce = 64

  /// - Parameter weighsParts: whether parts of the evidence are left out in turn.
  private func findings(
    _ candidates: [ModelID], _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores],
    _ bootstrap: ProbeBootstrap, weighsParts: Bool = true
  ) async -> (candidates: [CandidateFinding], groups: [GroupFinding]) {
    let models = contents.cohort + contents.candidates
    func rivals(of candidate: ModelID) -> [ModelID] {
      RivalLead.rivals(from: models, suspect: contents.suspect, candidate: candidate, lineage: contents.lineage)
    }
    let panel = RivalScores(
      suspect: contents.suspect, rivals: Set(candidates.flatMap(rivals)).sorted(), cohort: models,
      lineage: contents.lineage, measurement: measurement, method: method)
    var questions: [Question] = []
    var refused: [ModelID: CandidateFinding] = [:]
    let groups = CandidateGroup.all(candidates, contents.lineage)
    for candidate in candidates {
      let own = rivals(of: candidate)
      let together = Set(groups.first { $0.members.contains(candidate) }?.members ?? [])
      let found = question(
        candidate, contents, measurement, scores, panel, panel.numbers(of: own),
        outsideGroup: panel.numbers(of: own.filter { !together.contains($0) }))
      switch found {
      case .success(let question): questions.append(question)
      case .failure(let refusal): refused[candidate] = refusal.finding
      }
    }
    let placed = panel.placed(on: scores.map(\.adjusted))
    let fused = placed.map { $0.fused(scores.map { $0.adjusted[...] }) }
    let replicates = await replicates(questions, measurement, scores, bootstrap, placed)
    let sensitivities =
      weighsParts ? await sensitivities(questions, contents, measurement, scores, panel, fused) : []
    let lengths = measurement.meanLengths
    var evaluated: [ModelID: CandidateFinding] = [:]
    for (place, question) in questions.enumerated() {
      let found = question.trial.scores(
        question.evaluation, replicates[place], scores, rivals: fused, prompts: question.prompts,
        confidence: confidence, level: (1 - confidence) / Double(contents.candidates.count))
      let setting = setting(question, contents, measurement, lengths)
      evaluated[question.candidate] = CandidateFinding(
        candidate: question.candidate, selection: question.selection, outcome: .evaluated(found),
        ratios: ratios(question.candidate, found, in: setting), calibration: ownCalibration(of: question.candidate),
        setting: setting, sensitivity: weighsParts ? sensitivities[place] : nil)
    }
    let found = candidates.compactMap { evaluated[$0] ?? refused[$0] }
    guard weighsParts, method.groupPlace != nil, groups.contains(where: { $0.members.count > 1 }) else {
      return (found, [])
    }
    let field = GroupField(
      panel, placed, fused: fused, adjusted: scores.map(\.adjusted), models: models, contents: contents)
    return (found, groups.map { finding($0, found, field, contents.lineage) })
  }

  private struct Refusal: Error { let finding: CandidateFinding }

  private func question(
    _ candidate: ModelID, _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores],
    _ panel: RivalScores, _ rivals: [Int], outsideGroup: [Int]
  ) -> Result<Question, Refusal> {
    let pairs = measurement.pairs
    let selection = CohortSelection(
      from: contents.cohort, suspect: contents.suspect, candidate: candidate, lineage: contents.lineage)
    func notEvaluated(_ reason: CandidateFinding.Reason) -> Result<Question, Refusal> {
      .failure(
        Refusal(
          finding: CandidateFinding(
            candidate: candidate, selection: selection, outcome: .notEvaluated(reason), ratios: [], calibration: nil,
            setting: nil, sensitivity: nil)))
    }
    guard let suspect = pairs.position(of: contents.suspect), let position = pairs.position(of: candidate) else {
      return notEvaluated(.noCommonPrompts)
    }
    let prompts = measurement.prompts(ofPair: pairs.index(suspect, position))
    guard prompts > 0 else { return notEvaluated(.noCommonPrompts) }
    let trial = CandidateTrial(
      suspect: suspect, candidate: position, selection: selection, suspectID: contents.suspect,
      lineage: contents.lineage, pairs: pairs, channels: scores, method: method, rivals: panel, own: rivals,
      ownOutsideGroup: outsideGroup)
    guard let evaluation = trial.evaluation(scores, prompts: prompts) else {
      return notEvaluated(.cohortTooSmall(left: selection.members.count, needed: Self.minimumCohort))
    }
    return .success(
      Question(
        candidate: candidate, selection: selection, prompts: prompts, trial: trial, evaluation: evaluation,
        rivals: rivals))
  }

  /// By question; some replicates at a time, which are forgotten once they have been used.
  private func replicates(
    _ questions: [Question], _ measurement: PairMeasurements, _ scores: [ChannelScores], _ bootstrap: ProbeBootstrap,
    _ rivals: [RivalScores.Placed]
  ) async -> [[CandidateTrial.Replicate]] {
    var found = questions.map { _ in [CandidateTrial.Replicate]() }
    guard !questions.isEmpty else { return found }
    let combined = method.channels.count
    for start in stride(from: 0, to: replicates, by: Self.replicatesAtOnce) {
      let range = start..<min(start + Self.replicatesAtOnce, replicates)
      let drawn = await ChannelScores.replicated(scores, measurement, range, of: bootstrap).map(\.replicates)
      let rows = await concurrentMap(range.count, blocksOf: 16) { block in
        block.map { row in
          let channels = drawn.map { $0.row(row) }
          let fused = rivals.map { $0.fused(channels.prefix(combined).map(\.self)) }
          return questions.map { $0.evaluation.replicate(channels, rivals: fused) }
        }
      }
      for row in rows.joined() {
        for (place, replicate) in row.enumerated() { found[place].append(replicate) }
      }
    }
    return found
  }

  private func setting(
    _ question: Question, _ contents: CaseContents, _ measurement: PairMeasurements, _ lengths: [Double]
  ) -> Calibration.Setting {
    let both = [contents.suspect, question.candidate].compactMap(measurement.pairs.position(of:)).map { lengths[$0] }
    return Calibration.Setting(
      prompts: question.prompts, cohort: question.evaluation.cohort, characters: both.min() ?? .nan,
      withoutSpaces: measurement.isWrittenWithoutSpaces,
      lineage: rules.asksForLineage
        ? StatedLineage(
          question.selection, suspect: contents.suspect, candidate: question.candidate, lineage: contents.lineage)
        : nil)
  }

  /// By question.
  private func sensitivities(
    _ questions: [Question], _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores],
    _ panel: RivalScores, _ fused: [Double]
  ) async -> [Sensitivity] {
    let pairs = measurement.pairs
    let subsets = ProbeSubset.all(measurement, scores, probes: contents.probes)
    let members = questions.map { $0.trial.members.compactMap(pairs.position(of:)) }
    let adjusted = scores.map(\.adjusted)
    // Without a calibration nothing is said of the ratio, and nothing of rivals.
    let isAsked = calibration != nil
    let without =
      isAsked ? await panel.fused(adjusted, withoutEachOf: Set(members.joined()).sorted(), fused: fused) : [:]
    let ofSubsets = await concurrentMap(isAsked ? subsets.count : 0, blocksOf: 1) { block in
      block.map { place in panel.placed(on: subsets[place].adjusted).map { $0.fused(subsets[place].adjusted) } }
    }.flatMap(\.self)
    let orders = isAsked ? panel.orders(on: adjusted) : []
    let lengths = measurement.meanLengths
    let trials = questions.enumerated().compactMap { place, question -> SensitivityTrial? in
      guard let suspect = pairs.position(of: contents.suspect), let candidate = pairs.position(of: question.candidate)
      else { return nil }
      return SensitivityTrial(
        suspect: suspect, candidate: candidate, members: members[place], pairs: pairs, scores: scores, method: method,
        rivals: panel, own: question.rivals, rivalsWithout: without, rivalsOfSubsets: ofSubsets,
        rivalOrders: orders, calibration: ownCalibration(of: question.candidate),
        setting: setting(question, contents, measurement, lengths), subsets: subsets,
        drawnHalves: rules.halves, seed: contents.seed)
    }
    return await concurrentMap(trials.count, blocksOf: 1) { block in block.map { trials[$0].run() } }.flatMap(\.self)
  }

  private func ratios(
    _ candidate: ModelID, _ scores: CandidateScores, in setting: Calibration.Setting
  ) -> [AlternativeFinding] {
    guard let calibration = ownCalibration(of: candidate) else { return [] }
    return Alternative.allCases.map {
      AlternativeFinding(
        alternative: $0,
        result: calibration.ratio(
          $0, fused: $0.readsLead ? scores.fused : scores.fusedAlone,
          replicates: $0.readsLead ? scores.fusedReplicates : scores.fusedAloneReplicates, in: setting,
          confidence: confidence))
    }
  }
}
