import Cases
import Escaping
package import Formats
import Foundation
package import Likelihood
package import Similarity
import Statistics
package import Validation

/// The files of a validation.
package struct ValidationText {
  private let report: ValidationReport
  private let method: CohortMethod
  private let pairs: Digest
  private let seed: UInt64
  private let tool: String
  private let unscored: [LabelledPair]
  private let languages: [String: MainLanguage]

  /// - Parameters:
  ///   - unscored: pairs of known label that no score was found for.
  ///   - languages: of the sets of answers.
  package init(
    report: ValidationReport, method: CohortMethod, pairs: Digest, seed: UInt64, tool: String,
    unscored: [LabelledPair] = [], languages: [String: MainLanguage] = [:]
  ) {
    self.unscored = unscored
    self.languages = languages
    self.report = report
    self.method = method
    self.pairs = pairs
    self.seed = seed
    self.tool = tool
  }

  private typealias Pair = ValidationReport.Pair
  private typealias Figures = ValidationReport.Figures

  /// One line a pair: `llr` is the natural logarithm of the likelihood ratio against no link, those behind it against other kinds of
  /// link, empty where the program does not evaluate them, as it never does a direction; the other columns are scores, in standard
  /// deviations of the cohort.
  package static func table(_ report: ValidationReport, method: CohortMethod) -> String {
    let header =
      ["teacher", "student", "corpus", "llr", "llr_common_teacher", "llr_same_base", "llr_reverse", "direction"]
      + ["combined", "fused", "lead"] + method.channels.map(\.name) + ["cohort", "prompts"]
    func number(_ value: Double) -> String { String(format: "%.6g", value) }
    let kinds = KindRatios(report)
    let rows = report.pairs.enumerated().map { place, pair -> [String] in
      let names = [pair.labelled.teacher.rawValue, pair.labelled.student.rawValue, pair.labelled.studentCorpus]
      let kinds = KindRatios.kinds.map { kind in kinds.logRatios[kind]?[place].map(number) ?? "" }
      let scores = [number(pair.score.combined), number(pair.score.fused), pair.score.lead.map(number) ?? ""]
      let channels = pair.score.channels.map { number($0.value) }
      return names + [number(pair.logRatio ?? 0)] + kinds + [""] + scores + channels
        + ["\(pair.score.cohort)", "\(pair.score.prompts)"]
    }
    return CSVTable.text([header] + rows)
  }

  package func markdown() -> String {
    (introduction + withoutScore + ranking + apart + calibrationFigures + parts + errorRates + indication + groups
      + relations + travel + fewer + ablation)
      .joined(separator: "\n") + "\n"
  }

  private var sets: [String] { Set(report.pairs.map(\.labelled.studentCorpus)).sorted() }

  /// How scores are weighed.
  private var reliability: String {
    report.learning.reliability.map {
      "; a score over n prompts is weighed by √(n / (n + \($0.halfway)))"
    } ?? ""
  }

  private var introduction: [String] {
    let learning = report.learning
    let source =
      report.frozen.map { frozen in
        """
        The ratios are those of a frozen calibration (fitted on the pairs `\(frozen.pairs.hex.prefix(16))`…)\(frozen.pairs == pairs ? ", **fitted on these very pairs**: its figures flatter" : "").
        """
      }
        ?? """
        The ratios come, for each pair, from a calibration that saw no developer, no family and no base model of the pair, in either role, nor a model with one of these bases under it, however far back (logistic regression of the fused score, prior \(learning.prior), penalty \(learning.penalty), a pair weighing n^−\(learning.evenness) of the n pairs of its family and label\(reliability)).
        """
    return [
      "# Validation", "",
      """
      Method \(method.version) (\(method.name)), channels of equal weight. \
      \(source) Made by `make validate` with \(tool). \
      SHA-256 of the pairs: `\(pairs.hex)`.
      """, "",
    ]
  }

  /// Pairs that are in the table, and in no figure below.
  private var withoutScore: [String] {
    guard !unscored.isEmpty else { return [] }
    func count(_ label: Int) -> (all: Int, unscored: Int) {
      let missing = unscored.count { $0.label == label }
      return (report.pairs.count { $0.labelled.label == label } + missing, missing)
    }
    let (ones, zeros) = (count(1), count(0))
    let names = unscored.map { pair in
      "\(pair.teacher.rawValue.markdown) for \(pair.student.rawValue.markdown) (\(pair.studentCorpus.markdown))"
    }
    return [
      """
      Of \(ones.all) labelled pairs with label 1 and \(zeros.all) with label 0, \(ones.all - ones.unscored) and \(zeros.all - zeros.unscored) have a score; all figures are of these. \
      The others have none, for too few unrelated models answered the same prompts: \(names.joined(separator: ", ")).
      """, "",
    ]
  }

  private static let ranksAcross = """
    By the likelihood ratio; each pair has a calibration of its own, so that pairs of different families are compared across calibrations:
    """

  private var withoutRatio: String {
    let count = report.pairs.count { $0.labelled.label != nil && $0.logRatio == nil }
    guard count > 0 else { return "Every labelled pair with a score has a ratio." }
    guard report.frozen == nil else {
      return
        "\(count) labelled pairs have a score and no ratio, for the calibration gives none against no link; they count as ratio 1."
    }
    return """
      \(count) labelled pairs have a score and no ratio, for fewer than \(report.learning.minimumSources) families with label 1 are left to learn from; they count as ratio 1.
      """
  }

  private var ranking: [String] {
    let head = [
      "| answers | label 1 | label 0 | AUC | within one student | within one teacher | equal error rate |",
      "|---|---|---|---|---|---|---|",
    ]
    func rows(_ value: (Pair) -> Double?) -> [String] {
      ([nil] + sets.map(Optional.some)).compactMap { set in
        let found = report.figures(by: value, of: { set == nil || $0.labelled.studentCorpus == set })
        guard found.ones > 0, found.zeros > 0 else { return nil }
        return "| \((set ?? "all").markdown) | \(found.ones) | \(found.zeros) | "
          + cells([found.areaUnderCurve, found.withinStudent, found.withinTeacher, found.equalErrorRate])
      }
    }
    let intervals = report.familyIntervals(
      replicates: 400, confidence: 0.95, seed: seed, by: { $0.score.fused })
    return ["## How well the scores rank", "", "By the fused score, nothing fitted:", ""] + head
      + rows { $0.score.fused }
      + [
        "",
        """
        95 % intervals of a bootstrap over the students' families, which are few: AUC \(Self.interval(intervals[0])), within one student \(Self.interval(intervals[1])), within one teacher \(Self.interval(intervals[2])).
        """, "",
        report.frozen == nil ? Self.ranksAcross : "By the likelihood ratio, one calibration for all pairs:", "",
      ] + head + rows { $0.logRatio ?? 0 }
  }

  private var apart: [String] {
    var lines = [
      "", "## Families apart", "",
      """
      One family's documented pairs among all pairs without a link of the same set, which is what the next case is like: the area under the curve, its mean over families, and the family with the least. \
      A family in several sets counts once. Sets with fewer than \(FamiliesApart.minimumZeros) pairs without a link are left out.
      """, "",
      "| answers | families | by the fused score | least | by the ratio | least |", "|---|---|---|---|---|---|",
    ]
    for set in [nil] + sets.map(Optional.some) {
      let isOfSet: (Pair) -> Bool = { set == nil || $0.labelled.studentCorpus == set }
      let scores = report.familiesApart(by: { $0.score.fused }, of: isOfSet)
      let ratios = report.familiesApart(by: { $0.logRatio ?? 0 }, of: isOfSet)
      guard let least = scores.least, let leastRatio = ratios.least else { continue }
      lines.append(
        "| \((set ?? "all").markdown) | \(scores.families.count) | "
          + String(
            format: "%.3f | %@ %.2f | %.3f | %@ %.2f |", scores.mean, least.name.markdown, least.areaUnderCurve,
            ratios.mean, leastRatio.name.markdown, leastRatio.areaUnderCurve))
    }
    return lines
  }

  private var calibrationFigures: [String] {
    var lines = [
      "", "## How good the ratios are", "",
      "| answers | Cllr | least Cllr | loss | loss by chance: mean, 95th percentile | above 10, label 1 | above 10, label 0 |",
      "|---|---|---|---|---|---|---|",
    ]
    for set in [nil] + sets.map(Optional.some) {
      let found = report.figures(of: { set == nil || $0.labelled.studentCorpus == set })
      guard found.ones > 0, found.zeros > 0 else { continue }
      let chance = CalibrationLoss.byChance(
        areaUnderCurve: found.areaUnderCurve, ones: found.ones, zeros: found.zeros, seed: seed)
      lines.append(
        "| \((set ?? "all").markdown) | " + cells([found.cllr, found.minimalCllr, found.cllr - found.minimalCllr])
          + String(
            format: " %.3f, %.3f | %.1f %% | %.2f %% |", chance.mean, chance.upper, 100 * found.aboveTenOnes,
            100 * found.aboveTenZeros))
    }
    let interval = report.familyIntervals(replicates: 400, confidence: 0.95, seed: seed)[3]
    let ofBoth = report.familyIntervals(replicates: 400, confidence: 0.95, seed: seed, of: .both)[3]
    lines += [
      "",
      """
      Cllr: 0 is perfect, 1 no information; interval of the bootstrap over families \(Self.interval(interval)), and with the teachers' developers drawn too \(Self.interval(ofBoth)). \
      \(withoutRatio) \
      The loss by chance takes pairs as independent, which they are not.
      """, "",
      "| log10 prior odds | empirical cross-entropy | after the best recalibration | without ratios |",
      "|---|---|---|---|",
    ]
    let evaluation = report.evaluation
    let best = evaluation.recalibrated
    for odds in [-2.0, -1, -0.5, 0, 0.5, 1, 2] {
      let neutral = RatioEvaluation(trueLog10: [0], falseLog10: [0]).empiricalCrossEntropy(log10PriorOdds: odds)
      lines.append(
        String(format: "| %.1f | ", odds)
          + cells([
            evaluation.empiricalCrossEntropy(log10PriorOdds: odds), best.empiricalCrossEntropy(log10PriorOdds: odds),
            neutral,
          ]))
    }
    return lines
  }

  private var errorRates: [String] {
    var lines = [
      "", "## Error rates", "",
      "| ratio at least | label 1 | label 0 | exact 95 % limits, as if pairs were independent | families with one or more, label 0 |",
      "|---|---|---|---|---|",
    ]
    for ratio in [0.1, 0.2, 0.5, 1, 2, 5, 10, 20] {
      let found = report.misleading(above: ratio)
      let shares = report.evaluation.tippett(log10(ratio))
      let families = report.familiesMisled(above: ratio)
      lines.append(
        "| \(ratio.cell("%g")) | \(percent(shares.ifTrue)) | \(percent(shares.ifFalse, "%.2f %%")) | \(limits(found)) | \(families.count) of \(families.of) |"
      )
    }
    lines += [
      "", likeness, "",
      "Detection error trade-off: ratios above the limit count as found; both rates also in normal deviates.", "",
      "| limit | missed, label 1 | falsely found, label 0 | deviate of the one | of the other |",
      "|---|---|---|---|---|",
    ]
    for ratio in [0.1, 0.2, 0.5, 1, 2, 5, 10] {
      let error = report.evaluation.detectionError(log10(ratio))
      func deviate(_ share: Double) -> String {
        let value = NormalDistribution.quantile(share)
        guard !value.isNaN else { return "–" }
        return value.isFinite ? String(format: "%.2f", value) : value < 0 ? "−∞" : "∞"
      }
      lines.append(
        "| \(ratio.cell("%g")) | \(percent(error.missed)) | \(percent(error.falselyFound, "%.2f %%")) | "
          + "\(deviate(error.missed)) | \(deviate(error.falselyFound)) |")
    }
    return lines
  }

  private var likeness: String {
    guard let found = report.likeness else { return "No family has two pairs of label 0." }
    return String(
      format:
        """
        ln ratios of one family's students have an intraclass correlation of %.2f among pairs of label 0: those %d pairs weigh as %.0f independent ones, and the limits above are as much too narrow.
        """, found.intraclass, found.pairs,
      found.effective)
  }

  private var relations: [String] {
    var lines = [
      "", "## By relation", "",
      """
      AUC of the fused score of documented teachers against this relation: .5 means that the scores cannot tell the two apart, as they cannot for students of one teacher.
      """, "",
      "| relation | pairs | families | median ratio | above 10 | AUC of label 1 against it |",
      "|---|---|---|---|---|---|",
    ]
    for relation in Set(report.pairs.map(\.labelled.relation)).sorted() {
      let chosen = report.pairs.filter { $0.labelled.relation == relation }
      let ratios = chosen.compactMap(\.logRatio)
      guard !ratios.isEmpty else { continue }
      let ones = report.pairs.filter { $0.labelled.label == 1 }
      let area = RankingAccuracy.areaUnderCurve(
        ones.map { .init(score: $0.score.fused, label: true, group: "") }
          + chosen.map { .init(score: $0.score.fused, label: false, group: "") })
      let isPositive = chosen.allSatisfy { $0.labelled.label == 1 }
      lines.append(
        "| \(relation.markdown) | \(chosen.count) | \(Set(chosen.map(\.labelled.studentFamily)).count) | "
          + String(format: "%.2f", exp(ratios.quantiles([0.5])[0]))
          + " | \(percent(Double(ratios.count { $0 > log(10) }) / Double(ratios.count))) | "
          + (isPositive ? "–" : area.cell("%.3f")) + " |")
    }
    return lines
  }

  /// Whether a calibration travels from one set of answers to another.
  private var travel: [String] {
    guard sets.count > 1, report.frozen == nil else { return [] }
    var lines = [
      "", "## Fitted on the other sets of answers", "",
      "Each pair from a calibration that saw no family of it and nothing of its set of answers.", "",
      "| answers | without a ratio | Cllr | least Cllr | above 10, label 1 | above 10, label 0 |",
      "|---|---|---|---|---|---|",
    ]
    for set in sets {
      let found = report.figures(by: { $0.logRatioOfOtherSets ?? 0 }, of: { $0.labelled.studentCorpus == set })
      guard found.ones > 0, found.zeros > 0 else { continue }
      let missing = report.pairs.count {
        $0.labelled.studentCorpus == set && $0.labelled.label != nil && $0.logRatioOfOtherSets == nil
      }
      lines.append(
        "| \(set.markdown) | \(missing) | " + cells([found.cllr, found.minimalCllr])
          + " \(percent(found.aboveTenOnes)) | \(percent(found.aboveTenZeros)) |")
    }
    return lines
  }

  private var fewer: [String] {
    var lines: [String] = []
    func table(
      _ title: String, _ explanation: String, _ column: String, ofPrompts: Bool = false,
      _ values: [Int: (Pair) -> Double?]
    ) {
      guard !values.isEmpty else { return }
      lines += [
        "", "## \(title)", "", explanation, "",
        "| \(column) | label 1 | label 0 | AUC | within one student | within one teacher | Cllr | above 10, label 0 | all: AUC, Cllr |",
        "|---|---|---|---|---|---|---|---|---|",
      ]
      for (count, value) in values.sorted(by: { $0.key < $1.key }) {
        let found = report.figures(
          by: { $0.ratio(of: value($0), prompts: ofPrompts ? count : nil) }, of: { value($0) != nil })
        let ranked = report.figures(by: value, of: { value($0) != nil })
        let whole = report.figures(by: { $0.logRatio }, of: { value($0) != nil })
        let rankedWhole = report.figures(by: { $0.score.fused }, of: { value($0) != nil })
        guard found.ones > 0, found.zeros > 0 else { continue }
        lines.append(
          "| \(count) | \(found.ones) | \(found.zeros) | "
            + cells([ranked.areaUnderCurve, ranked.withinStudent, ranked.withinTeacher, found.cllr])
            + String(
              format: " %.2f %% | %.3f, %.3f |", 100 * found.aboveTenZeros, rankedWhole.areaUnderCurve, whole.cllr))
      }
    }
    let prompts = Set(report.pairs.flatMap(\.scored.fewerPrompts.keys))
    table(
      "By number of prompts",
      """
      Ranking by the fused score; ratios of calibrations fitted with all prompts. \
      A row has the pairs of those sets that have more prompts; the last column has the figures of the same pairs with all of them.
      """, "prompts", ofPrompts: true,
      Dictionary(uniqueKeysWithValues: prompts.map { count in (count, { $0.scored.fewerPrompts[count] }) }))
    let sizes = Set(report.pairs.flatMap(\.scored.smallerCohort.keys))
    table(
      "By size of the cohort",
      "Members drawn at random for each pair; ratios of calibrations fitted with whole cohorts.",
      "at most", Dictionary(uniqueKeysWithValues: sizes.map { size in (size, { $0.scored.smallerCohort[size] }) }))
    return lines
  }

  private var ablation: [String] {
    guard report.frozen == nil, method.channels.count > 1 else { return [] }
    var lines = [
      "", "## By channel", "", "Ranking by the fused score, and Cllr of calibrations made anew.", "",
      "| channels | AUC | within one student | within one teacher | Cllr |", "|---|---|---|---|---|",
    ]
    func row(_ name: String, _ channels: [Int]) {
      let found = report.reduced(toChannels: channels)
      let ranked = found.figures(by: { $0.score.fused })
      lines.append(
        "| \(name) | "
          + cells([ranked.areaUnderCurve, ranked.withinStudent, ranked.withinTeacher, found.figures().cllr]))
    }
    let all = Array(method.channels.indices)
    row("all", all)
    for channel in all { row("without \(method.channels[channel].name)", all.filter { $0 != channel }) }
    for channel in all { row("only \(method.channels[channel].name)", [channel]) }
    return lines
  }

  private var indication: [String] {
    IndicationValidationText(
      indication: IndicationValidation(report, seed: seed), pairs: report.pairs.map(\.labelled), english: english
    ).lines
  }

  private var groups: [String] { GroupValidationText(GroupValidation(report), english: english).lines }

  private var parts: [String] { ValidationPartsText(report: report, languages: languages).lines }

  private var english: Set<String> { Set(languages.filter { $0.value == .english }.keys) }

  private func cells(_ values: [Double]) -> String { values.map { $0.cell("%.3f") + " |" }.joined(separator: " ") }

  private static func interval(_ interval: Interval) -> String {
    guard interval.low.isFinite, interval.high.isFinite else { return "none, for one of the labels is missing" }
    return String(format: "[%.2f, %.2f]", interval.low, interval.high)
  }

  private func limits(_ found: (count: Int, of: Int, low: Double, high: Double)) -> String {
    guard found.of > 0 else { return "–" }
    return "\(found.count) of \(found.of): \(percent(found.low)) to \(percent(found.high))"
  }

  private func percent(_ value: Double, _ format: String = "%.1f %%") -> String { (100 * value).cell(format) }
}
