package import Cases
import Formats
import LinearAlgebra
package import Similarity
import Statistics

/// A case by one method: channels, the effect of length taken out, each normalised by the cohort from both sides, with a
/// bootstrap over probes.
package struct CohortAnalysis: Sendable {
  /// Fewest models in a cohort, as given.
  package static let fewestInCohort = 4

  package let method: CohortMethod
  package let replicates: Int
  package let confidence: Double
  private let calibration: Calibration?

  /// - Parameter calibration: one of the same method; without it no likelihood ratio is given.
  package init(
    method: CohortMethod = .current, calibration: Calibration? = nil, replicates: Int = 1_000,
    confidence: Double = 0.95
  ) {
    self.method = method
    self.calibration = calibration
    self.replicates = replicates
    self.confidence = confidence
  }

  /// The channels of the method for all models: what cases that share all their answers can share as well.
  package func measure(_ transcripts: [ModelID: Transcript]) async -> PairMeasurements {
    await ChannelRun.measure(AnswerTable(transcripts), channels: method.channels + method.besides)
  }

  /// - Parameter shared: what `measure` gave for the very transcripts of the case; nil measures them.
  /// - Throws: `LikelihoodError` if there is nothing that can be measured.
  package func run(_ contents: CaseContents, shared: PairMeasurements? = nil) async throws -> Analysis {
    guard contents.cohort.count >= Self.fewestInCohort else {
      throw LikelihoodError.cohortTooSmall(given: contents.cohort.count, needed: Self.fewestInCohort)
    }
    let measurement =
      if let shared { shared } else { await measure(contents.transcripts) }
    guard !measurement.prompts.isEmpty else { throw LikelihoodError.noCommonPrompts }
    let scores = await ChannelScores.all(
      measurement, adjustedForLength: method.adjustedForLength, asked: askedPairs(contents, measurement.pairs),
      bootstrap: ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: contents.seed))
    let subsets = ProbeSubset.all(measurement, scores, probes: contents.probes)
    var findings: [CandidateFinding] = []
    for candidate in contents.candidates {
      findings.append(await finding(candidate, contents, measurement, scores, subsets))
    }
    guard findings.contains(where: { if case .notEvaluated(.noCommonPrompts) = $0.outcome { false } else { true } })
    else { throw LikelihoodError.noCommonPrompts }
    let combined = Set(method.channels.map(\.name))
    return Analysis(
      method: .init(
        name: method.name, version: method.version,
        channels: zip(method.channels + method.besides, scores).map {
          .init($0, isCombined: combined.contains($0.name), lengthCoefficient: $1.adjustment?.coefficient)
        }, reference: method.reference, strongestRivals: method.strongestRivals, replicates: replicates,
        confidence: confidence, seed: contents.seed),
      suspect: contents.suspect, candidates: findings, cohort: contents.cohort.sorted(),
      prompts: measurement.prompts.count,
      meanLengths: Dictionary(uniqueKeysWithValues: zip(measurement.pairs.models, measurement.meanLengths)),
      sources: contents.transcripts.mapValues(\.source.hex),
      arithmetic: .init(library: BLAS.configuration, kernel: BLAS.kernel), calibration: calibration,
      relations: await ModelTree(
        measurement, Array(scores.prefix(method.channels.count)), replicates: ModelTree.replicates),
      evidence: await evidence(findings, contents, measurement, scores))
  }

  /// One candidate alone, and nothing of what leaving out parts of the evidence changes. The others stay what they are: rivals.
  ///
  /// - Throws: `LikelihoodError` if there is nothing that can be measured.
  package func briefly(_ contents: CaseContents, _ candidate: ModelID) async throws -> CandidateFinding {
    let measurement = await measure(contents.transcripts)
    guard !measurement.prompts.isEmpty else { throw LikelihoodError.noCommonPrompts }
    let scores = await ChannelScores.all(
      measurement, adjustedForLength: method.adjustedForLength, asked: askedPairs(contents, measurement.pairs),
      bootstrap: ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: contents.seed))
    return await finding(candidate, contents, measurement, scores, nil)
  }

  /// Of those that were evaluated, for the highest combined scores; of equal ones, for the first.
  private func evidence(
    _ findings: [CandidateFinding], _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores]
  ) async -> [ModelID: PairEvidence] {
    let nearest = findings.enumerated().compactMap { place, finding -> (combined: Double, place: Int)? in
      guard case .evaluated(let scores) = finding.outcome, scores.combined.isFinite else { return nil }
      return (scores.combined, place)
    }.sorted { ($1.combined, $0.place) < ($0.combined, $1.place) }.prefix(PairEvidence.mostCandidates)
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

  private func finding(
    _ candidate: ModelID, _ contents: CaseContents, _ measurement: PairMeasurements, _ scores: [ChannelScores],
    _ subsets: [ProbeSubset]?
  ) async -> CandidateFinding {
    let pairs = measurement.pairs
    let selection = CohortSelection(
      from: contents.cohort, suspect: contents.suspect, candidate: candidate, lineage: contents.lineage)
    func notEvaluated(_ reason: CandidateFinding.Reason) -> CandidateFinding {
      CandidateFinding(
        candidate: candidate, selection: selection, outcome: .notEvaluated(reason), ratios: [], setting: nil,
        sensitivity: nil)
    }
    guard let suspect = pairs.position(of: contents.suspect), let position = pairs.position(of: candidate) else {
      return notEvaluated(.noCommonPrompts)
    }
    let prompts = measurement.prompts(ofPair: pairs.index(suspect, position))
    guard prompts > 0 else { return notEvaluated(.noCommonPrompts) }
    let rivals = RivalScores(
      suspect: contents.suspect,
      rivals: RivalLead.rivals(
        from: contents.cohort + contents.candidates, suspect: contents.suspect, candidate: candidate,
        lineage: contents.lineage),
      cohort: contents.cohort + contents.candidates, lineage: contents.lineage, measurement: measurement,
      method: method)
    let trial = CandidateTrial(
      suspect: suspect, candidate: position, selection: selection, suspectID: contents.suspect,
      lineage: contents.lineage, pairs: pairs, channels: scores, method: method, rivals: rivals)
    guard
      let found = await trial.scores(
        scores, measurement, prompts: prompts, confidence: confidence,
        level: (1 - confidence) / Double(contents.candidates.count))
    else { return notEvaluated(.cohortTooSmall(left: selection.members.count, needed: Self.fewestInCohort)) }
    let lengths = measurement.meanLengths
    let setting = Calibration.Setting(
      prompts: prompts, cohort: found.cohortScores.count, characters: min(lengths[suspect], lengths[position]),
      withoutSpaces: measurement.isWrittenWithoutSpaces)
    let sensitivity = subsets.map { subsets in
      SensitivityTrial(
        suspect: suspect, candidate: position, members: trial.members.compactMap(pairs.position(of:)), pairs: pairs,
        scores: scores, method: method, rivals: rivals, calibration: calibration, setting: setting, subsets: subsets,
        seed: contents.seed
      ).run()
    }
    return CandidateFinding(
      candidate: candidate, selection: selection, outcome: .evaluated(found), ratios: ratios(found, in: setting),
      setting: setting, sensitivity: sensitivity)
  }

  private func ratios(_ scores: CandidateScores, in setting: Calibration.Setting) -> [AlternativeFinding] {
    guard let calibration else { return [] }
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

/// Why there is nothing to analyse.
package enum LikelihoodError: Error, Hashable {
  case cohortTooSmall(given: Int, needed: Int)
  case noCommonPrompts
  /// Too few models have prompts in common for a tree.
  case tooFewModels(given: Int, needed: Int)
  /// A calibration's file that cannot be read as one; `what` is a sentence without its full stop.
  case calibrationDefective(file: String, what: String)
  /// A calibration of other channels, or of other versions of them.
  case calibrationOfOtherChannels(file: String, method: Int)
}
