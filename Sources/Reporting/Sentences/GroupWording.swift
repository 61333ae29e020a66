package import Cases
package import Likelihood

/// What is said of candidates that are asked about as one.
package enum GroupWording {
  /// As a column or a line of the terminal names it.
  package static func title(_ group: Report.Group) -> String { "some model of \(group.group)" }

  package static func row(_ group: Report.Group) -> String {
    group.hasSeveral ? "\(group.group): some of \(group.members.count)" : group.group
  }

  private static func clauses(_ group: CandidateGroup, _ suspect: ModelID) -> (String, String) {
    (
      "\(suspect) was trained on answers of some model of \(group.name)",
      "there is no link between \(suspect) and any of them"
    )
  }

  package static func sentence(
    _ ratio: LikelihoodRatio, _ group: CandidateGroup, suspect: ModelID, standing: Conclusion.Standing
  ) -> String {
    let named = "\(group.name), of which \(group.members.count) are named,"
    let weighed = ConclusionWording.weighed(
      ratio.log10, cap: ratio.cap, interval: ratio.interval, clauses: clauses(group, suspect))
    let support = VerbalScale.words(log10: ratio.log10, for: Propositions.names(.noLink))
    switch standing {
    case .linkIndicated:
      return """
        A link between \(suspect) and some model of \(named) is indicated: the likeness found is \(weighed), \(support).
        """
    case .forProposition:
      return """
        A link between \(suspect) and some model of \(named) is not indicated: the likeness found is \(weighed), \(support), but \(ConclusionWording.missing(ratio)).
        """
    default:
      return "Between \(suspect) and the models of \(named) the likeness found is \(weighed): \(support)."
    }
  }

  /// What the ratio supports, in the scale's words.
  package static func support(_ group: Report.Group) -> String {
    guard let value = group.log10?.value else { return ConclusionWording.words(group.standing) }
    let support = VerbalScale.words(log10: value, for: Propositions.names(.noLink))
    return group.standing == .linkIndicated ? "a link is indicated: \(support)" : support
  }

  package static func number(_ group: Report.Group) -> String {
    guard let value = group.log10?.value else { return "–" }
    return "\(RatioWording.ratio(log10: value))\(group.cap == nil ? "" : " (cap)")"
  }

  package static func interval(_ group: Report.Group) -> String {
    guard let low = group.interval?.low.value, let high = group.interval?.high.value else { return "–" }
    return "\(RatioWording.ratio(log10: low)) to \(RatioWording.ratio(log10: high))"
  }

  static let cannotTell = "the validation set bears no ratio of groups that words are used for"

  package static func notEvaluated(_ group: CandidateGroup, _ reason: String, suspect: ModelID) -> String {
    "A link between \(suspect) and some model of \(group.name) is not evaluated as one question: \(reason)."
  }

  static func single(_ group: CandidateGroup) -> String {
    "\(group.members.first?.rawValue ?? "") is the only candidate of \(group.name): what is found for it is found for the group."
  }

  package static func sameModel(_ group: CandidateGroup, _ member: ModelID?) -> String {
    """
    \(member?.rawValue ?? "A member") of \(group.name) is the same model as the suspect, as far as these probes can tell: nothing is weighed.
    """
  }

  /// Behind the sentence of a group: what is found for its members.
  package static func members(_ findings: [Conclusion.Finding], highest: Conclusion.Finding) -> String {
    let indicated = findings.filter { $0.standing == .linkIndicated }.map(\.candidate)
    let found = indicated.isEmpty ? "none" : Wording.list(indicated)
    return """
      of its members the highest ratio is that of \(highest.candidate), \(ConclusionWording.number(highest)) for \(Propositions.title(.noLink)), and a link is indicated for \(found)
      """
  }

  package static func place(_ group: Report.Group) -> String? {
    guard let rank = group.rank, let of = group.of else { return nil }
    return """
      By style and lead of the nearest of its models, \(group.group) is number \(rank) of \(of) developers and groups.
      """
  }

  package static let sectionTitle = "Candidates by group"

  /// How often groups of the validation set reach the limit.
  package static func rule(found: Conclusion.Rule.Count, falsely: Conclusion.Rule.Count) -> String {
    """
    Candidates of one developer, or of one name that the case gives them, are weighed as one question too: was the suspect trained on answers of some of them? A link is indicated by the same rule as of a pair. In the validation set \(falsely.count) of \(falsely.of) groups without a known link reach its limit, and \(found.count) of \(found.of) with a documented one. Rivals are models of other developers.
    """
  }
}
