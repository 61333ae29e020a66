import Cases
import Escaping
import Formats
import Foundation
import Likelihood
import Statistics
package import Validation
package import Workflows

/// The files of a validation on a table of losses.
package struct LossValidationText {
  private let found: ValidateLosses.Findings
  private let tool: String

  package init(_ found: ValidateLosses.Findings, tool: String) {
    self.found = found
    self.tool = tool
  }

  private typealias Figures = LossValidation.Figures
  private typealias Row = LossValidation.Row

  /// One line for each suspect, set of prompts and candidate: `llr` is the natural logarithm of the ratio with all candidates
  /// at hand, `llr_absent` with the documented teacher taken away: empty for the teacher itself.
  package static func table(_ validation: LossValidation) -> String {
    func number(_ value: Double?) -> String { value.map { String(format: "%.6g", $0) } ?? "" }
    let rows = validation.rows.flatMap { row in
      row.candidates.map { one in
        [
          row.suspect.rawValue, row.prompts, one.found.candidate.rawValue,
          one.found.isTaught.map { $0 ? "1" : "0" } ?? "", number(one.logRatio ?? 0), number(one.logRatioAbsent),
          number(one.found.score?.value), one.found.score?.sides.rawValue ?? "",
          "\(one.found.score?.strangers ?? 0)",
        ]
      }
    }
    return CSVTable.text(
      [["suspect", "prompts", "candidate", "label", "llr", "llr_absent", "score", "sides", "strangers"]] + rows)
  }

  package func markdown() -> String {
    (introduction + figures + weaker + fewer + bases + openQuestions + limits).joined(separator: "\n") + "\n"
  }

  private var introduction: [String] {
    let corpus = found.corpus
    let suspects = Set(corpus.rows.map(\.suspect)).count
    let source =
      found.frozen == nil
      ? """
      Each ratio comes from a line that saw no suspect on a base of that developer, and neither the teacher nor the candidate in either role.
      """
      : """
      The ratios are those of a calibration that was fitted elsewhere, for each case without the developer of its base, its teacher and its candidate, and within its bounds.
      """
    let borrowed =
      found.validation.borrowed == 0 || found.frozen != nil
      ? ""
      : " For \(found.validation.borrowed) ratios the table alone leaves nothing to learn from: the lessons of the shipped calibration stand in."
    return [
      "# Validation on losses", "",
      """
      Which candidate's answers did a suspect learn from? For \(suspects) suspects, \(corpus.rows.count) rows of suspect and prompts, on \(Set(corpus.rows.map(\.base)).count) bases of \(Set(corpus.rows.map(\.baseDeveloper)).count) developers and of \(Set(corpus.rows.compactMap(\.teacher)).count) teachers, it is documented. \
      The score is how much further the suspect moved from its base towards the candidate's answers than towards others', and than strangers did. \
      \(source)\(borrowed) Made with \(tool). SHA-256 of the losses, unpacked: `\(corpus.digest.hex)`.
      """, "",
    ]
  }

  private static let head = [
    "| | documented | others | AUC | Cllr | least Cllr | balanced accuracy at 1 | teacher first | teacher absent: rows above 1, 2, 5 |",
    "|---|---|---|---|---|---|---|---|---|",
  ]

  private func line(_ name: String, _ figures: Figures) -> String {
    "| \(name) | \(figures.taught) | \(figures.others) | "
      + String(
        format: "%.3f | %.3f | %.3f | %.3f | ", figures.areaUnderCurve, figures.cllr, figures.minimalCllr,
        figures.balancedAccuracy) + "\(figures.first) of \(figures.rows) | "
      + figures.absentAbove.map { "\($0.rows)" }.joined(separator: ", ") + " of \(figures.absentRows) |"
  }

  private var figures: [String] {
    let all = found.validation.figures()
    let teachers = Set(found.corpus.rows.compactMap(\.teacher)).sorted()
    let above = all.absentAbove[0].rows
    let limit =
      all.absentRows == 0
      ? nil : ExactInterval.upperLimit(successes: above, trials: all.absentRows, confidence: 0.95)
    return ["## How good the ratios are", ""] + Self.head + [line("all", all)]
      + teachers.map { teacher in
        line(
          "taught by \(teacher.rawValue.markdown)",
          found.validation.figures { $0.candidates.contains { $0.found.teacher == teacher } })
      }
      + [
        "",
        """
        The limit is a ratio of 1. With the teacher taken away, \(above) of \(all.absentRows) rows have a candidate above it\(limit.map { String(format: ", which as independent rows would allow %.0f %%", 100 * $0) } ?? ""): suspects of one base and one teacher are not independent, so the true limit is wider. \
        \(all.taughtAbove.map { "\($0.count) of \(all.taught) documented teachers have a ratio above \($0.ratio)" }.joined(separator: ", ")).
        """, "",
      ]
  }

  private var weaker: [String] {
    let names: [LossCase.Measure: String] = [
      .oneSide: "without strangers: the suspect alone, over the other candidates",
      .gain: "the bare difference of suspect and base", .bothSides: "both sides",
    ]
    return ["## With less", "", "The same rows by weaker scores, each with lines of its own:", ""] + Self.head
      + [line(names[.bothSides] ?? "", found.validation.figures())]
      + found.weaker.map { line(names[$0.measure] ?? "", $0.figures) }
      + [
        "",
        """
        What no base at all costs cannot be measured here: the table holds differences only.
        """, "",
      ]
  }

  private var fewer: [String] {
    guard !found.fewer.isEmpty else { return [] }
    return ["With fewer answers of each candidate, the first of them:", ""] + Self.head
      + found.fewer.map { line("\($0.answers) answers", $0.figures) } + [""]
  }

  private var bases: [String] {
    let names = Set(found.corpus.rows.map(\.base)).sorted()
    return ["By base:", ""] + Self.head
      + names.map { base in line(base.markdown, found.validation.figures { $0.base == base }) } + [""]
  }

  private var openQuestions: [String] {
    guard !found.validation.undocumented.isEmpty else { return [] }
    var lines = [
      "## Open questions", "",
      """
      Of these suspects no teacher is documented; nothing is learned from them. A ratio stands only where the reference is near enough to be a base of the suspect: within twice the \(String(format: "%.2f", found.calibration.widestReach)) nats a token that suspects with a known base are from theirs at most.
      """, "",
      "| suspect | reference | prompts | distance, nats a token | towards | gain | ratio | compared from |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for row in found.validation.undocumented {
      let own = row.suspect.rawValue.lowercased()
      let known = row.candidates.filter { $0.found.candidate.rawValue.lowercased() != own }
      let sorted = known.sorted { ($0.found.score?.value ?? -.infinity) > ($1.found.score?.value ?? -.infinity) }
      for one in sorted.prefix(3) {
        let ratio =
          found.calibration.isWithinReach(row.reach)
          ? one.found.score.flatMap { weighed($0, of: one.found) } ?? "–" : "none"
        let sides = one.found.score.map { $0.sides == .both ? "both sides, \($0.strangers) strangers" : "one side" }
        let cells = [
          row.suspect.rawValue.markdown, row.base.markdown, row.prompts.markdown, String(format: "%.2f", row.reach),
          one.found.candidate.rawValue.markdown, String(format: "%.3f", one.found.score?.gain ?? .nan), ratio,
          sides ?? "–",
        ]
        lines.append("| \(cells.joined(separator: " | ")) |")
      }
    }
    return lines + [
      "",
      """
      Shown are the three nearest candidates of each. Compared from one side, no stranger's likelihood of the candidate's answers is known, and what is said above of scores without strangers holds.
      """, "",
    ]
  }

  /// Within the bounds of the calibration, and without the families of the case.
  private func weighed(_ score: ReferenceScore, of one: LossCase) -> String? {
    let ratio = found.calibration.ratio(score, replicates: [score.value], families: one.families, confidence: 0.95)
    return ratio.map { ratio in
      let cap = ratio.log10 >= ratio.bounds.upper ? " (cap)" : ratio.log10 <= ratio.bounds.lower ? " (least)" : ""
      return String(
        format: "%.2g%@ [%.2g, %.2g]", pow(10, ratio.log10), cap, pow(10, ratio.interval.low),
        pow(10, ratio.interval.high))
    }
  }

  private var limits: [String] {
    [
      "## Limits", "",
      """
      - Few makers of bases and few teachers stand behind all of it: a calibration bounds its ratios by their number.
      - Strangers decide. A candidate whose answers resemble an absent teacher's is told from a teacher only where other suspects, who were not taught by it, moved towards its answers too: students of the absent teacher among them are what does it here.
      - The ratio weighs "trained on this candidate's answers" against "not trained on them"; a common teacher, or answers copied from the candidate by others, are not told apart by it.
      - A candidate of the base's own developer gains without any teaching.
      """,
    ]
  }
}
