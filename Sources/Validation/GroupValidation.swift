import Cases
import Likelihood
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How good the ratios of groups are: each by a calibration that saw no developer, family or base model of any of its pairs, or by
/// a frozen one.
package struct GroupValidation: Sendable {
  package struct Group: Sendable {
    package let labelled: LabelledGroup
    /// Natural logarithm of the ratio against no link with any member; nil where there is none.
    package let logRatio: Double?
  }

  package struct Figures: Sendable {
    package let ones: Int
    package let zeros: Int
    package let areaUnderCurve: Double
    package let withinStudent: Double
    /// Mean over the students' families of each one's area.
    package let apart: Double
    package let cllr: Double
    package let minimalCllr: Double
    /// Share of label 1 above the highest hundredth of label 0.
    package let foundAtOne: Double
  }

  /// In the order of the table of pairs.
  package let groups: [Group]

  package init(_ report: ValidationReport) {
    let labelled = LabelledGroup.all(report.calibrationPairs)
    let cases = labelled.map(\.learned)
    let frozen = report.frozen
    let lines = frozen == nil ? report.learning.lines(cases) : cases.map { _ in frozen?.groups?.line }
    groups = zip(labelled, lines).map { group, line in
      Group(
        labelled: group, logRatio: ValidationReport.Pair.ratio(line, frozen?.groups?.bounds, group.score))
    }
  }

  /// Of the labelled groups; one without a ratio counts as ratio 1.
  package func figures(of isIncluded: (LabelledGroup) -> Bool = { _ in true }) -> Figures {
    let chosen = groups.filter { $0.labelled.label != nil && isIncluded($0.labelled) }
    func isOne(_ group: Group) -> Bool { group.labelled.label == 1 }
    func value(_ group: Group) -> Double { group.logRatio ?? 0 }
    func area(_ groups: [Group], _ key: (LabelledGroup) -> String) -> Double {
      RankingAccuracy.areaUnderCurve(
        groups.map { .init(score: value($0), label: isOne($0), group: key($0.labelled)) })
    }
    let ratios = RatioEvaluation(chosen.map { (value($0) / Double.ln10, isOne($0), 1) })
    let (ones, zeros) = (chosen.filter(isOne), chosen.filter { !isOne($0) })
    let areas = Dictionary(grouping: ones, by: \.labelled.studentFamily).sorted { $0.key < $1.key }.map {
      area($0.value + zeros) { _ in "" }
    }
    return Figures(
      ones: ones.count, zeros: zeros.count, areaUnderCurve: area(chosen) { _ in "" },
      withinStudent: area(chosen) { "\($0.corpus)/\($0.suspect)" },
      apart: areas.isEmpty ? .nan : areas.reduce(0, +) / Double(areas.count), cllr: ratios.cllr,
      minimalCllr: ratios.minimalCllr, foundAtOne: Self.found(ones.map(value), zeros.map(value)))
  }

  /// Share of `ones` above the `zeros`' highest hundredth; of fewer than a hundred, above the highest.
  private static func found(_ ones: [Double], _ zeros: [Double]) -> Double {
    guard !ones.isEmpty, !zeros.isEmpty else { return .nan }
    let limit = zeros.sorted(by: >)[max(zeros.count / 100, 1) - 1]
    return Double(ones.count { $0 > limit }) / Double(ones.count)
  }

  /// How many labelled groups of one label have a ratio of at least `ratio`, and the exact 95 % limits of that rate, groups taken as
  /// if they were independent.
  package func reaching(
    _ ratio: Double, label: Int, of isIncluded: (LabelledGroup) -> Bool = { _ in true }
  ) -> (count: Int, of: Int, low: Double, high: Double) {
    let chosen = groups.filter { $0.labelled.label == label && isIncluded($0.labelled) }
    let count = chosen.count { ($0.logRatio ?? 0) >= log(ratio) }
    let limits = ExactInterval.twoSided(successes: count, trials: max(chosen.count, 1), confidence: 0.95)
    return (count, chosen.count, limits.low, limits.high)
  }
}
