package import Cases
package import Likelihood
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Suspects of known base and teacher with the ratios of their candidates, and the figures that tell how good these are.
///
/// Each ratio comes from a line that saw no suspect on a base of that developer, and neither teacher nor candidate in either
/// role. Where a table alone leaves nothing to learn from, the lessons of a calibration are learned from instead, by the same
/// rule.
package struct LossValidation: Sendable {
  package struct Weighed: Sendable {
    package let found: LossCase
    /// Natural logarithms of the ratio, with all candidates at hand and with the teacher absent; nil where there is none.
    package let logRatio: Double?
    package let logRatioAbsent: Double?
  }

  /// Candidates of one suspect on one set of prompts.
  package struct Row: Sendable {
    package let suspect: ModelID
    package let base: String
    package let prompts: String
    /// `ReferenceGains.reach`.
    package let reach: Double
    package let candidates: [Weighed]

    /// Whether the documented teacher has the highest ratio; nil where none is documented, or not among the candidates.
    package var isTeacherFirst: Bool? {
      guard let taught = candidates.first(where: { $0.found.isTaught == true })?.logRatio else { return nil }
      return candidates.allSatisfy { $0.found.isTaught == true || ($0.logRatio ?? -.infinity) < taught }
    }

    /// The highest ratio of a candidate where the teacher is absent.
    package var highestAbsent: Double? { candidates.compactMap(\.logRatioAbsent).max() }
  }

  package struct Figures: Sendable {
    package let taught: Int
    package let others: Int
    package let areaUnderCurve: Double
    package let cllr: Double
    package let minimalCllr: Double
    /// Mean of the shares rightly above and rightly not above a ratio of 1.
    package let balancedAccuracy: Double
    package let first: Int
    package let rows: Int
    /// Rows with the teacher absent, and of them those in which some candidate's ratio is above 1, 2 and 5.
    package let absentRows: Int
    package let absentAbove: [(ratio: Int, rows: Int)]
    /// Documented teachers with a ratio above the same.
    package let taughtAbove: [(ratio: Int, count: Int)]
  }

  package let rows: [Row]
  package let undocumented: [Row]
  /// Ratios that the lessons of a calibration were needed for.
  package let borrowed: Int
  package static let thresholds = [1, 2, 5]

  /// - Parameters:
  ///   - undocumented: rows of which no truth is known: scored, and neither weighed nor learned from.
  ///   - measure: what is taken as the score.
  ///   - calibration: whose lessons stand in where the table's own do not suffice.
  ///   - frozen: takes every ratio from the calibration, without the families of each case, and within its bounds.
  package init(
    _ corpus: [ReferenceGains], undocumented: [ReferenceGains] = [], by measure: LossCase.Measure = .bothSides,
    calibration: ReferenceCalibration? = nil, frozen: Bool = false
  ) {
    let cases = corpus.map { LossCase.of($0, among: corpus, by: measure) }
    let flat = cases.flatMap(\.self)
    var known: [Key: Calibration.Line?] = [:]
    var borrowed = 0
    // Of one side every row can teach, those with strangers too.
    let oneSided = measure == .bothSides ? corpus.flatMap { LossCase.of($0, among: corpus, by: .oneSide) } : flat
    let own: [ReferenceScore.Sides: [LeaveFamiliesOut.Case]] = [
      .one: oneSided.flatMap { $0.lessons(.one) }, .both: flat.flatMap { $0.lessons(.both) },
    ]
    func line(_ families: Set<String>, _ sides: ReferenceScore.Sides) -> Calibration.Line? {
      let key = Key(families: families, sides: sides)
      if let found = known[key] { return found }
      let lessons = (own[sides] ?? []).filter { $0.families.isDisjoint(with: families) }
      let learned = ReferenceCalibration.learning.line(lessons)
      known[key] = learned
      return learned
    }
    func ratio(_ score: ReferenceScore?, _ families: Set<String>) -> Double? {
      guard let score else { return nil }
      if frozen {
        guard let calibration, let line = calibration.line(score.sides, without: families) else { return nil }
        return calibration.fits[score.sides]?.bounds.ordered(line.logRatio(score.value))
      }
      if let line = line(families, score.sides) { return line.logRatio(score.value) }
      guard let line = calibration?.line(score.sides, without: families) else { return nil }
      borrowed += 1
      return line.logRatio(score.value)
    }
    func weighed(_ row: ReferenceGains, _ cases: [LossCase]) -> Row {
      Row(
        suspect: row.suspect, base: row.base, prompts: row.prompts, reach: row.reach,
        candidates: cases.map {
          Weighed(
            found: $0, logRatio: ratio($0.score, $0.families), logRatioAbsent: ratio($0.absent, $0.families))
        })
    }
    rows = zip(corpus, cases).map(weighed)
    self.undocumented = undocumented.map { row in
      Row(
        suspect: row.suspect, base: row.base, prompts: row.prompts, reach: row.reach,
        candidates: LossCase.of(row, among: corpus, by: measure).map {
          Weighed(found: $0, logRatio: nil, logRatioAbsent: nil)
        })
    }
    self.borrowed = borrowed
  }

  private struct Key: Hashable {
    let families: Set<String>
    let sides: ReferenceScore.Sides
  }

  /// - Parameter isIncluded: of rows.
  package func figures(of isIncluded: (Row) -> Bool = { _ in true }) -> Figures {
    let rows = rows.filter(isIncluded)
    let known = rows.flatMap(\.candidates).compactMap { one in
      one.found.isTaught.map { (taught: $0, ratio: one.logRatio ?? 0) }
    }
    let taught = known.filter(\.taught).map(\.ratio)
    let others = known.filter { !$0.taught }.map(\.ratio)
    let evaluation = RatioEvaluation(
      trueLog10: taught.map { $0 / Double.ln10 }, falseLog10: others.map { $0 / Double.ln10 })
    let first = rows.compactMap(\.isTeacherFirst)
    let absent = rows.compactMap(\.highestAbsent)
    func above(_ ratio: Int, _ values: [Double]) -> Int { values.count { $0 > log(Double(ratio)) } }
    func share(_ values: [Double], _ isRight: (Double) -> Bool) -> Double {
      Double(values.count(where: isRight)) / Double(values.count)
    }
    return Figures(
      taught: taught.count, others: others.count,
      areaUnderCurve: RankingAccuracy.areaUnderCurve(
        known.map { RankingAccuracy.Case(score: $0.ratio, label: $0.taught) }),
      cllr: evaluation.cllr, minimalCllr: evaluation.minimalCllr,
      balancedAccuracy: (share(taught) { $0 > 0 } + share(others) { $0 <= 0 }) / 2,
      first: first.count { $0 }, rows: first.count, absentRows: absent.count,
      absentAbove: Self.thresholds.map { ($0, above($0, absent)) },
      taughtAbove: Self.thresholds.map { ($0, above($0, taught)) })
  }
}

extension RatioBounds.Bounds {
  /// A natural logarithm of a ratio within the bounds; beyond one, the order is kept within a thousandth, or rankings would
  /// be of ties.
  fileprivate func ordered(_ logRatio: Double) -> Double {
    let (lower, upper) = (lower * Double.ln10, upper * Double.ln10)
    if logRatio > upper { return upper - 0.001 * exp(upper - logRatio) }
    return logRatio < lower ? lower + 0.001 * exp(logRatio - lower) : logRatio
  }
}
