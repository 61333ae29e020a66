import CaseFile
import Foundation
import Likelihood
import Similarity

/// The files of a validation.
enum ValidationText {
  /// One line a pair: `llr` is the natural logarithm of the likelihood ratio, from a calibration that saw no family of the
  /// pair; the other columns are scores, in standard deviations of the cohort.
  static func table(_ report: ValidationReport, method: CohortMethod) -> String {
    let header = ["teacher", "student", "corpus", "llr", "combined"] + method.channels.map(\.name) + ["cohort"]
    let lines = report.pairs.map { pair in
      ([pair.labelled.teacher.rawValue, pair.labelled.student.rawValue, pair.labelled.studentCorpus].map(quoted)
        + ([pair.logRatio ?? 0, pair.score.combined] + pair.score.channels.map(\.value)).map(number)
        + ["\(pair.score.cohort)"]).joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  static func markdown(
    _ report: ValidationReport, method: CohortMethod, pairs: Digest, seed: UInt64, tool: String
  ) -> String {
    let sets = Set(report.pairs.map(\.labelled.studentCorpus)).sorted()
    let all = report.figures()
    let intervals = report.familyIntervals(replicates: 400, confidence: 0.95, seed: seed)
    var lines = [
      "# Validation", "",
      "Method \(method.version) (\(method.name)), equal weights, nothing fitted; the ratios of `llr` and Cllr come from a "
        + "logistic calibration of the combined score (prior \(report.calibration.prior), penalty \(report.calibration.penalty)) that saw no "
        + "developer and no family of the pair, in either role. Made by `make validate` with \(tool). "
        + "SHA-256 of the pairs: `\(pairs.hex)`.", "",
      "| answers | label 1 | label 0 | AUC | within one student | within one teacher | Cllr | least Cllr |",
      "|---|---|---|---|---|---|---|---|", row("all", all),
    ]
    lines += sets.compactMap { set in
      let found = report.figures(of: { $0.labelled.studentCorpus == set })
      return found.ones > 0 && found.zeros > 0 ? row(set, found) : nil
    }
    lines += [
      "",
      "95 % intervals of a bootstrap over the students' families, which are few: AUC \(interval(intervals[0])), within one "
        + "student \(interval(intervals[1])), within one teacher \(interval(intervals[2])), Cllr \(interval(intervals[3])).",
      "",
      "\(report.pairs.count { $0.labelled.label != nil && $0.logRatio == nil }) labelled pairs have no ratio, for fewer than "
        + "\(report.calibration.fewestSources) families with label 1 are left to learn from; they count as ratio 1.",
      "",
      "| ratio above | pairs of label 0 | exact 95 % limits, as if pairs were independent |", "|---|---|---|",
    ]
    for ratio in [1.0, 10, 100] {
      let found = report.misleading(above: ratio)
      lines.append(
        "| \(Int(ratio)) | \(found.count) of \(found.of) | \(percent(found.low)) to \(percent(found.high)) |")
    }
    lines += standing(report)
    return lines.joined(separator: "\n") + "\n"
  }

  /// How often the words of the report, "stands out", are said: each pair as a case with one candidate.
  private static func standing(_ report: ValidationReport) -> [String] {
    var lines = [
      "", "## How often the report says that a suspect stands out", "",
      "Each pair as a case with one candidate and all unrelated models of its set as the cohort.", "",
      "| pairs | stands out | exact 95 % limits, as if pairs were independent |", "|---|---|---|",
    ]
    func add(_ name: String, _ isIncluded: (LabelledPair) -> Bool) {
      let found = report.standingOut(of: isIncluded)
      guard found.of > 0 else { return }
      lines.append("| \(name) | \(found.count) of \(found.of) | \(percent(found.low)) to \(percent(found.high)) |")
    }
    add("label 1: documented teacher") { $0.label == 1 }
    add("label 0: no known link") { $0.label == 0 }
    for relation in Set(report.pairs.map(\.labelled.relation)).sorted() {
      let labels = Set(report.pairs.filter { $0.labelled.relation == relation }.map(\.labelled.label))
      let name = labels.count == 1 ? labels.first.flatMap { $0 }.map { "label \($0)" } ?? "no label" : "mixed"
      add("\(relation) (\(name))") { $0.relation == relation }
    }
    return lines
  }

  private static func row(_ name: String, _ figures: ValidationReport.Figures) -> String {
    "| \(name) | \(figures.ones) | \(figures.zeros) | "
      + [
        figures.areaUnderCurve, figures.withinStudent, figures.withinTeacher, figures.cllr, figures.minimalCllr,
      ].map { String(format: "%.3f", $0) }.joined(separator: " | ") + " |"
  }

  private static func interval(_ interval: Interval) -> String {
    String(format: "[%.2f, %.2f]", interval.low, interval.high)
  }

  private static func percent(_ value: Double) -> String { String(format: "%.1f %%", 100 * value) }

  private static func number(_ value: Double) -> String { String(format: "%.6g", value) }

  private static func quoted(_ field: String) -> String {
    field.contains { $0 == "," || $0 == "\"" } ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
