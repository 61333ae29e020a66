package import Likelihood

/// Every sentence about likelihoods of given answers, and about direction.
package enum LikelihoodWording {
  package static func reason(_ refusal: CrossLikelihood.Refusal) -> String {
    switch refusal {
    case .cohortTooSmall(let given, let needed):
      """
      the cohort has \(given) \(given == 1 ? "model" : "models"), \(needed) are needed: add transcripts of unrelated models
      """
    case .noCommonPrompts: "suspect and candidates answered no common prompt: record answers to the same probe set"
    case .ownAnswersUnlikely(let model):
      """
      \(model) finds its own answers less likely than a stranger does: what its endpoint tells of given answers is not what it answers by; ask it in the dialect and by the template that it answered in, or leave it out
      """
    }
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
}
