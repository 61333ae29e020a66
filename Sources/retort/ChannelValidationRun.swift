import CaseFile
import Foundation
import Likelihood
import Reporting
import Similarity

/// Scores every labelled pair of a corpus by every channel of text, and writes table and figures.
struct ChannelValidationRun {
  let corpus: String
  let pairs: String
  let folder: String
  let seed: UInt64
  let json: Bool

  func run() async throws {
    let method = CohortMethod.version2
    let channels = ChannelCatalogue.text.map(\.name)
    let found = try await CorpusPairs.read(
      corpus: corpus, pairs: pairs,
      method: CohortMethod(
        version: method.version, name: "all channels of text", channels: ChannelCatalogue.text,
        adjustedForLength: Set(channels), reference: method.reference), seed: seed, thorough: false)
    let validation = ChannelValidation(
      found.scored.map { ($0.labelled, $0.score) }, channels: channels, combined: Set(method.channels.map(\.name)))
    try FileBytes.write(Self.table(found.scored, channels).utf8, to: "\(folder)/scores.csv")
    let text = Self.markdown(validation, sets: found.counts.map(\.set), pairs: found.pairs)
    try FileBytes.write(text.utf8, to: "\(folder)/README.md")
    guard json else { return try StandardOutput.write(text) }
    try StandardOutput.json(
      .object([
        "schema": .string("retort.validation/1"), "tool": .string(Version.tool),
        "file": .string("\(folder)/scores.csv"),
        "sets": .array(
          found.counts.map {
            .object(["set": .string($0.set), "pairs": .integer($0.pairs), "scored": .integer($0.scored)])
          }),
      ]))
  }

  /// One line a pair: normalised scores, in standard deviations of the cohort.
  private static func table(_ scored: [ValidationReport.Scored], _ channels: [String]) -> String {
    let lines = scored.map { pair in
      ([
        pair.labelled.teacher.rawValue, pair.labelled.student.rawValue, pair.labelled.studentCorpus,
        pair.labelled.label.map(String.init) ?? "", pair.labelled.relation,
      ].map(CSVField.text) + pair.score.channels.map { String(format: "%.5g", $0.value) }).joined(separator: ",")
    }
    return (["teacher,student,corpus,label,relation," + channels.joined(separator: ",")] + lines)
      .joined(separator: "\n") + "\n"
  }

  private static func markdown(_ validation: ChannelValidation, sets: [String], pairs: Digest) -> String {
    func cell(_ figures: ChannelValidation.Figures?) -> String {
      guard let figures else { return "– | – | –" }
      return [figures.areaUnderCurve, figures.withinStudent, figures.withinTeacher].map {
        $0.isFinite ? String(format: "%.3f", $0) : "–"
      }.joined(separator: " | ")
    }
    var lines = [
      "# Channels, one by one", "",
      "Normalised scores of \(validation.ones) documented pairs and \(validation.zeros) without a known link, by each channel "
        + "alone (over the far half of the cohort, the effect of length taken out), and by the mean of the method's four "
        + "channels and one more. Nothing is fitted. Made by `make channels` with \(Version.tool). SHA-256 of the pairs: "
        + "`\(pairs.hex)`.", "",
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
