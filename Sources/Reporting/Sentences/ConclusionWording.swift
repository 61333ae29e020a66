package import Cases
import Foundation
package import Likelihood
import Statistics

/// The answers of the first page. The terminal, the browser, studies and the sections of single candidates say the same.
package enum ConclusionWording {
  static let nothingMeasured = "nothing was measured"
  static let noCalibration = "there is no calibration for this method"

  package static func question(_ question: Conclusion.Question) -> String {
    switch question {
    case .link: "Is there a link?"
    case .kind: "Which kind of link?"
    case .named: "Which of those named?"
    case .change: "What would change this?"
    }
  }

  package static func words(_ standing: Conclusion.Standing) -> String {
    switch standing {
    case .linkIndicated: "a link is indicated"
    case .forProposition, .forNeither, .forAlternative: "no link is indicated"
    case .sameModel: "the same model, as far as these probes can tell"
    case .notEvaluated: "not evaluated"
    }
  }

  // MARK: One candidate

  /// How often the findings come about under one proposition as under the other, the more probable one first.
  ///
  /// - Parameter interval: of the ratio; nil where it is told elsewhere.
  static func weighed(
    _ log10: Double, cap: Conclusion.Cap?, interval: Interval? = nil, _ propositions: Propositions
  ) -> String {
    weighed(log10, cap: cap, interval: interval, clauses: propositions.clauses)
  }

  static func weighed(
    _ log10: Double, cap: Conclusion.Cap?, interval: Interval? = nil, clauses: (String, String)
  ) -> String {
    let (proposition, alternative) = clauses
    // At a cap there is no interval but the cap.
    let beside = cap == nil ? interval.map { " (interval \(turned($0, log10)))" } ?? "" : " (cap)"
    let times = "\(RatioWording.ratio(log10: abs(log10)))\(beside) times as probable"
    return log10 >= 0
      ? "\(times) if \(proposition) as if \(alternative)" : "\(times) if \(alternative) as if \(proposition)"
  }

  /// The ends of an interval, turned round where the ratio is.
  private static func turned(_ interval: Interval, _ log10: Double) -> String {
    let ends = log10 >= 0 ? (interval.low, interval.high) : (-interval.high, -interval.low)
    return "\(RatioWording.ratio(log10: ends.0)) to \(RatioWording.ratio(log10: ends.1))"
  }

  package static func sentence(
    _ ratio: LikelihoodRatio, _ propositions: Propositions, standing: Conclusion.Standing
  ) -> String {
    let (suspect, candidate) = (propositions.suspect, propositions.candidate)
    let weighed = weighed(ratio.log10, cap: ratio.cap, interval: ratio.interval, propositions)
    let support = VerbalScale.words(log10: ratio.log10, for: propositions.names)
    switch standing {
    case .linkIndicated:
      return """
        A link between \(suspect) and \(candidate) is indicated: the likeness found is \(weighed), \(support).
        """
    case .forProposition where ratio.alternative == .noLink:
      return """
        A link between \(suspect) and \(candidate) is not indicated: the likeness found is \(weighed), \(support), but \(missing(ratio)).
        """
    default:
      return "Between \(suspect) and \(candidate), the likeness found is \(weighed): \(support)."
    }
  }

  /// Which part of the rule is not met.
  static func missing(_ ratio: LikelihoodRatio) -> String {
    let least = Figure(Conclusion.leastIndicating).text(decimals: 0)
    guard ratio.log10 < Conclusion.log10Indicating else {
      return "the interval of this ratio begins at \(RatioWording.ratio(log10: ratio.interval.low)), not above 1"
    }
    return ratio.bounds.upper < Conclusion.log10Indicating
      ? "the validation set bears no ratio of \(least), from which on a link is indicated"
      : "a link is called indicated from a ratio of \(least) with an interval wholly above 1"
  }

  static func cannotTell(_ propositions: Propositions) -> String {
    """
    Between \(propositions.suspect) and \(propositions.candidate), these answers cannot tell \(propositions.names.proposition) from \(propositions.names.alternative): no ratio is given.
    """
  }

  package static func notEvaluated(_ propositions: Propositions, _ reason: String) -> String {
    """
    Between \(propositions.suspect) and \(propositions.candidate), \(propositions.names.proposition) rather than \(propositions.names.alternative) is not evaluated: \(reason).
    """
  }

  package static func sameModel(_ propositions: Propositions, _ test: Report.SameModelTest) -> String {
    """
    \(propositions.suspect) and \(propositions.candidate): the same model, as far as these probes can tell. \
    \(SameModelWording.sentence(test, candidate: propositions.candidate.rawValue))
    """
  }

  /// A ratio as it is printed: `15 (cap)`.
  package static func number(_ finding: Conclusion.Finding) -> String {
    guard let value = finding.log10?.value else { return "–" }
    return "\(RatioWording.ratio(log10: value))\(finding.cap == nil ? "" : " (cap)")"
  }

  package static func interval(_ finding: Conclusion.Finding) -> String {
    guard let low = finding.interval?.low.value, let high = finding.interval?.high.value else { return "–" }
    return "\(RatioWording.ratio(log10: low)) to \(RatioWording.ratio(log10: high))"
  }

  /// What the ratio supports, in the scale's words; of a finding without one, its standing.
  package static func support(_ finding: Conclusion.Finding, _ alternative: Alternative) -> String {
    guard let value = finding.log10?.value else { return words(finding.standing) }
    let support = VerbalScale.words(log10: value, for: Propositions.names(alternative))
    return finding.standing == .linkIndicated ? "a link is indicated: \(support)" : support
  }

  // MARK: All candidates

  /// Two statements as one sentence.
  package static func joined(_ sentence: String, _ further: String) -> String {
    let first = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return "\(first); \(further)."
  }

  static func noneOfOthers(_ count: Int) -> String {
    count == 1 ? "nor is it for the other candidate" : "nor is it for any of the other \(count) candidates"
  }

  /// Behind the sentence of the highest ratio: what is found for the others.
  static func others(_ rest: [Conclusion.Finding], suspect: ModelID, alternative: Alternative) -> String {
    let indicated = rest.filter { $0.standing == .linkIndicated }
    let title = Propositions.title(alternative)
    let ratios = rest.compactMap { $0.log10?.value }
    let range = ratios.min().flatMap { low in
      ratios.max().map { high in
        let (a, b) = (RatioWording.ratio(log10: low), RatioWording.ratio(log10: high))
        return a == b ? "a ratio of \(a) for \(title)" : "ratios of \(a) to \(b) for \(title)"
      }
    }
    let counted = range ?? "no ratio for \(title)"
    if rest.count == 1, let only = rest.first { return "for \(only.candidate), \(words(only.standing)) (\(counted))" }
    let found =
      indicated.isEmpty
      ? "a link is indicated for none" : "a link is indicated for \(Wording.list(indicated.map(\.candidate)))"
    return "of the other \(rest.count) candidates, \(found) (\(counted))"
  }

  /// - Parameters:
  ///   - told: kinds that a ratio speaks of.
  ///   - untold: kinds that look the same as training to this method.
  static func kind(
    _ told: [String], untold: [String], isToldApart: Bool, suspect: ModelID, candidate: ModelID
  ) -> String {
    let apart =
      isToldApart ? " They are not one model under two names: the test of equality tells them apart." : ""
    let list = untold.count > 1 ? "\(untold.dropLast().joined(separator: ", ")) or \(untold.last ?? "")" : untold.first
    let rest = list.map {
      """
      these answers cannot tell training of \(suspect) on answers of \(candidate) from \($0)
      """
    }
    guard !told.isEmpty else {
      return rest.map { "Not determined: \($0).\(apart)" } ?? "Not determined.\(apart)"
    }
    return "The likeness found is \(told.joined(separator: "; "))\(rest.map { "; \($0)" } ?? "").\(apart)"
  }

  static let doesNotArise = "The question does not arise: no link is indicated."

  /// Kinds of link besides training on the candidate's answers, in words.
  static let sameModelKind = "one model under two names"

  package static func named(
    _ first: String, _ second: String, suspect: ModelID, log10: Double, cap: Conclusion.Cap?, known: String?
  ) -> String {
    let rate = known.map { "; \($0)" } ?? ""
    guard log10 >= LikelihoodRatio.leastTelling else {
      return """
        If \(suspect) was trained on answers of one of the two, these answers do not help to tell \(first) from \(second)\(rate).
        """
    }
    let times = "\(RatioWording.ratio(log10: log10))\(cap == nil ? "" : " (cap)") times as probable"
    return """
      If \(suspect) was trained on answers of one of the two, the likeness found is \(times) if it was \(first) as if it was \(second)\(rate).
      """
  }

  static func namedRate(_ named: KnownPairs.Named, developers: Bool) -> String {
    """
    in the validation set the documented \(developers ? "developer" : "teacher") came first for \(named.first) of \(named.students) students (\(Wording.percent(Figure(named.byChance))) by lot)
    """
  }

  package static func group(_ group: Conclusion.Group) -> String {
    group.highest.map { "a model of \(group.developer) (\($0))" } ?? "a model of \(group.developer)"
  }

  // MARK: What would change it

  static func records(_ suspect: ModelID) -> String {
    "records of what \(suspect) was trained on would decide"
  }

  static let secondAnswers =
    "two answers a prompt from each would test whether the two are one model under two names"

  static func leavingOut(_ low: Double, _ high: Double, _ alternative: Alternative) -> String {
    let (a, b) = (RatioWording.ratio(log10: low), RatioWording.ratio(log10: high))
    let title = Propositions.title(alternative)
    return a == b
      ? "leaving out any one part of the evidence, or half of the cohort, leaves the ratio for \(title) at \(a)"
      : "leaving out single parts of the evidence, or half of the cohort, moves the ratio for \(title) between \(a) and \(b)"
  }

  /// - Parameter found: the same comparison without the first sentence of every answer of every model.
  static func withoutFirstSentences(_ found: Report.Shortened, _ candidate: ModelID) -> String {
    let ratio = found.ratio?.value.map { ", with a ratio of \(RatioWording.ratio(log10: $0))" } ?? ""
    return "without the first sentence of every answer \(candidate) is number \(found.rank) of \(found.of)\(ratio)"
  }

  static func needed(_ needs: [String]) -> String {
    "to give a ratio, \(needs.joined(separator: "; ")) would be needed"
  }

  // MARK: Relations

  package static func relation(_ relation: String, suspect: String = "") -> String {
    switch relation {
    case Conclusion.noLink: "pairs without a known link"
    case Conclusion.documented: "documented students and their teachers"
    case "sibling_same_teacher": "two students of one teacher, neither trained on the other"
    case "teacher_same_developer": "a student and another model of its teacher's developer"
    case "same_base_different_tuning": "one base model, other tuning"
    case "reverse_direction": "a teacher in the suspect's place"
    case "same_family_version": "versions of one line of models"
    case "same_model_variant": "one model under two names"
    default: relation
    }
  }

  package static func tableTitle(shown: Int, of all: Int, _ alternative: Alternative) -> String {
    let what =
      shown == all
      ? all == 1 ? "The candidate" : "The \(all) candidates"
      : "The \(shown) of \(all) candidates with the highest ratios"
    return "\(what): ratio for \(Propositions.title(alternative))"
  }

  package static func groupsTitle(shown: Int, of all: Int, _ alternative: Alternative) -> String {
    let what = shown == all ? "The candidates by developer" : "The candidates by developer, \(shown) of \(all)"
    return "\(what): ratio for \(Propositions.title(alternative))"
  }

  package static func groupRow(_ group: Conclusion.Group) -> String {
    let highest = group.highest.map { ": \($0)" } ?? ""
    return group.members.count == 1
      ? "\(group.developer)\(highest)" : "\(group.developer)\(highest), highest of \(group.members.count)"
  }

  /// A share with its exact interval: no count of none stands bare.
  package static func share(_ count: Int, of all: Int) -> String {
    guard all > 0 else { return DescriptionWording.none }
    func percent(_ share: Double) -> String { Figure(100 * share).text(decimals: 1) }
    let limits = ExactInterval.twoSided(successes: count, trials: all, confidence: 0.95)
    // A number and its sign of per cent stay on one line.
    return "\(percent(Double(count) / Double(all)))\u{A0}% (\(percent(limits.low)) to \(percent(limits.high))\u{A0}%)"
  }

  package static func reached(_ log10: Double, alternative: Alternative) -> String {
    """
    Pairs of known relation that reach a ratio of \(RatioWording.ratio(log10: log10)) for \(Propositions.title(alternative))
    """
  }
}
