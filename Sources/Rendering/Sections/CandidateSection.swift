import Cases
import Likelihood
import Reporting

/// What was found for one candidate.
enum CandidateSection {
  /// Models of the cohort that are listed, the nearest; `result.json` has all.
  private static let maximumCohort = 40

  static func section(_ candidate: Report.Candidate, _ verdict: Report.Verdict?, suspect: ModelID) -> ReportSection {
    let found = candidate.combined.map { evaluated(candidate, $0, suspect: suspect) }
    return ReportSection(
      "Candidate \(candidate.model)", (verdict.map { [.text($0.sentence)] } ?? []) + (found ?? []) + leftOut(candidate))
  }

  private static func evaluated(
    _ candidate: Report.Candidate, _ combined: Report.Combined, suspect: ModelID
  ) -> [ReportBlock] {
    let without = candidate.calibratedWithout.map(CalibratedWithoutWording.candidate)
    let words = [without, candidate.mixture, candidate.power].compactMap(\.self).map(ReportBlock.text)
    let further = candidate.cohortScores.count - maximumCohort
    let title = Propositions.title(candidate.ratios.first(where: \.isAsked)?.alternative ?? .noLink)
    var blocks: [ReportBlock] = CandidateWording.conditions(candidate).map { [.text($0)] } ?? []
    let evaluated = candidate.ratios.filter(\.canTell)
    blocks += evaluated.isEmpty ? [] : [.table(ratios(candidate))]
    blocks +=
      RatioWording.notEvaluated(candidate.ratios.filter { !$0.canTell }, candidate: candidate.model).map { [.text($0)] }
      ?? []
    blocks += words
    blocks += ChannelStrips.view(candidate).map { [.figure($0)] } ?? []
    blocks += [
      .table(table(combined, candidate.model)), .table(channels(candidate, of: combined.of)),
    ]
    blocks += combined.lead.map { rivals($0, candidate: candidate.model) } ?? []
    blocks += [
      .text(SameModelWording.line(candidate.sameModelTest, candidate: candidate.model.rawValue))
    ]
    blocks += [
      candidate.cohortHalves.map { CandidateWording.halves($0, title) },
      candidate.withoutFirstSentences.map { CandidateWording.shortened($0, title) },
    ]
    .compactMap(\.self).map(ReportBlock.text)
    if !candidate.sensitivity.isEmpty {
      blocks += [
        .text(CandidateWording.sensitivity),
        .table(ReportTable(sensitivity: candidate.sensitivity, of: candidate.model)),
      ]
    }
    blocks.append(.table(cohort(candidate)))
    blocks += further > 0 ? [.text(CandidateWording.cohortRest(shown: maximumCohort, further: further))] : []
    return blocks
      + (candidate.evidence?.blocks(suspect: suspect, candidate: candidate.model)
        ?? [.text(EvidenceWording.notShown)])
  }

  private static func table(_ combined: Report.Combined, _ candidate: ModelID) -> ReportTable {
    ReportTable(
      "Combined score of \(candidate), and place in the cohort",
      [
        "combined score", "interval", "rank", "above the strongest cohort model", "interval",
        "limit for a further unrelated model",
      ],
      [
        [
          Wording.score(combined.score), Wording.interval(combined.interval), "\(combined.rank) of \(combined.of)",
          Wording.score(combined.margin), Wording.interval(combined.marginInterval),
          Wording.score(combined.predictionLimit),
        ]
      ])
  }

  /// Rivals that are listed, the nearest; `result.json` has all.
  private static let maximumRivals = 8

  private static func rivals(_ lead: Report.Lead, candidate: ModelID) -> [ReportBlock] {
    let shown = lead.nearest.prefix(maximumRivals)
    return [
      .text(CandidateWording.lead(lead, candidate: candidate)),
      .text(CandidateWording.rivals(lead, candidate: candidate, shown: shown.count)),
      .table(
        ReportTable(
          CandidateWording.rivalsTitle(candidate), ["rival", "the candidate is ahead by"],
          shown.map { [$0.model.rawValue, Wording.score($0.ahead)] })),
    ]
  }

  private static func channels(_ candidate: Report.Candidate, of: Int) -> ReportTable {
    ReportTable(
      "Channels of \(candidate.model)",
      ["channel", "score", "after length", "suspect's side", "candidate's side", "normalised", "interval", "rank"],
      candidate.channels.map {
        [
          $0.name + ($0.isCombined ? "" : " (not combined)"), $0.score.text(decimals: 4), $0.adjusted.text(decimals: 4),
          Wording.score($0.suspectSide), Wording.score($0.candidateSide), Wording.score($0.normalised),
          Wording.interval($0.interval), "\($0.rank) of \($0.of)",
        ]
      })
  }

  private static func ratios(_ candidate: Report.Candidate) -> ReportTable {
    func range(_ range: Report.Range?) -> String {
      guard let low = range?.low.value, let high = range?.high.value else { return "–" }
      return "\(RatioWording.ratio(log10: low)) to \(RatioWording.ratio(log10: high))"
    }
    return ReportTable(
      "Likelihood ratios of \(candidate.model), training on its answers against each alternative",
      ["if not, then", "likelihood ratio", "95 % interval", "supported range", "in words"],
      candidate.ratios.filter(\.canTell).map { ratio in
        [
          RatioWording.name(ratio.alternative) + (ratio.isAsked ? " (asked about)" : ""), RatioWording.number(ratio),
          ratio.isAtBound == true ? "–" : range(ratio.interval), range(ratio.bounds), ratio.sentence,
        ]
      })
  }

  private static func cohort(_ candidate: Report.Candidate) -> ReportTable {
    ReportTable(
      "The cohort in the place of \(candidate.model)",
      ["cohort model in the candidate's place", "combined"] + candidate.channels.map(\.name),
      candidate.cohortScores.prefix(maximumCohort).map { score in
        [score.model.rawValue, Wording.score(score.combined)] + score.channels.map(Wording.score)
      })
  }

  /// A row a reason, in the order in which they first come up.
  private static func leftOut(_ candidate: Report.Candidate) -> [ReportBlock] {
    guard !candidate.leftOut.isEmpty else { return [] }
    let rows = candidate.leftOut.reduce(into: [(models: [String], reason: String)]()) { rows, next in
      if let place = rows.firstIndex(where: { $0.reason == next.reason }) {
        rows[place].models.append(next.model.rawValue)
      } else {
        rows.append(([next.model.rawValue], next.reason))
      }
    }
    return [
      .table(
        ReportTable(
          "Left out of the cohort of \(candidate.model)", ["left out", "because"],
          rows.map { [$0.models.joined(separator: ", "), $0.reason] }))
    ]
  }
}

extension ReportTable {
  init(sensitivity rows: [Report.SensitivityRow], of candidate: ModelID) {
    self.init(
      "What leaving out single parts changes for \(candidate)",
      ["left out, one at a time", "variants", "least combined score", "greatest combined score", "ratio"],
      rows.map { row in
        func extreme(_ extreme: Report.SensitivityRow.Extreme) -> String {
          "\(Wording.score(extreme.combined)) without \(extreme.without)"
        }
        let ratios = [row.asked?.low, row.asked?.high].compactMap { $0?.value.map(RatioWording.ratio) }
        return [
          CandidateWording.part(row.part), String(row.variants), extreme(row.least), extreme(row.greatest),
          ratios.count == 2 ? ratios.joined(separator: " to ") : "–",
        ]
      })
  }
}
