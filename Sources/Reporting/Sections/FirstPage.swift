import Cases
import Likelihood

/// What a reader sees first: what was found for each candidate, and in how far it applies.
enum FirstPage {
  /// Most candidates whose sentences all stand on the first page; of more, those that do not stand out are in the table.
  static let mostSentences = 6

  static func blocks(_ report: Report) -> [ReportBlock] {
    let isLong = report.verdicts.count > mostSentences
    let shown = isLong ? report.verdicts.filter { $0.standing != .doesNotStandOut } : report.verdicts
    let left = report.verdicts.count - shown.count
    let identical = report.identicalAnswers
    let alternatives = Alternative.allCases.filter { alternative in
      report.candidates.contains { $0.ratio(alternative)?.log10 != nil }
    }
    let verdicts = shown.map { verdict in
      ReportBlock.Verdicts.Item(
        mark: verdict.standing.mark, label: verdict.standing.words, sentence: verdict.sentence)
    }
    let copies =
      identical.withSuspect.isEmpty
      ? [] : [ReportBlock.Verdicts.Item(mark: "!", label: "identical answers", sentence: identical.sentence)]
    let debris = (report.debris.map { [$0] } ?? []).map {
      ReportBlock.Verdicts.Item(mark: "!", label: "debris", sentence: $0.sentence)
    }
    let statement = ReportBlock.note(report.likelihoodRatio.statement)
    let notes =
      applicability(report) + notEvaluated(report, besides: alternatives)
      + [report.direction, SameModelWording.gate(report.candidates)]
      + (identical.withSuspect.isEmpty ? [identical.sentence] : [])
    return [.verdicts(verdicts + copies + debris)]
      + (left > 0 ? [.text(VerdictWording.remainder(left: left, of: report.verdicts.count))] : [])
      + [.table(summary(report, alternatives, ordered: isLong)), statement]
      + (report.likelihoodRatio.calibration == nil ? [] : [.note(report.likelihoodRatio.scale)]) + [.notes(notes)]
  }

  /// Alternatives without a ratio for any candidate, and why; none where no alternative has one.
  private static func notEvaluated(_ report: Report, besides alternatives: [Alternative]) -> [String] {
    guard !alternatives.isEmpty else { return [] }
    return Alternative.allCases.filter { !alternatives.contains($0) }.compactMap { alternative in
      report.candidates.lazy.compactMap { $0.ratio(alternative)?.notEvaluated }.first.map {
        RatioWording.notEvaluated(alternative, $0)
      }
    }
  }

  /// What is said of all candidates once; else with the names that it holds for.
  private static func applicability(_ report: Report) -> [String] {
    let said = report.candidates.compactMap { candidate in
      candidate.applicability.map { (candidate.model.rawValue, $0) }
    }
    let texts = said.reduce(into: [(models: [String], text: String)]()) { found, next in
      if let place = found.firstIndex(where: { $0.text == next.1 }) {
        found[place].models.append(next.0)
      } else {
        found.append(([next.0], next.1))
      }
    }
    return texts.map {
      $0.models.count == report.candidates.count ? $0.text : "\($0.models.joined(separator: ", ")): \($0.text)"
    }
  }

  private static func summary(_ report: Report, _ alternatives: [Alternative], ordered: Bool) -> ReportTable {
    let head =
      ["candidate"] + alternatives.map { "ratio against \(RatioWording.name($0))" }
      + (alternatives.isEmpty ? [] : ["in words, by the least"]) + ["combined score", "rank", ""]
    let rows = zip(report.candidates, report.verdicts).map { candidate, verdict in
      let least = candidate.ratios.first(where: \.isHeadline)?.log10?.value
      let cells =
        [candidate.model.rawValue] + alternatives.map { RatioWording.cell(candidate.ratio($0)) }
        + (alternatives.isEmpty ? [] : [least.map { VerbalScale.words(log10: $0) } ?? "–"])
      // Of a pair that may be one model nothing more is said.
      let scores = (candidate.isIndistinguishable ? nil : candidate.combined).map {
        ["\(Wording.score($0.score)) \(Wording.interval($0.interval))", "\($0.rank) of \($0.of)"]
      }
      return (
        key: candidate.combined?.score.value ?? -.infinity,
        cells: cells + (scores ?? ["–", "–"]) + [verdict.standing.words]
      )
    }
    // Equal scores stay in the order of the case.
    let shown =
      ordered
      ? rows.enumerated().sorted { ($1.element.key, $0.offset) < ($0.element.key, $1.offset) }.map(\.element) : rows
    return ReportTable(head, shown.map(\.cells))
  }
}

extension Report.Candidate {
  fileprivate func ratio(_ alternative: Alternative) -> Report.Ratio? {
    ratios.first { $0.alternative == alternative }
  }
}
