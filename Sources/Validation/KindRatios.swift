package import Likelihood
import Statistics

/// Ratios of all pairs for training against the other kinds of link: by calibrations that saw no developer, family or base model of
/// the pair, or by a frozen one. A kind whose bounds let no word be used has none. One that can speak for one side alone is measured
/// here, so that it is seen how far it is from use; reports do not print it.
package struct KindRatios: Sendable {
  /// Those that have a column of their own.
  package static let kinds: [Alternative] = [.commonTeacher, .sameBase, .reverseDirection]

  /// By kind, natural logarithms in the order of the report's pairs; nil where not evaluated.
  package let logRatios: [Alternative: [Double?]]

  package init(_ report: ValidationReport) {
    let pairs = report.calibrationPairs
    logRatios = Dictionary(
      uniqueKeysWithValues: Self.kinds.map { kind in (kind, Self.logRatios(kind, pairs, report)) })
  }

  private static func logRatios(
    _ kind: Alternative, _ pairs: [CalibrationFit.Pair], _ report: ValidationReport
  ) -> [Double?] {
    let none = [Double?](repeating: nil, count: pairs.count)
    let cases = pairs.map { CalibrationFit.comparison($0, kind) }
    if let frozen = report.frozen {
      guard let fit = frozen.fits.first(where: { $0.alternative == kind }), fit.bounds.canLeaveMiddle else {
        return none
      }
      return cases.map { ValidationReport.Pair.ratio(fit.line, fit.bounds, $0.score) }
    }
    let compared = zip(pairs, cases).filter { CalibrationFit.isComparison($0.0.labelled, kind) }.map { pair, one in
      LeaveFamiliesOut.Case(
        score: one.score, label: pair.labelled.label == 1, families: one.families, source: one.source,
        developer: one.developer)
    }
    let families = Set(compared.filter { $0.label == false }.map(\.source)).count
    guard families >= Calibration.minimumFamilies, let whole = report.learning.line(compared) else { return none }
    let unseen = report.learning.logRatios(compared).map { $0.map { $0 / Double.ln10 } }
    let bounds = CalibrationFit.bounds(compared, unseen, slope: whole.slope).bounds
    guard bounds.canLeaveMiddle else { return none }
    return zip(report.learning.lines(for: cases, learnedFrom: compared), cases).map {
      ValidationReport.Pair.ratio($0, bounds, $1.score)
    }
  }
}
