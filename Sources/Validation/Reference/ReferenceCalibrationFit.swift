import Formats
import Likelihood
import Statistics

/// Fits a `ReferenceCalibration` on a table of losses.
package struct ReferenceCalibrationFit: Sendable {
  private let replicates: Int
  private let seed: UInt64
  private let tool: String

  package init(replicates: Int = 200, seed: UInt64, tool: String) {
    self.replicates = replicates
    self.seed = seed
    self.tool = tool
  }

  /// - Parameter file: names the table in errors.
  /// - Throws: `FittingError.lossesTooFew` if no line could be fitted.
  package func calibration(_ corpus: LossCorpus, file: String) throws(FittingError) -> ReferenceCalibration {
    guard Set(corpus.rows.map(\.base)).count > 1, Set(corpus.rows.compactMap(\.teacher)).count > 1 else {
      throw .lossesTooFew(file: file)
    }
    var fits: [ReferenceScore.Sides: ReferenceCalibration.Fit] = [:]
    for sides in ReferenceScore.Sides.allCases {
      let cases = corpus.rows.flatMap { LossCase.of($0, among: corpus.rows, by: sides == .one ? .oneSide : .bothSides) }
      fits[sides] = fit(cases.flatMap { $0.lessons(sides) })
    }
    guard !fits.isEmpty else { throw .lossesTooFew(file: file) }
    return ReferenceCalibration(
      tool: tool, seed: seed, losses: corpus.digest,
      widestReach: Self.rounded(corpus.rows.map(\.reach).max() ?? 0, 3), bases: Set(corpus.rows.map(\.base)).sorted(),
      teachers: Set(corpus.rows.compactMap(\.teacher)).sorted(), fits: fits)
  }

  private func fit(_ found: [LeaveFamiliesOut.Case]) -> ReferenceCalibration.Fit? {
    let lessons = found.map {
      LeaveFamiliesOut.Case(
        score: Self.rounded($0.score, 6), label: $0.label, families: $0.families, source: $0.source,
        developer: $0.developer)
    }
    let learning = ReferenceCalibration.learning
    guard let line = learning.line(lessons) else { return nil }
    let ratios = learning.logRatios(lessons).map { $0.map { $0 / Double.ln10 } }
    let known = zip(lessons, ratios).compactMap { one, ratio in
      ratio.map { (log10: $0, isTrue: one.label == true, source: one.source) }
    }
    let evaluation = RatioEvaluation(known.map { ($0.log10, $0.isTrue, 1) })
    let (ifTrue, ifFalse) = (evaluation.trueRatios.map(\.log10), evaluation.falseRatios.map(\.log10))
    func count<Name: Hashable>(_ label: Bool, _ name: (LeaveFamiliesOut.Case) -> Name) -> Int {
      Set(lessons.filter { $0.label == label }.map(name)).count
    }
    // Bases on either side, and teachers: as few as the fewest of these are the independent sources.
    let sources = min(count(true, \.source), count(false, \.source), count(true, \.developer))
    let supported =
      evaluation.cllr < 1 && line.slope > 0
      ? RatioBounds.empirical(trueLog10: ifTrue, falseLog10: ifFalse)
        .tightened(by: RatioBounds.byInvariance(trueLog10: ifTrue, falseLog10: ifFalse))
        .tightened(by: RatioBounds.bySources(sources))
      : RatioBounds.Bounds(lower: 0, upper: 0)
    let bounds = RatioBounds.Bounds(lower: Self.rounded(supported.lower, 3), upper: Self.rounded(supported.upper, 3))
    func unseen(_ label: Bool) -> [String: [Double]] {
      Dictionary(grouping: known.filter { $0.isTrue == label }, by: \.source).mapValues {
        $0.map { Self.rounded(bounds.clipped($0.log10), 3) }
      }
    }
    return ReferenceCalibration.Fit(
      lessons: lessons, line: Self.rounded(line),
      replicates: Self.drawn(lessons, replicates: replicates, seed: seed), bounds: bounds,
      unseen: .init(ifTrue: unseen(true), ifFalse: unseen(false)), cllr: Self.rounded(evaluation.cllr, 6),
      minimalCllr: Self.rounded(evaluation.minimalCllr, 6))
  }

  /// Lines of bases and candidates drawn with replacement.
  static func drawn(_ lessons: [LeaveFamiliesOut.Case], replicates: Int, seed: UInt64) -> [Calibration.Line] {
    func sides(_ one: LeaveFamiliesOut.Case) -> Set<String> {
      Set(["base \(one.source)"] + (one.developer.map { ["model \($0)"] } ?? []))
    }
    return ReferenceCalibration.learning
      .lines(drawnFrom: lessons, replicates: replicates, seed: seed, sides: sides).map(rounded)
  }

  /// Six digits, so that the last bits, in which processors differ, stay out of the file.
  private static func rounded(_ line: Calibration.Line) -> Calibration.Line {
    Calibration.Line(slope: rounded(line.slope, 6), intercept: rounded(line.intercept, 6))
  }

  private static func rounded(_ value: Double, _ decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let found = (value * scale).rounded() / scale
    return found == 0 ? 0 : found  // no "-0"
  }
}
