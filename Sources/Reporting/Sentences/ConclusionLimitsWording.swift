import Cases
package import Likelihood
import Statistics

/// Limits on the first page, each in one sentence.
package enum ConclusionLimitsWording {
  package static let title = "Limits that matter here"

  /// The line above the question.
  package static func facts(
    name: String, date: String?, by: String?, tool: String, alternative: String, isFrozen: Bool
  ) -> String {
    [
      "Case \(name)", date ?? "answers recorded elsewhere", "asked by: \(by ?? ItemWording.commissionNotStated)",
      "weighed: \(alternative)\(isFrozen ? ", fixed by the protocol" : "")", tool,
    ].joined(separator: " · ")
  }

  package static func rule(_ rule: Conclusion.Rule) -> String {
    let least = Figure(Conclusion.leastIndicating).text(decimals: 0)
    return """
      A link is indicated from a ratio of \(least) for a link rather than no link on, if the lower end of its interval is above 1: \(rule.falsely.count) of the validation set’s \(rule.falsely.of) pairs without a known link reach it, in \(rule.families.count) of \(rule.families.of) families, and \(rule.found.count) of \(rule.found.of) documented ones, counted by the ratio alone: with the interval there are no more.
      """
  }

  static func inside(_ models: [ModelID]) -> String {
    """
    \(Wording.list(models)) \(models.count == 1 ? "is" : "are") in the validation set that the ratios were learned from: no blind ratio.
    """
  }

  /// Of candidates of a suspect that is not.
  static func insideWhole(_ models: [ModelID]) -> String {
    """
    \(Wording.list(models)) \(models.count == 1 ? "is" : "are") in the validation set that the ratios were learned from, in pairs with other suspects, and those were not left out: no ratio that is blind to \(models.count == 1 ? "it" : "them").
    """
  }

  static func insideFamily(_ suspect: ModelID, _ family: String) -> String {
    """
    The family of \(suspect), \(family), is in the validation set that the ratios were learned from: no blind ratio.
    """
  }

  static func without(_ without: Calibration.Without, _ candidate: ModelID) -> String {
    """
    \(Wording.list(without.models)) \(without.models.count == 1 ? "is" : "are") in the validation set, or of a family that is; \(candidate) is judged without its family: the calibration for this pair was fitted without \(without.pairs.count) of \(without.pairs.of) pairs, those of \(without.names.joined(separator: ", ")).
    """
  }

  static func teachers(all: Int, most: String, count: Int, own: Int, developer: String) -> String {
    """
    The ratio is carried over from other makers: of the \(all) documented pairs that it was learned from, \(own == 0 ? "none has" : own == 1 ? "1 has" : "\(own) have") a teacher made by \(developer), as the candidate is; most, \(count), have one made by \(most).
    """
  }

  /// Of a cohort whose answers are much longer or shorter.
  static func unlike(_ found: CohortResemblance) -> String {
    func characters(_ value: Double) -> String { Figure(value).text(decimals: 0) }
    return """
      The answers of \(found.model) have \(characters(found.characters)) characters in the mean, those of the cohort \(characters(found.cohort.lowerBound)) to \(characters(found.cohort.upperBound)): beside models that write so much longer or shorter, the usual is less well known.
      """
  }

  package static func several(_ candidates: Int, _ unlinked: KnownPairs.Unlinked, log10: Double) -> String {
    let reached = unlinked.highest.count { $0 >= log10 - 0.0005 }
    let limit = ExactInterval.upperLimit(successes: reached, trials: unlinked.highest.count, confidence: 0.95)
    return """
      Of \(unlinked.highest.count) suspects of the validation set, each beside \(Figure(unlinked.candidates).text(decimals: 0)) candidates without a link, \(reached) had one with a ratio of \(RatioWording.ratio(log10: log10)) or more for a link rather than no link (95 % upper limit \(Wording.percent(Figure(limit), decimals: 1))); here \(candidates == 1 ? "1 candidate was" : "\(candidates) candidates were") looked at.
      """
  }

  /// - Parameters:
  ///   - count: models of which nothing is known.
  ///   - unstated: others without developer and base; something else may be stated of them, and leave relatives out.
  static func unknown(_ count: Int, unstated: Int, of all: Int) -> String {
    func models(_ some: Int) -> String { some == all ? "the models" : "\(some) of \(all) models" }
    let nothing = "Nothing is known of where \(models(count)) come\(count == 1 ? "s" : "") from"
    guard unstated > 0 else { return "\(nothing): relatives among them stay in the cohort." }
    let without =
      count > 0
      ? "\(nothing), and of \(unstated) more neither developer nor base is stated"
      : "Neither developer nor base is stated of \(models(unstated))"
    return "\(without): relatives among them may stay in the cohort."
  }

  static let notTested = "Not tested: one model under two names, for there is one answer a prompt."

  static let notFixed = "Models, probes and method were not fixed before the answers were there."

  static let alternativeNotFixed =
    "The protocol was frozen by a version that fixed no alternative: it is no link, whatever was stated later."
}
