package import Cases
import Formats
package import Likelihood
package import SameModel

extension Report {
  /// - Parameters:
  ///   - sameModel: for each candidate whether its answers can be told from the suspect's.
  ///   - mixture: weights of the alternatives, if whoever asks gave some.
  ///   - withoutFirstSentences: of one candidate, the same comparison without the first sentence of every answer.
  ///   - debris: what was taken off the answers before they were analysed.
  ///   - reasoning: what suspect and candidates thought before they answered, where they told it.
  ///   - tool: name and version of the program.
  ///   - arithmetic: what the report names as having computed it; nil names what did.
  ///   - excerpts: whether words of models and probes may stand in it.
  package init(
    _ contents: CaseContents, _ analysis: Analysis, sameModel: [ModelID: SameModelGate.Result],
    mixture: AlternativeMixture? = nil, withoutFirstSentences: CandidateFinding? = nil,
    debris: DebrisFinding? = nil, reasoning: [ReasoningComparison] = [],
    tool: String,
    arithmetic: Analysis.Arithmetic? = nil, excerpts: Bool = true
  ) {
    func model(_ id: ModelID) -> Model {
      let known = contents.lineage[id]
      return Model(
        model: id, developer: known?.developer, base: known?.base, family: known?.family,
        answers: contents.transcripts[id]?.responses.count ?? 0, meanLength: analysis.meanLengths[id].map(Figure.init),
        source: analysis.sources[id] ?? "")
    }
    let asked = Conclusion.alternative(of: contents)
    let candidates = analysis.candidates.map {
      Candidate(
        $0, asked: asked, suspect: contents.suspect, lineage: contents.lineage, sameModel: sameModel[$0.candidate],
        calibration: analysis.calibration, mixture: mixture,
        withoutFirstSentences: withoutFirstSentences?.candidate == $0.candidate ? withoutFirstSentences : nil,
        evidence: analysis.evidence[$0.candidate].map {
          EvidenceToLookAt($0, probes: contents.probes, excerpts: excerpts)
        })
    }
    self.excerpts = excerpts
    commission = contents.commission
    items = Item.all(contents)
    probes = ProbeList(contents)
    attempts = contents.ledger.map(AttemptList.init)
    timeline = contents.ledger.flatMap(AttemptTimeline.init)
    claimsNotMade = ClaimsNotMade.all
    identityClaims = IdentityFinding.all(contents, readsDenials: analysis.rules.readsDenials)
    schema = Self.schema
    self.tool = tool
    name = contents.name
    suspect = contents.suspect
    self.candidates = candidates
    self.debris = debris
    let answer = Conclusion(contents, analysis, candidates)
    self.answer = answer
    groups = answer.asked
    groupRule = analysis.calibration?.groups.map(Conclusion.Rule.init)
    verdicts = zip(zip(analysis.candidates, candidates), answer.findings).map {
      let verdict = VerdictWording.verdict($0.0, $0.1, $1)
      guard debris?.carries(verdict) == true else { return verdict }
      return Verdict(
        candidate: verdict.candidate, standing: verdict.standing,
        sentence: "\(verdict.sentence) \(DebrisWording.noFinding)")
    }
    calibrationModels = analysis.calibration?.known.map { Set($0.models) }
    calibrationInside = analysis.calibration?.known?.contained(in: [contents.suspect] + contents.candidates) ?? []
    calibrationTeachers = analysis.usedCalibration(of: answer.ranked.first?.candidate)?.known?.teachers
    calibrationHasLessons = analysis.calibration?.lessons != nil
    calibrationUnlinked = analysis.calibration?.known?.unlinked
    likelihoodRatio = LikelihoodRatioStatement(analysis, candidates)
    cohort = analysis.cohort.map(model)
    protocolRecord = ProtocolRecord(
      seed: String(contents.seed), prompts: analysis.prompts,
      models: ([contents.suspect] + contents.candidates).map(model), run: contents.run)
    method = Method(
      name: analysis.method.name, version: analysis.method.version,
      channels: analysis.method.channels.map {
        MethodChannel(
          name: $0.name, version: $0.version, label: $0.label, explanation: $0.explanation, definition: $0.definition,
          isCombined: $0.isCombined,
          lengthCoefficient: $0.lengthCoefficient.map(Figure.init))
      },
      reference: analysis.method.reference,
      strongestRivals: analysis.method.strongestRivals > 0 ? analysis.method.strongestRivals : nil,
      replicates: analysis.method.replicates,
      confidence: Figure(analysis.method.confidence),
      library: (arithmetic ?? analysis.arithmetic).library, kernel: (arithmetic ?? analysis.arithmetic).kernel)
    limits = LimitsWording.limits(contents, candidates)
    direction = Applicability.direction
    identicalAnswers = IdenticalAnswersFinding(contents)
    relations = analysis.relations.map {
      Relations($0, suspect: contents.suspect, candidates: contents.candidates)
    }
    self.reasoning = reasoning.map { ReasoningFinding($0, suspect: contents.suspect) }
    recomputation = Recomputation(self, calibration: analysis.calibration?.knownName)
  }
}

