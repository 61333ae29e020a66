package import Cases

/// What was found for the candidates of one group.
package struct GroupFinding: Sendable {
  package let group: CandidateGroup
  /// The member with the greatest score; nil where none has one.
  package let nearest: ModelID?
  /// 1 = the greatest of `of` groups: this one, and the suspect's rivals outside of it, by group or developer. nil without a score.
  package let rank: Int?
  package let of: Int
  /// Against no link with any member. nil for a group of one, which is its member, and without a calibration.
  package let ratio: Result<LikelihoodRatio, RatioRefused>?
  /// What its ratio comes from: that of the case, or, of a group that it learned from, one that was fitted without; nil where there
  /// is no ratio.
  package let calibration: Calibration?
}

extension CohortAnalysis {
  /// - Parameter candidates: all of the case.
  func finding(
    _ group: CandidateGroup, _ candidates: [CandidateFinding], _ field: GroupField, _ lineage: Lineage
  ) -> GroupFinding {
    let members = candidates.filter { group.members.contains($0.candidate) }.compactMap {
      finding -> (CandidateFinding, CandidateScores)? in
      if case .evaluated(let scores) = finding.outcome, scores.grouped.isFinite { (finding, scores) } else { nil }
    }
    guard let (nearest, greatest) = members.max(by: { $0.1.grouped < $1.1.grouped }) else {
      let ratio: Result<LikelihoodRatio, RatioRefused> = .failure(RatioRefused(reason: .scoreMissing))
      return GroupFinding(
        group: group, nearest: nil, rank: nil, of: 0,
        ratio: group.members.count > 1 && calibration != nil ? ratio : nil, calibration: nil)
    }
    let others = field.others(than: group, lineage)
    let own = ownCalibration(of: group)
    let ratio = own.flatMap { calibration in
      nearest.setting.map { setting in
        calibration.groupRatio(
          fused: greatest.grouped,
          replicates: greatest.groupedReplicates.indices.map { draw in
            GroupScore.value(of: members.map { $0.1.groupedReplicates[draw] })
          }, in: setting, confidence: confidence)
      }
    }
    return GroupFinding(
      group: group, nearest: nearest.candidate, rank: 1 + others.count { $0 >= greatest.grouped },
      of: others.count + 1, ratio: group.members.count > 1 ? ratio : nil,
      calibration: group.members.count > 1 ? own : nil)
  }
}

/// The suspect's rivals in the place of a group: what models that are asked about with no one, and other groups, get.
struct GroupField {
  private let scores: [(model: ModelID, score: Double)]
  private let suspect: ModelID

  /// - Parameters:
  ///   - placed, fused: of the panel, in its order, and what it says on the measured scores.
  ///   - models: all that may be rivals.
  init(
    _ panel: RivalScores, _ placed: [RivalScores.Placed], fused: [Double], adjusted: [[Double]], models: [ModelID],
    contents: CaseContents
  ) {
    suspect = contents.suspect
    guard let channel = panel.method.groupPlace else {
      scores = []
      return
    }
    scores = zip(panel.rivals, placed).enumerated().map { number, rival in
      let own = panel.numbers(
        of: RivalLead.rivals(
          from: models, suspect: contents.suspect, candidate: rival.0.model, lineage: contents.lineage))
      let normalised = rival.1.normalised(adjusted)
      let lead = RivalLead.value(
        fused[number], over: own.map { fused[$0] }, strongest: panel.method.strongestRivals)
      return (rival.0.model, GroupScore.value(normalised[channel], lead: lead))
    }
  }

  /// The scores of the other groups: each rival that is no relative of a member, by the group or developer that it is of.
  func others(than group: CandidateGroup, _ lineage: Lineage) -> [Double] {
    let strangers = scores.filter { rival in
      rival.score.isFinite
        && group.members.allSatisfy {
          CohortSelection.kinship(of: rival.model, suspect: suspect, candidate: $0, lineage) == nil
        }
    }
    return Dictionary(grouping: strangers) { CandidateGroup.name(of: $0.model, lineage) }
      .filter { $0.key != group.name }.map { GroupScore.value(of: $0.value.map(\.score)) }
  }
}
