import Likelihood
import Statistics

/// How often "a link is indicated" is said, by the rule of the report (`IndicationRule`): each pair by lines that saw no developer,
/// family or base model of it, and by an interval over families, teachers' developers and probes, as in a case.
package struct IndicationValidation: Sendable {
  private struct Found: Sendable {
    let labelled: LabelledPair
    let reaches: Bool
    let isIndicated: Bool
  }

  package struct Rate: Sendable {
    /// A ratio of at least the limit, and with the lower end of its interval above 1 too.
    package let reaching: Int
    package let indicated: Int
    package let of: Int
    /// Exact 95 % limits of the rate of those indicated, pairs taken as if they were independent.
    package let low: Double
    package let high: Double
  }

  /// Draws of families and developers behind the intervals, and those of them that left too little to fit a line on: an interval has
  /// the others.
  package struct Draws: Hashable, Sendable {
    package let drawn: Int
    package let failed: Int
  }

  private let found: [Found]
  private let planted: [Found]
  package let draws: Draws

  /// - Parameter seed: of the draws.
  package init(_ report: ValidationReport, seed: UInt64) {
    let pairs = report.calibrationPairs
    let labelled = zip(report.pairs, pairs).filter { $0.0.labelled.label != nil }.map {
      CalibrationFit.comparison($0.1, .noLink)
    }
    let fitting = CalibrationFit(learning: report.learning, seed: seed)
    let fit = report.frozen?.fits.first { $0.alternative == .noLink }
    var drawn: [Set<String>: [Calibration.Line]] = [:]
    func lines(without families: Set<String>) -> [Calibration.Line] {
      if let fit { return fit.replicates }
      if let known = drawn[families] { return known }
      let lines = fitting.lines(drawnFrom: labelled.filter { $0.families.isDisjoint(with: families) })
      drawn[families] = lines
      return lines
    }
    func judged(_ pair: ValidationReport.Pair) -> Found {
      let log10 = (pair.logRatio ?? 0) / Double.ln10
      guard log10 >= IndicationRule.least else {
        return Found(labelled: pair.labelled, reaches: false, isIndicated: false)
      }
      let one = CalibrationFit.comparison(pair.calibrationPair, .noLink)
      let replicates =
        pair.scored.replicates.isEmpty ? [one.score] : pair.scored.replicates.map { pair.weight * $0 }
      let interval = Calibration.interval(
        of: replicates, by: lines(without: one.families), bounds: fit?.bounds ?? Self.unbounded, 0.95)
      return Found(
        labelled: pair.labelled, reaches: true,
        isIndicated: IndicationRule.isMet(log10: log10, low: interval?.low ?? log10))
    }
    found = report.pairs.map { judged($0) }
    planted = report.planted.map { judged($0) }
    let fitted = fit.map { [$0.replicates] } ?? Array(drawn.values)
    draws = Draws(
      drawn: fitted.count * Calibration.draws,
      failed: fitted.reduce(0) { $0 + max(Calibration.draws - $1.count, 0) })
  }

  private static let unbounded = RatioBounds.Bounds(lower: -100, upper: 100)

  package func rate(of isIncluded: (LabelledPair) -> Bool) -> Rate {
    Self.rate(found.filter { isIncluded($0.labelled) })
  }

  /// The same of the planted pairs.
  package func plantedRate(of isIncluded: (LabelledPair) -> Bool = { _ in true }) -> Rate {
    Self.rate(planted.filter { isIncluded($0.labelled) })
  }

  private static func rate(_ chosen: [Found]) -> Rate {
    let indicated = chosen.count { $0.isIndicated }
    let limits = ExactInterval.twoSided(successes: indicated, trials: max(chosen.count, 1), confidence: 0.95)
    return Rate(
      reaching: chosen.count { $0.reaches }, indicated: indicated, of: chosen.count, low: limits.low,
      high: limits.high)
  }

  /// The same of suspects: those for whom a link is indicated with one of their candidates without a known link at least.
  package func suspectsMisled() -> (count: Int, of: Int) {
    let suspects = Dictionary(grouping: found.filter { $0.labelled.label == 0 }) {
      "\($0.labelled.studentCorpus)/\($0.labelled.student)"
    }
    return (suspects.values.count { $0.contains { $0.isIndicated } }, suspects.count)
  }
}
