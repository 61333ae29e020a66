import Cases
import Foundation
package import Likelihood
package import Validation

/// Every sentence about likelihoods of given answers, and about direction.
package enum LikelihoodWording {
  package static func reason(_ refusal: CrossLikelihood.Refusal) -> String {
    switch refusal {
    case .cohortTooSmall(let given, let needed):
      """
      the cohort has \(given) \(given == 1 ? "model" : "models"), \(needed) are needed: add transcripts of unrelated models
      """
    case .noCommonPrompts: "suspect and candidates answered no common prompt: record answers to the same probe set"
    case .notAsked(let model):
      "\(model) was not asked: its recorded answers cannot tell how likely it finds those of others"
    case .ownAnswersUnlikely(let model):
      """
      \(model) finds its own answers less likely than a stranger does: what its endpoint tells of given answers is not what it answers by; ask it in the dialect and by the template that it answered in, or leave it out
      """
    }
  }

  /// What is left open of candidates whose answers were recorded.
  package static func notAsked(_ models: [String]) -> String {
    "how likely \(models.joined(separator: ", ")) find the suspect's answers, and so direction: not evaluated, for they were not asked"
  }

  package static func direction(_ verdict: DirectionFinding.Verdict, _ cross: CrossLikelihood) -> String {
    switch verdict {
    case .notDetermined: "not determined"
    case .suspectFromCandidate:
      "if one learned from the other, dates and likelihoods point to \(cross.suspect) as the one that learned"
    case .candidateFromSuspect:
      "if one learned from the other, dates and likelihoods point to \(cross.candidate) as the one that learned"
    }
  }

  package static func sentence(_ observation: DirectionFinding.Observation, _ cross: CrossLikelihood) -> String {
    switch observation {
    case .releaseDates(let dates?):
      "As stated, \(cross.suspect) was released on \(dates.suspect) and \(cross.candidate) on \(dates.candidate)."
    case .releaseDates(nil): "Dates of release were not stated for both."
    case .likelihood(.onlyCandidates):
      "Only the answers of \(cross.candidate) are likelier under the other model than under every cohort model."
    case .likelihood(.onlySuspects):
      "Only the answers of \(cross.suspect) are likelier under the other model than under every cohort model."
    case .likelihood(.both):
      "Each finds the other's answers likelier than every cohort model does: that is so in whichever direction."
    case .likelihood(.neither): "Neither finds the other's answers likelier than every cohort model does."
    case .likelihood(.withinChance):
      "The difference between the two directions is within what the choice of prompts may make of it."
    case .notAsked: "Markers planted in answers and base models were not asked for."
    }
  }

  package static func reason(_ refusal: ReferenceFindings.Refusal) -> String {
    switch refusal {
    case .tooFewOthers(let found, let needed):
      """
      answers of \(found) other \(found == 1 ? "model" : "models") than the candidate and its relatives, \(needed) are needed: add transcripts of strangers to the cohort
      """
    case .tooFewAnswers(let found, let needed):
      """
      \(found) prompts on which suspect and base tell the likelihood of everybody's answers, \(needed) are needed: raise --answers, or record more answers
      """
    case .ownAnswersUnlikely:
      """
      the base finds the suspect's own answers likelier than the suspect does: what its endpoint tells of given answers is not what it answers by; ask both in the dialect and by the template that the suspect answered in
      """
    case .referenceTooFar:
      """
      suspect and base are further apart on everybody's answers than the suspects of the calibration are from theirs at most: the reference is no base of it, or the two are asked by different templates
      """
    case .nothingLearned:
      "too little is left of the calibration without the bases and teachers that are part of this case"
    case .noSpread: "likelihoods of the suspect and of its base differ by the same number for every answer"
    }
  }

  /// What a ratio against the base says of one candidate, both propositions named.
  package static func sentence(
    _ ratio: ReferenceRatio, of candidate: ReferenceFindings.Candidate, in findings: ReferenceFindings
  ) -> String {
    let (figure, interval) = figures(ratio)
    return """
      the likelihoods are \(figure) times as probable \(interval) if \(findings.suspect) was trained on answers of \(candidate.model) as if it was not, whether its teacher is among the candidates or not
      """
  }

  /// A ratio, with whether the calibration bears no more, and its interval.
  private static func figures(_ ratio: ReferenceRatio) -> (ratio: String, interval: String) {
    func number(_ log10: Double) -> String { String(format: "%.2g", pow(10, log10)) }
    let cap = ratio.log10 >= ratio.bounds.upper ? " (cap)" : ratio.log10 <= ratio.bounds.lower ? " (least)" : ""
    return ("\(number(ratio.log10))\(cap)", "[\(number(ratio.interval.low)), \(number(ratio.interval.high))]")
  }

  /// What is asked of likelihoods beside the ratio of texts.
  package static let question = "And by likelihoods?"

  /// Each candidate's ratio against the base, or why there is none, for whoever reads the ratio of texts.
  package static func beside(_ findings: ReferenceFindings) -> String {
    var ratios: [String] = []
    var refused: [(reason: ReferenceFindings.Refusal, models: [String])] = []
    for candidate in findings.candidates {
      switch candidate.ratio {
      case .success(let ratio):
        let (figure, interval) = figures(ratio)
        ratios.append("\(figure) \(interval) for \(candidate.model)")
      case .failure(let why):
        if let place = refused.firstIndex(where: { $0.reason == why }) {
          refused[place].models.append(candidate.model.rawValue)
        } else {
          refused.append((why, [candidate.model.rawValue]))
        }
      }
    }
    var parts = refused.map { "no ratio for \($0.models.joined(separator: ", ")) (\(reason($0.reason)))" }
    if !ratios.isEmpty {
      parts.insert(
        "\"trained on its answers\" over \"not trained on them\" a ratio of \(ratios.joined(separator: ", "))", at: 0)
    }
    return """
      Against the base \(findings.base), likelihoods of given answers give \(parts.joined(separator: "; ")). They are a second finding, not multiplied with the ratio of texts: nothing shows that the two are independent.
      """
  }

  /// How much weaker a comparison without strangers is, and what was measured of it.
  package static func sides(_ score: ReferenceScore, by calibration: ReferenceCalibration) -> String {
    switch score.sides {
    case .both: return "over \(score.strangers) strangers with a base of their own"
    case .one:
      let alone = "from one side only: no stranger with a base of its own was asked"
      guard let one = calibration.fits[.one], let both = calibration.fits[.both] else { return alone }
      func cllr(_ fit: ReferenceCalibration.Fit) -> String { String(format: "%.2f", fit.cllr) }
      func above(_ fit: ReferenceCalibration.Fit) -> String {
        let ratios = fit.unseen.ifFalse.values.flatMap(\.self)
        return "\(ratios.count { $0 > 0 }) of \(ratios.count)"
      }
      return """
        \(alone), and on published losses such ratios are much weaker (Cllr \(cllr(one)) in place of \(cllr(both)); above 1 for \(above(one)) candidates that were not the teacher, in place of \(above(both)))
        """
    }
  }
}
