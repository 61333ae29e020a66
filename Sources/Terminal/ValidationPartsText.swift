import Escaping
import Foundation
import Likelihood
import Similarity
import Statistics
import Validation

/// What a validation says of parts of its pairs, which one figure for all of them hides: by language, by whose models are the
/// candidates, and by whether a case like the pair would get a ratio at all.
struct ValidationPartsText {
  let report: ValidationReport
  let languages: [String: MainLanguage]

  private typealias Pair = ValidationReport.Pair

  var lines: [String] {
    var lines = [
      "", "## By language, by developer and by range", "", Self.introduction, "",
      "| pairs | label 1 | label 0 | AUC | within one student | within one teacher | Cllr | least Cllr | \(Self.least) or more, label 1 | \(Self.least) or more, label 0 |",
      "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines.append(row("all") { _ in true })
    for language in MainLanguage.allCases where languages.values.contains(language) {
      lines.append(row(Self.name(language)) { languages[$0.labelled.studentCorpus] == language })
    }
    if let developer = mostTaught {
      lines.append(row("candidates of \(developer.markdown)") { $0.labelled.teacherDeveloper == developer })
      lines.append(row("candidates of other developers") { $0.labelled.teacherDeveloper != developer })
    }
    let (prompts, cohort) = range
    lines.append(row("\(prompts) common prompts or more, \(cohort) models in the cohort or more") { isInRange($0) })
    lines.append(row("fewer of either") { !isInRange($0) })
    return lines
  }

  private static let introduction = """
    By the likelihood ratio, as above. The developer is the one whose models taught the most documented students. Cases with fewer prompts or a smaller cohort than stated get no ratio from the calibration that ships; here their pairs have one, and are among all others.
    """

  private static let least = String(format: "%g", IndicationRule.leastRatio)

  /// The developer with most pairs of label 1; the first of those with as many.
  private var mostTaught: String? {
    let ones = report.pairs.filter { $0.labelled.label == 1 }
    return Dictionary(grouping: ones, by: \.labelled.teacherDeveloper).max {
      ($0.value.count, $1.key) < ($1.value.count, $0.key)
    }?.key
  }

  /// Fewest prompts and smallest cohort for which the calibration gives a ratio.
  private var range: (prompts: Int, cohort: Int) {
    let validity = report.frozen?.validity
    return (
      validity?.minimumPrompts ?? CorpusCalibration.minimumPrompts,
      validity?.minimumCohort ?? CorpusCalibration.minimumCohort
    )
  }

  private func isInRange(_ pair: Pair) -> Bool {
    let (prompts, cohort) = range
    return pair.score.prompts >= prompts && pair.score.cohort >= cohort
  }

  private func row(_ name: String, _ isIncluded: (Pair) -> Bool) -> String {
    let chosen = report.pairs.filter { $0.labelled.label != nil && isIncluded($0) }
    func reaching(_ label: Int) -> String {
      let ofLabel = chosen.filter { $0.labelled.label == label }
      guard !ofLabel.isEmpty else { return "–" }
      let count = ofLabel.count { ($0.logRatio ?? 0) / Double.ln10 >= IndicationRule.least }
      return "\(count) of \(ofLabel.count)"
    }
    let ones = chosen.count { $0.labelled.label == 1 }
    let zeros = chosen.count - ones
    var figures = [Double](repeating: .nan, count: 5)
    if ones > 0, zeros > 0 {
      let found = report.figures(of: isIncluded)
      figures = [found.areaUnderCurve, found.withinStudent, found.withinTeacher, found.cllr, found.minimalCllr]
    }
    let cells = ["\(ones)", "\(zeros)"] + figures.map { $0.cell("%.3f") } + [reaching(1), reaching(0)]
    return "| \(name) | \(cells.joined(separator: " | ")) |"
  }

  private static func name(_ language: MainLanguage) -> String {
    switch language {
    case .english: "in English"
    case .otherLatin: "in another language of the Latin script"
    case .japanese: "in Japanese"
    case .chinese: "in Chinese"
    case .korean: "in Korean"
    case .cyrillic: "in the Cyrillic script"
    case .greek: "in Greek"
    }
  }
}
