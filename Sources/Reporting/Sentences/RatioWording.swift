package import Cases
import Foundation
package import Likelihood

/// Every sentence about likelihood ratios.
package enum RatioWording {
  package static func name(_ alternative: Alternative) -> String {
    switch alternative {
    case .noLink: "no link"
    case .commonTeacher: "a common teacher"
    case .sameBase: "one base model with other tuning"
    case .otherTeacherSamePrompts: "another teacher's answers to the same prompts"
    case .otherModelOfDeveloper: "another model of the candidate's developer"
    case .reverseDirection: "the reverse direction"
    case .webContamination: "text of other models on the web"
    case .convergence: "likeness without a link"
    }
  }

  static func proposition(_ alternative: Alternative, suspect: ModelID, candidate: ModelID) -> String {
    switch alternative {
    case .noLink: "there is no link between the two"
    case .commonTeacher: "both were trained on answers of a third model"
    case .sameBase: "both were tuned from one base model on other data"
    case .otherTeacherSamePrompts: "\(suspect) was trained on another teacher's answers to the same prompts"
    case .otherModelOfDeveloper: "\(suspect) was trained on answers of another model of \(candidate)'s developer"
    case .reverseDirection: "\(candidate) was trained on answers of \(suspect)"
    case .webContamination: "both read text on the web that other models had written"
    case .convergence: "both came to answer alike without any link"
    }
  }

  static func refusal(_ reason: Calibration.Refusal) -> String {
    switch reason {
    case .tooFewFamilies(let found, let needed):
      "\(found) independent \(found == 1 ? "family" : "families") of known truth, \(needed) are needed"
    case .symmetric: "the scores are the same both ways and do not address direction"
    case .onlyArgued: "no comparisons of known truth exist; it can only be argued"
    case .tooFewPrompts(let found, let needed):
      "the case lies outside the range of the calibration: \(found) common prompts, \(needed) are needed"
    case .cohortTooSmall(let found, let needed):
      "the case lies outside the range of the calibration: \(found) unrelated models in the cohort, \(needed) are needed"
    case .answersTooShort(let found, let needed):
      """
      the case lies outside the range of the calibration: answers of \(found) characters in the mean, open-ended ones have \(needed) or more
      """
    case .scriptNotCovered(let withoutSpaces):
      """
      the case lies outside the range of the calibration: it is not borne out for scripts \(withoutSpaces ? "without" : "with") spaces between words
      """
    case .lineageUnknown(let models):
      """
      neither developer nor base of \(Wording.both(models)) is stated, so that nobody can say which models of the cohort are relatives
      """
    case .cohortLineageUnknown(let found, let all, let needed):
      """
      developer or base is stated of \(found) of the \(all) models of the cohort, \(needed) are needed to tell relatives from strangers
      """
    case .basesDiffer(let bases):
      "the lineage names two base models, \(bases.suspect) and \(bases.candidate)"
    case .groupsNotFitted: "the calibration was fitted on pairs alone"
    case .lineNotFitted:
      """
      no line can be fitted on what the calibration has left without the families of the case: its scores do not differ, or the fit does not converge
      """
    case .scoreMissing: "a channel has no score"
    }
  }

  /// In place of a ratio where an equality test did not tell the two apart.
  static let mayBeOneModel = "the two may be the same model"

  /// Two significant digits; of a ratio just below the limit of the rule of words the digits are cut, so that none reads as the
  /// limit and is not at it.
  package static func ratio(log10: Double) -> String {
    let value = pow(10, log10)
    guard value.isFinite, value > 0 else { return "–" }
    // Two figures of what is printed: 9.96 is 10, not 10.0.
    let step = pow(10, Foundation.log10(value).rounded(.down) - 1)
    let printed = (value / step).rounded() * step
    if log10 < IndicationRule.least, printed >= IndicationRule.leastRatio, value < IndicationRule.leastRatio {
      return Figure((value / step).rounded(.down) * step).text(decimals: 1)
    }
    let decimals = max(0, 1 - Int((Foundation.log10(printed) + 1e-9).rounded(.down)))
    return Figure(value).text(decimals: min(decimals, 4))
  }

  /// As it is printed: `15 (cap)`.
  package static func number(_ ratio: Report.Ratio) -> String {
    ratio.log10?.value.map { "\(self.ratio(log10: $0))\(ratio.isAtBound == true ? " (cap)" : "")" } ?? "–"
  }

  /// All alternatives of one candidate that no ratio speaks of, in one sentence.
  package static func notEvaluated(_ ratios: [Report.Ratio], candidate: ModelID) -> String? {
    guard !ratios.isEmpty else { return nil }
    let reasons = ratios.reduce(into: [(names: [String], reason: String)]()) { found, ratio in
      let reason = ratio.notEvaluated ?? cannotVary
      if let place = found.firstIndex(where: { $0.reason == reason }) {
        found[place].names.append(name(ratio.alternative))
      } else {
        found.append(([name(ratio.alternative)], reason))
      }
    }
    let list = reasons.map { "\($0.names.joined(separator: ", ")) (\($0.reason))" }.joined(separator: "; ")
    return "Training on answers of \(candidate) is not weighed against these: \(list)."
  }

  package static let cannotVary = """
    these answers cannot tell: the validation set bears no ratio of 2 or more in both directions
    """

  package static func sentence(_ ratio: LikelihoodRatio, suspect: ModelID, candidate: ModelID) -> String {
    let propositions = Propositions(ratio.alternative, suspect: suspect, candidate: candidate)
    guard ratio.canTell else { return ConclusionWording.cannotTell(propositions) }
    let weighed = ConclusionWording.weighed(ratio.log10, cap: ratio.cap, propositions)
    let support = VerbalScale.words(log10: ratio.log10, for: propositions.names)
    let bound = ratio.cap == nil ? "" : " The validation set supports nothing beyond, which is the cap."
    return """
      The likeness found is \(weighed): \(support).\(bound) \
      \(reached(ratio))
      """
  }

  private static func reached(_ ratio: LikelihoodRatio) -> String {
    let found = ratio.reachedIfFalse
    let limit = Wording.percent(Figure(found.upperLimit))
    return """
      In the validation set a ratio this high came up in \(found.count) of \(found.of) families where the alternative is true (95 % upper limit of the rate \(limit)), and in \(ratio.reachedIfTrue.count) of \(ratio.reachedIfTrue.of) where the proposition is.
      """
  }

  /// What would have been seen, had there been training.
  static func power(_ fit: Calibration.Fit) -> String {
    let detected = fit.detected.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.count) of \($0.value.of)" }
    let share = fit.leastShareSeen.map {
      "The smallest share of a teacher's answers at which at least half of the students were seen is \($0) %. "
    }
    let reached = fit.leastRatioOfStudents.map {
      "Nine in ten of all of them got a ratio of \(ratio(log10: $0)) or more for a link rather than no link. "
    }
    return """
      What would have been seen: of the validation set's documented students, these got a ratio above 2 against no link, by kind of training: \(detected.joined(separator: ", ")). \
      \(share ?? "")\(reached ?? "")\
      A ratio near 1 or below is no exclusion of training on the candidate's answers; the lowest ratio that the validation set supports is \(ratio(log10: fit.bounds.lower)).
      """
  }

  static let notThis = """
    A likelihood ratio is not the probability of training: that also depends on everything else that is known, which is for those who decide.
    """

  /// Against several alternatives at once, by weights that were given.
  static func mixture(_ mixture: AlternativeMixture, log10: Double?) -> String {
    let asked = "Against the mixture of alternatives with the weights that were given, \(mixture.text)"
    guard let log10 else { return "\(asked): not evaluated, for one of them has no ratio." }
    return """
      \(asked): likelihood ratio \(ratio(log10: log10)) for training on the candidate's answers rather than that mixture. \
      The weights are not a finding of this program, and change no other sentence of the report.
      """
  }

  /// A sentence for each candidate without a ratio where others have one.
  static func missing(_ candidates: [Report.Candidate]) -> [String] {
    candidates.compactMap { candidate in
      reason(candidate).map { "None is given for \(candidate.model): \($0)." }
    }
  }

  private static func reason(_ candidate: Report.Candidate) -> String? {
    candidate.ratios.first { $0.alternative == .noLink }?.notEvaluated ?? candidate.notEvaluated
  }

  /// Why no candidate has a ratio.
  static func none(_ candidates: [Report.Candidate], hasCalibration: Bool) -> String {
    guard hasCalibration else {
      return "No likelihood ratio is given: there is no calibration for this method. \(onlyScores)"
    }
    let reasons = candidates.compactMap(reason)
    let distinct = reasons.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return "No likelihood ratio is given: \(distinct.joined(separator: "; ")). \(onlyScores)"
  }

  private static let onlyScores = """
    What follows are scores, normalised by a cohort; they describe, they do not weigh.
    """

  package static func range(_ validity: Calibration.Validity) -> String {
    let scripts = [
      validity.withSpaces ? "with" : nil, validity.withoutSpaces ? "without" : nil,
    ].compactMap(\.self).joined(separator: " and ")
    return """
      at least \(validity.minimumPrompts) common prompts, \(validity.minimumCohort) unrelated models in the cohort, answers of \(validity.minimumCharacters) characters or more in the mean, scripts \(scripts) spaces between words
      """
  }
}