extension Report.Candidate {
  /// Above a ratio of 2 nothing is said of what would have been seen.
  private static let log10OfTwo = 0.30103

  init(
    _ finding: CandidateFinding, asked: Alternative, suspect: ModelID, lineage: Lineage,
    sameModel: SameModelGate.Result?,
    calibration: Calibration?, mixture: AlternativeMixture?, withoutFirstSentences: CandidateFinding?,
    evidence: EvidenceToLookAt?
  ) {
    self.withoutFirstSentences = withoutFirstSentences.flatMap { Report.Shortened($0, asked) }
    self.evidence = evidence
    model = finding.candidate
    developer = lineage[finding.candidate]?.developer
    cohortMembers = finding.selection.members
    leftOut = finding.selection.omitted.map {
      .init(
        model: $0.model, reason: VerdictWording.reason($0.relation), reasonCode: $0.relation.code, of: $0.relation.other
      )
    }
    nothingKnownOf = finding.selection.unknown
    unstated = finding.selection.unstated
    sameModelTest = sameModel.flatMap(Report.SameModelTest.init)
    let isSame = sameModelTest.map { !$0.isToldApart } ?? false
    ratios = finding.ratios.map {
      Report.Ratio(
        $0, suspect: suspect, candidate: finding.candidate, isSame: isSame,
        isHeadline: !isSame && finding.headline?.alternative == $0.alternative, isAsked: $0.alternative == asked)
    }
    calibratedWithout = finding.calibration.flatMap { Report.CalibratedWithout($0, $0.fits) }
    let own = finding.ratios.first { $0.alternative == asked }.flatMap { try? $0.result.get() }
    power =
      isSame || (own?.log10 ?? 1) > Self.log10OfTwo
      ? nil : calibration?.fits.first { $0.alternative == .noLink }.map(RatioWording.power)
    let given = isSame ? [] : finding.ratios.compactMap { try? $0.result.get() }
    self.mixture = mixture.map { mixture in
      RatioWording.mixture(
        mixture,
        log10: mixture.log10Ratio(Dictionary(uniqueKeysWithValues: given.map { ($0.alternative, $0.log10) })))
    }
    applicability = finding.setting.map { Applicability.sentence($0, calibration) }
    applicabilityCode = finding.setting.map { Applicability.standing($0, calibration) }
    refusals = finding.setting.flatMap { calibration?.refusals(in: $0) } ?? []
    setting = finding.setting.map {
      .init(
        prompts: $0.prompts, cohort: $0.cohort, characters: Figure($0.characters), withoutSpaces: $0.withoutSpaces)
    }
    conditions = finding.setting.map(Applicability.conditions)
    sensitivity = Report.SensitivityRow.rows(finding.sensitivity, asked, isSame: isSame)
    cohortHalves = Report.CohortHalves(finding.sensitivity, asked, bounds: own?.bounds, isSame: isSame)
    switch finding.outcome {
    case .evaluated(let scores):
      let of = scores.cohortScores.count + 1
      prompts = scores.prompts
      combined = Report.Combined(scores)
      channels = scores.channels.map { Report.Channel($0, of: of) }
      cohortScores = scores.cohortScores.map {
        .init(model: $0.model, combined: Figure($0.combined), channels: $0.channels.map(Figure.init))
      }
      notEvaluated = nil
      reasonCode = nil
    case .notEvaluated(let reason):
      prompts = nil
      combined = nil
      channels = []
      cohortScores = []
      notEvaluated = VerdictWording.reason(reason)
      reasonCode = reason.code
    }
  }

  /// Whether an equality test was made and did not tell suspect and candidate apart.
  package var isIndistinguishable: Bool {
    sameModelTest.map { !$0.isToldApart } ?? false
  }
}

