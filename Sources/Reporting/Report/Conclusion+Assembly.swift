package import Cases
package import Likelihood

extension Conclusion {
  /// - Parameters:
  ///   - candidates: of the report, in the order of the findings.
  init(_ contents: CaseContents, _ analysis: Analysis, _ candidates: [Report.Candidate]) {
    let asked = Self.alternative(of: contents)
    alternative = asked
    isFrozen = contents.run?.custody?.planned?.alternative != nil
    findings = zip(analysis.candidates, candidates).map {
      Finding.of($0, $1, suspect: contents.suspect, alternative: asked, rules: analysis.rules)
    }
    groups = Self.groups(findings, lineage: contents.lineage)
    let found = findings
    self.asked = analysis.groups.map { Report.Group($0, found, suspect: contents.suspect, rules: analysis.rules) }
    let parts = ConclusionParts(
      suspect: contents.suspect, alternative: asked, findings: findings, groups: groups, asked: self.asked,
      analysis: analysis, candidates: candidates, lineage: contents.lineage)
    sentences = Question.allCases.compactMap { question in
      parts.sentence(question).map { Sentence(question: question, text: $0) }
    }
    reached = Self.reached(parts.highest, asked, analysis.usedCalibration(of: parts.highest?.candidate))
    rule = analysis.calibration?.fits.first { $0.alternative == .noLink }.map(Rule.init)
    limits = ConclusionLimits.all(contents, parts, asked == .noLink ? rule : nil, isFrozen: isFrozen)
  }

  /// Of the pair of propositions that the first page answers.
  package static func alternative(of contents: CaseContents) -> Alternative {
    let planned = contents.run?.custody?.planned
    // Whoever froze a protocol without one asked of no link; what is stated later was not chosen before.
    let stated = planned == nil ? contents.commission.alternative : planned?.alternative
    return stated.flatMap(Alternative.init) ?? .noLink
  }

  private static func groups(_ findings: [Finding], lineage: Lineage) -> [Group] {
    var order: [String] = []
    var members: [String: [Finding]] = [:]
    for finding in findings {
      guard let developer = lineage[finding.candidate]?.developer else { continue }
      if members[developer] == nil { order.append(developer) }
      members[developer, default: []].append(finding)
    }
    guard order.count > 1, members.values.contains(where: { $0.count > 1 }) else { return [] }
    return order.map { developer in
      let own = members[developer] ?? []
      let highest = own.filter { $0.log10?.value != nil }.max { ($0.log10?.value ?? 0) < ($1.log10?.value ?? 0) }
      return Group(developer: developer, members: own.map(\.candidate), highest: highest?.candidate)
    }
  }

  /// Relations that stand beside a ratio, in this order, by the names of the table of pairs.
  static let relations = [
    "sibling_same_teacher", "teacher_same_developer", "same_base_different_tuning", "reverse_direction",
    "same_family_version", "same_model_variant",
  ]

  private static func reached(
    _ highest: Finding?, _ alternative: Alternative, _ calibration: Calibration?
  ) -> [Reached] {
    guard alternative == .noLink, let value = highest?.log10?.value,
      let fit = calibration?.fits.first(where: { $0.alternative == .noLink })
    else { return [] }
    // Ratios of known pairs have three decimals.
    func row(_ relation: String, _ ratios: [Double]) -> Reached {
      Reached(relation: relation, count: ratios.count { $0 >= value - 0.0005 }, of: ratios.count)
    }
    let known = calibration?.known?.relations ?? [:]
    return [
      row(Self.noLink, fit.unseen.ifFalse.values.flatMap(\.self)),
      row(Self.documented, fit.unseen.ifTrue.values.flatMap(\.self)),
    ] + relations.compactMap { relation in known[relation].map { row(relation, $0) } }
  }

  /// Relations of the pairs that a line was fitted on.
  package static let noLink = "no_link"
  static let documented = "documented"
}

extension Conclusion.Finding {
  static func of(
    _ finding: CandidateFinding, _ candidate: Report.Candidate, suspect: ModelID, alternative: Alternative,
    rules: AnalysisRules
  ) -> Self {
    let propositions = Propositions(alternative, suspect: suspect, candidate: candidate.model)
    func without(_ standing: Conclusion.Standing, _ sentence: String) -> Self {
      Self(candidate: candidate.model, standing: standing, log10: nil, cap: nil, interval: nil, sentence: sentence)
    }
    guard candidate.combined != nil else {
      return without(
        .notEvaluated,
        ConclusionWording.notEvaluated(
          propositions, candidate.notEvaluated ?? ConclusionWording.nothingMeasured))
    }
    if candidate.isIndistinguishable, let test = candidate.sameModelTest {
      return without(.sameModel, ConclusionWording.sameModel(propositions, test))
    }
    switch finding.ratios.first(where: { $0.alternative == alternative })?.result {
    case .success(let ratio) where ratio.canTell(by: rules):
      let standing = standing(ratio)
      let cap = ratio.cap(by: rules)
      return Self(
        candidate: candidate.model, standing: standing, log10: Figure(ratio.log10), cap: cap,
        interval: cap == nil ? Report.Range(ratio.interval) : nil,
        sentence: ConclusionWording.sentence(ratio, propositions, standing: standing))
    case .success: return without(.notEvaluated, ConclusionWording.cannotTell(propositions))
    case .failure(let refused):
      // All obstacles at once, where the case itself is one.
      let reasons = candidate.refusals.isEmpty ? [refused.reason] : candidate.refusals
      return without(
        .notEvaluated,
        ConclusionWording.notEvaluated(propositions, reasons.map(RatioWording.refusal).joined(separator: "; ")))
    case nil:
      return without(.notEvaluated, ConclusionWording.notEvaluated(propositions, ConclusionWording.noCalibration))
    }
  }

  package static func standing(_ ratio: LikelihoodRatio) -> Conclusion.Standing {
    let two = LikelihoodRatio.leastTelling
    if ratio.isIndicated { return .linkIndicated }
    if ratio.log10 >= two { return .forProposition }
    return ratio.log10 <= -two ? .forAlternative : .forNeither
  }
}

extension Conclusion.Rule {
  init(_ fit: Calibration.Fit) {
    func count(_ families: [String: [Double]]) -> Count {
      let ratios = families.values.flatMap(\.self)
      return Count(count: ratios.count { $0 >= Conclusion.log10Indicating }, of: ratios.count)
    }
    falsely = count(fit.unseen.ifFalse)
    found = count(fit.unseen.ifTrue)
    let reached = fit.unseen.families(atLeast: Conclusion.log10Indicating).ifFalse
    families = Count(count: reached.count, of: reached.of)
  }
}

extension Conclusion {
  static let log10Indicating = IndicationRule.least
}
