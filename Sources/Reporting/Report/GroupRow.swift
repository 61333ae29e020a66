package import Cases
import Likelihood

extension Report {
  /// What is found for the candidates of one group. A group of one is its member: nothing is weighed a second time.
  package struct Group: Sendable, Encodable {
    package let group: String
    package let members: [ModelID]
    package let standing: Conclusion.Standing
    /// The member with the greatest score; nil where none has one.
    package let nearest: ModelID?
    /// Against no link with any member; nil of a group of one, and where there is none.
    package let log10: Figure?
    package let cap: Conclusion.Cap?
    /// nil at a cap: there it would read as certainty.
    package let interval: Range?
    package let bounds: Range?
    /// Among the groups and developers of the case that are no relatives of its members.
    package let rank: Int?
    package let of: Int?
    /// nil where the ratio is of the calibration as it is.
    package let calibratedWithout: CalibratedWithout?
    package let sentence: String
    package let notEvaluated: String?
    let reasonCode: String?

    enum CodingKeys: String, CodingKey {
      case group, members, standing, nearest, log10, cap, rank, of, sentence
      case calibratedWithout = "calibrated_without"
      case interval = "interval_log10"
      case bounds = "bounds_log10"
      case notEvaluated = "not_evaluated"
      case reasonCode = "reason_code"
    }

    package var hasSeveral: Bool { members.count > 1 }
  }

  /// Those of several members, with a ratio of their own; the greatest first.
  package var weighedGroups: [Group] {
    groups.enumerated().filter { $0.element.log10?.value != nil }.sorted {
      ($1.element.log10?.value ?? 0, $0.offset) < ($0.element.log10?.value ?? 0, $1.offset)
    }.map(\.element)
  }

  package func group(of candidate: ModelID) -> Group? { groups.first { $0.members.contains(candidate) } }
}

extension Report.Group {
  /// - Parameters:
  ///   - findings: of all candidates.
  ///   - rules: of the version whose report it is.
  init(_ finding: GroupFinding, _ findings: [Conclusion.Finding], suspect: ModelID, rules: AnalysisRules) {
    let own = findings.filter { finding.group.members.contains($0.candidate) }
    group = finding.group.name
    members = finding.group.members
    nearest = finding.nearest
    rank = finding.rank
    of = finding.rank.map { _ in finding.of }
    calibratedWithout = finding.calibration.flatMap { Report.CalibratedWithout($0, [$0.groups].compactMap(\.self)) }
    let same = own.first { $0.standing == .sameModel }
    var weighed: LikelihoodRatio?
    switch finding.ratio {
    case _ where same != nil, _ where finding.group.members.count == 1:
      standing = same?.standing ?? own.first?.standing ?? .notEvaluated
      sentence =
        finding.group.members.count == 1
        ? GroupWording.single(finding.group) : GroupWording.sameModel(finding.group, same?.candidate)
      (notEvaluated, reasonCode) = (nil, nil)
    case .success(let ratio) where ratio.canTell(by: rules):
      weighed = ratio
      standing = Conclusion.Finding.standing(ratio)
      sentence = GroupWording.sentence(ratio, finding.group, suspect: suspect, standing: standing)
      (notEvaluated, reasonCode) = (nil, nil)
    case .success:
      standing = .notEvaluated
      notEvaluated = GroupWording.cannotTell
      reasonCode = Report.Ratio.cannotTellCode
      sentence = GroupWording.notEvaluated(finding.group, GroupWording.cannotTell, suspect: suspect)
    case .failure(let refused):
      let reason = RatioWording.refusal(refused.reason)
      standing = .notEvaluated
      (notEvaluated, reasonCode) = (reason, refused.reason.code)
      sentence = GroupWording.notEvaluated(finding.group, reason, suspect: suspect)
    case nil:
      standing = .notEvaluated
      (notEvaluated, reasonCode) = (ConclusionWording.noCalibration, nil)
      sentence = GroupWording.notEvaluated(finding.group, ConclusionWording.noCalibration, suspect: suspect)
    }
    log10 = weighed.map { Figure($0.log10) }
    let cap = weighed?.cap(by: rules)
    self.cap = cap
    interval = weighed.flatMap { cap == nil ? Report.Range($0.interval) : nil }
    bounds = weighed.map { Report.Range(low: Figure($0.bounds.lower), high: Figure($0.bounds.upper)) }
  }
}