extension Report.Ratio {
  /// - Parameter isSame: whether an equality test did not tell the two apart: then no ratio is given.
  init(
    _ finding: AlternativeFinding, suspect: ModelID, candidate: ModelID, isSame: Bool, isHeadline: Bool, isAsked: Bool
  ) {
    alternative = finding.alternative
    self.isHeadline = isHeadline
    self.isAsked = isAsked
    switch finding.result {
    case .success(let ratio) where !isSame:
      log10 = Figure(ratio.log10)
      interval = Report.Range(ratio.interval)
      bounds = Report.Range(low: Figure(ratio.bounds.lower), high: Figure(ratio.bounds.upper))
      isAtBound = ratio.isAtBound
      sentence = RatioWording.sentence(ratio, suspect: suspect, candidate: candidate)
      notEvaluated = nil
      reasonCode = ratio.canTell ? nil : Self.cannotTellCode
    case .success, .failure:
      let reason: String
      if case .failure(let refused) = finding.result {
        reason = RatioWording.refusal(refused.reason)
        reasonCode = refused.reason.code
      } else {
        reason = RatioWording.mayBeOneModel
        reasonCode = "same_model"
      }
      (log10, interval, bounds, isAtBound) = (nil, nil, nil, nil)
      sentence = CandidateWording.notEvaluated(reason)
      notEvaluated = reason
    }
  }
}

extension Report.LikelihoodRatioStatement {
  init(_ analysis: Analysis, _ candidates: [Report.Candidate]) {
    given = candidates.contains { $0.ratios.contains { $0.log10 != nil } }
    scale = VerbalScale.sentence
    calibration = analysis.calibration.map(Report.CalibrationRecord.init)
    guard given else {
      statement = RatioWording.none(candidates, hasCalibration: analysis.calibration != nil)
      return
    }
    statement = ([RatioWording.notThis] + RatioWording.missing(candidates)).joined(separator: " ")
  }
}

extension Report.CalibrationRecord {
  init(_ calibration: Calibration) {
    name = calibration.knownName ?? "of a file"
    sha256 = calibration.digest.hex
    prior = Figure(calibration.prior)
    penalty = Figure(calibration.penalty)
    reliability = calibration.reliability.map { .init(halfway: $0.halfway) }
    tool = calibration.tool
    pairs = calibration.pairs.hex
    transcripts = calibration.transcripts.hex
    families = calibration.families
    range = RatioWording.range(calibration.validity)
    figures = calibration.fits.map(Report.CalibrationFigures.init)
    groups = calibration.groups.map(Report.CalibrationFigures.init)
  }
}

extension Report.CalibrationFigures {
  init(_ fit: Calibration.Fit) {
    self.init(
      alternative: fit.alternative, pairsIfTrue: fit.pairs.ifTrue, pairsIfFalse: fit.pairs.ifFalse,
      familiesIfTrue: fit.families.ifTrue, familiesIfFalse: fit.families.ifFalse, cllr: Figure(fit.cllr),
      minimalCllr: Figure(fit.minimalCllr), slope: Figure(fit.line.slope), intercept: Figure(fit.line.intercept),
      bounds: Report.Range(low: Figure(fit.bounds.lower), high: Figure(fit.bounds.upper)),
      curves: CalibrationCurves(fit))
  }
}

extension Report.Range {
  init(_ interval: Interval) { self.init(low: Figure(interval.low), high: Figure(interval.high)) }
}

extension Report.Combined {
  package init(_ scores: CandidateScores) {
    self.init(
      score: Figure(scores.combined), interval: .init(scores.interval), rank: scores.rank,
      of: scores.cohortScores.count + 1, margin: Figure(scores.margin), marginInterval: .init(scores.marginInterval),
      predictionLimit: Figure(scores.predictionLimit), predictionLevel: Figure(scores.predictionLevel),
      lead: scores.lead.map {
        .init(
          value: Figure($0.value), interval: .init($0.interval), rivals: $0.rivals, rank: $0.rank,
          nearest: $0.nearest.map { .init(model: $0.model, ahead: Figure($0.ahead)) })
      })
  }
}

extension Report.Channel {
  init(_ channel: CandidateScores.Channel, of: Int) {
    self.init(
      name: channel.name, isCombined: channel.isCombined, score: Figure(channel.score.value),
      adjusted: Figure(channel.adjusted.value),
      suspectSide: Figure(channel.normalised.suspectSide), candidateSide: Figure(channel.normalised.candidateSide),
      normalised: Figure(channel.normalised.value), interval: .init(channel.interval), rank: channel.rank, of: of)
  }
}
