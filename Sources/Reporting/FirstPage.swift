import Cases
import Likelihood

/// What a reader sees first: who was asked about, what was found for each candidate, and in how far it applies.
struct FirstPage {
  /// Most candidates whose sentences all stand on the first page; of more, those that do not stand out are in the table.
  static let mostSentences = 6

  let verdicts: [Report.Verdict]
  /// How many sentences the table and the candidates' own sections stand for; empty if none.
  let remainder: String
  let summary: ReportView.Table
  /// Alternatives without a ratio for any candidate, and why.
  let notEvaluated: [String]
  let applicability: [String]

  init(_ report: Report) {
    let isLong = report.verdicts.count > Self.mostSentences
    verdicts = isLong ? report.verdicts.filter { $0.standing != .doesNotStandOut } : report.verdicts
    let left = report.verdicts.count - verdicts.count
    remainder =
      left == 0
      ? ""
      : "\(left == report.verdicts.count ? "None" : "Of \(report.verdicts.count) candidates, none of the other \(left)") "
        + "\(left == report.verdicts.count ? "of the \(left) candidates " : "")stands out; the table shows all, nearest first."
    let alternatives = Alternative.allCases.filter { alternative in
      report.candidates.contains { $0.ratio(alternative)?.log10 != nil }
    }
    summary = Self.summary(report, alternatives, ordered: isLong)
    notEvaluated =
      alternatives.isEmpty
      ? []
      : Alternative.allCases.filter { !alternatives.contains($0) }.compactMap { alternative in
        report.candidates.lazy.compactMap { $0.ratio(alternative)?.notEvaluated }.first.map {
          "Not evaluated: \(RatioWording.name(alternative)) (\($0))."
        }
      }
    applicability = report.candidates.compactMap { candidate in
      candidate.applicability.map { (candidate.model.rawValue, $0) }
    }.reduce(into: [(models: [String], text: String)]()) { found, next in
      if let place = found.firstIndex(where: { $0.text == next.1 }) {
        found[place].models.append(next.0)
      } else {
        found.append(([next.0], next.1))
      }
    }.map { $0.models.count == report.candidates.count ? $0.text : "\($0.models.joined(separator: ", ")): \($0.text)" }
  }

  private static func summary(
    _ report: Report, _ alternatives: [Alternative], ordered: Bool
  ) -> ReportView.Table {
    let head =
      ["candidate"] + alternatives.map { "ratio against \(RatioWording.name($0))" }
      + (alternatives.isEmpty ? [] : ["in words, by the least"]) + ["combined score", "rank", ""]
    let rows = zip(report.candidates, report.verdicts).map { candidate, verdict in
      let least = candidate.ratios.first(where: \.isHeadline)?.log10?.value
      let cells =
        [candidate.model.rawValue]
        + alternatives.map { ratioCell(candidate.ratio($0)) }
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
    return ReportView.Table(head, shown.map(\.cells))
  }

  private static func ratioCell(_ ratio: Report.Ratio?) -> String {
    guard let ratio, let value = ratio.log10?.value else { return "not evaluated" }
    // Where the bounds leave no room, the validation set supports no ratio but 1.
    if ratio.bounds?.low.value == 0, ratio.bounds?.high.value == 0 { return "1: the scores cannot tell" }
    let ends = [ratio.interval?.low, ratio.interval?.high].compactMap { $0?.value.map(RatioWording.ratio) }
    return RatioWording.ratio(log10: value) + (ends.count == 2 ? " [\(ends[0]), \(ends[1])]" : "")
      + (ratio.isAtBound == true ? ", at the bound" : "")
  }
}

extension Report.Candidate {
  fileprivate func ratio(_ alternative: Alternative) -> Report.Ratio? {
    ratios.first { $0.alternative == alternative.rawValue }
  }
}
