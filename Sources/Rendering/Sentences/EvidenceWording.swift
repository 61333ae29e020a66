import Likelihood
import Reporting
import Statistics

/// What a reader looks at: answers side by side, runs and phrases.
enum EvidenceWording {
  static let notShown = """
    Answers of this pair are not looked into here: that is done for the \(PairEvidence.maximumCandidates) candidates with the highest combined scores, and by `retort explain` for any.
    """

  static func choice(_ evidence: EvidenceToLookAt) -> String {
    let rule = """
      \(evidence.probesOfHalf) of the \(evidence.probes) probes that both answered make half of what probes add to the combined score. \
      Shown by rule, so that nothing is picked: of all these probes, ordered by what each adds, the first, the middle and the last, with each model's first answer.
      """
    return evidence.phrases == nil ? "\(rule) Texts are left out of this report." : rule
  }

  static let marked = """
    Marked: what both answers have in runs of 4 words or marks and more (in scripts without spaces, 8 characters), and how both begin.
    """

  static let runs = """
    Word for word in both, those that the fewest of the other models say first. \
    A run that most say is forced by the prompt. \
    Rarity: the 95 % upper limit of the share of unrelated models that would say it, as far as so few others tell.
    """

  static func rarity(_ run: EvidenceToLookAt.Run) -> String {
    guard run.answering > 0 else { return "not evaluated" }
    let limit = ExactInterval.upperLimit(successes: run.others, trials: run.answering, confidence: 0.95)
    return "at most \(Wording.percent(Figure(limit)))"
  }

  static let phrases =
    "Phrases that both use on more prompts than the cohort does; the deviation is in standard errors."
}
