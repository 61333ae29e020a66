import Cases
import Escaping
package import Formats
import Foundation
import Likelihood
package import Validation

/// The files of a validation of single channels.
package enum ChannelValidationText {
  /// One line a pair: normalised scores, in standard deviations of the cohort.
  package static func table(_ scored: [ValidationReport.Scored], channels: [String]) -> String {
    let rows = scored.map { pair in
      [
        pair.labelled.teacher.rawValue, pair.labelled.student.rawValue, pair.labelled.studentCorpus,
        pair.labelled.label.map(String.init) ?? "", pair.labelled.relation,
      ] + pair.score.channels.map { String(format: "%.5g", $0.value) }
    }
    return CSVTable.text([["teacher", "student", "corpus", "label", "relation"] + channels] + rows)
  }

  package static func markdown(
    _ validation: ChannelValidation, sets: [String], pairs: Digest, tool: String
  ) -> String {
    func cell(_ figures: ChannelValidation.Figures?) -> String {
      guard let figures else { return "– | – | –" }
      return [figures.areaUnderCurve, figures.withinStudent, figures.withinTeacher].map {
        $0.isFinite ? String(format: "%.3f", $0) : "–"
      }.joined(separator: " | ")
    }
    var lines = [
      "# Channels, one by one", "",
      """
      Normalised scores of \(validation.ones) documented pairs and \(validation.zeros) without a known link, by each channel alone (over the far half of the cohort, the effect of length taken out), and by the mean of the method's four channels and one more. \
      Nothing is fitted. \
      Made by `make channels` with \(tool). \
      SHA-256 of the pairs: `\(pairs.hex)`.
      """, "",
      "AUC: among all pairs; wS: among the pairs of one student; wT: among those of one teacher. The method itself: "
        + cell(validation.method).replacingOccurrences(of: " |", with: ",") + ".", "",
      "| channel | AUC | wS | wT | with the method: AUC | wS | wT |", "|---|---|---|---|---|---|---|",
    ]
    lines += validation.rows.map { "| \($0.channel) | \(cell($0.alone)) | \(cell($0.added)) |" }
    lines += ["", "AUC by set of answers:", "", "| channel | " + sets.map(\.markdown).joined(separator: " | ") + " |"]
    lines.append("|---" + sets.map { _ in "|---" }.joined() + "|")
    lines += validation.rows.map { row in
      "| \(row.channel) | "
        + sets.map { set in
          row.bySet[set].map { $0.areaUnderCurve.isFinite ? String(format: "%.3f", $0.areaUnderCurve) : "–" } ?? "–"
        }.joined(separator: " | ") + " |"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
