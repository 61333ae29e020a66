import Cases
import Escaping
import Foundation
package import Validation

/// What a validation says of groups: a section of its page, and a table of them.
package struct GroupValidationText {
  private let groups: GroupValidation
  private let english: Set<String>

  /// - Parameter english: sets of answers in English.
  package init(_ groups: GroupValidation, english: Set<String>) {
    self.groups = groups
    self.english = english
  }

  /// One line a group: `llr` is the natural logarithm of the likelihood ratio against no link with any member.
  package var table: String {
    let header = ["suspect", "developer", "corpus", "llr", "members", "score"]
    func number(_ value: Double) -> String { String(format: "%.6g", value) }
    let rows = groups.groups.map { group in
      [
        group.labelled.suspect.rawValue, group.labelled.developer, group.labelled.corpus,
        group.logRatio.map(number) ?? "", "\(group.labelled.members.count)", number(group.labelled.score),
      ]
    }
    return CSVTable.text([header] + rows)
  }

  /// Empty where the method weighs no groups.
  var lines: [String] {
    guard !groups.groups.isEmpty else { return [] }
    return ["", "## Groups", "", Self.introduction, ""] + figures + ["", Self.reaching, ""] + rates
  }

  private static let introduction = """
    All candidates of one developer in the table of pairs, as one: was the suspect trained on answers of some of them? Label 1 if it is documented for one, label 0 if none of those of which it is known has a link. The score is the greatest of the members' style and lead; each ratio comes from a calibration that saw no developer, family or base model of any pair of the group. *Apart* is the mean over students' families of each one's area among all groups of label 0 in the row; *found* is the share of label 1 above the highest hundredth of label 0, or above the highest where there are fewer than a hundred.
    """

  private static let reaching = "Ratios of groups at the limit of the rule of words, before its interval is looked at:"

  private var sets: [String] { Set(groups.groups.map(\.labelled.corpus)).sorted() }

  private var parts: [(name: String, isIncluded: (LabelledGroup) -> Bool)] {
    [
      ("all", { _ in true }), ("in English", { english.contains($0.corpus) }),
      ("in other languages", { !english.contains($0.corpus) }), ("of one member", { $0.members.count == 1 }),
      ("of several members", { $0.members.count > 1 }),
    ]
  }

  private var figures: [String] {
    var lines = [
      "| groups | label 1 | label 0 | AUC | within one student | apart | found | Cllr | least Cllr |",
      "|---|---|---|---|---|---|---|---|---|",
    ]
    let bySet = sets.map { set in (name: set.markdown, isIncluded: { (group: LabelledGroup) in group.corpus == set }) }
    for part in parts + bySet {
      let found = groups.figures(of: part.isIncluded)
      guard found.ones > 0, found.zeros > 0 else { continue }
      let values = [
        found.areaUnderCurve, found.withinStudent, found.apart, found.foundAtOne, found.cllr, found.minimalCllr,
      ]
      lines.append(
        "| \(part.name) | \(found.ones) | \(found.zeros) | "
          + values.map { ($0.isNaN ? "–" : String(format: "%.3f", $0)) + " |" }.joined(separator: " "))
    }
    return lines
  }

  private var rates: [String] {
    var lines = [
      "| groups | ratio at least | label 1 | label 0 | exact 95 % limits of label 0, as if groups were independent |",
      "|---|---|---|---|---|",
    ]
    for part in parts {
      for ratio in [2.0, 5, 10] {
        let ones = groups.reaching(ratio, label: 1, of: part.isIncluded)
        let zeros = groups.reaching(ratio, label: 0, of: part.isIncluded)
        guard ones.of > 0, zeros.of > 0 else { continue }
        lines.append(
          "| \(part.name) | \(String(format: "%g", ratio)) | \(ones.count) of \(ones.of) | \(zeros.count) of \(zeros.of) | "
            + String(format: "%.1f %% to %.1f %% |", 100 * zeros.low, 100 * zeros.high))
      }
    }
    return lines
  }
}
