package import Cases
package import Formats
package import Likelihood
import Statistics

/// What turns scores of a suspect against its base into likelihood ratios: "trained on the candidate's answers" against "not
/// trained on them, whether the teacher is among the candidates or not"; fitted on published losses.
///
/// It keeps what it was fitted on, as scores, so that a case whose base or candidate is among them is weighed by a line that
/// saw neither.
package struct ReferenceCalibration: Hashable, Sendable {
  package static let schema = "retort.reference-calibration/1"
  /// One base or teacher that stands alone on a side may set the scale: published tables have three or four teachers.
  package static let learning = LeaveFamiliesOut(minimumSources: 1, minimumFamilies: 1)
  /// Below this, figures by number of answers differ from those on all.
  package static let minimumAnswers = 40

  package struct Fit: Hashable, Sendable {
    package let lessons: [LeaveFamiliesOut.Case]
    package let line: Calibration.Line
    /// The same, from developers of bases and from candidates drawn with replacement.
    package let replicates: [Calibration.Line]
    package let bounds: RatioBounds.Bounds
    /// log10 ratios by base, of lines that saw no family of the case; bounded.
    package let unseen: Calibration.Fit.Unseen
    package let cllr: Double
    package let minimalCllr: Double

    package init(
      lessons: [LeaveFamiliesOut.Case], line: Calibration.Line, replicates: [Calibration.Line],
      bounds: RatioBounds.Bounds, unseen: Calibration.Fit.Unseen, cllr: Double, minimalCllr: Double
    ) {
      self.lessons = lessons
      self.line = line
      self.replicates = replicates
      self.bounds = bounds
      self.unseen = unseen
      self.cllr = cllr
      self.minimalCllr = minimalCllr
    }

    /// Names of bases, and of models in the role of teacher or candidate.
    package var families: Set<String> { lessons.reduce(into: []) { $0.formUnion($1.families) } }

    package func lessons(without families: Set<String>) -> [LeaveFamiliesOut.Case] {
      lessons.filter { $0.families.isDisjoint(with: families) }
    }
  }

  package let tool: String
  package let seed: UInt64
  /// SHA-256 of the table of losses, unpacked.
  package let losses: Digest
  /// The greatest `ReferenceGains.reach` of a suspect that was fitted on, nats a token: much beyond it the reference is no base
  /// of the suspect.
  package let widestReach: Double
  package let bases: [String]
  package let teachers: [ModelID]
  package let fits: [ReferenceScore.Sides: Fit]

  package init(
    tool: String, seed: UInt64, losses: Digest, widestReach: Double, bases: [String], teachers: [ModelID],
    fits: [ReferenceScore.Sides: Fit]
  ) {
    self.tool = tool
    self.seed = seed
    self.losses = losses
    self.widestReach = widestReach
    self.bases = bases
    self.teachers = teachers
    self.fits = fits
  }

  /// A line that saw none of these families; nil where too little is left, or nothing was fitted for the sides.
  package func line(_ sides: ReferenceScore.Sides, without families: Set<String>) -> Calibration.Line? {
    guard let fit = fits[sides] else { return nil }
    return fit.families.isDisjoint(with: families) ? fit.line : Self.learning.line(fit.lessons(without: families))
  }

  /// Whether a reference is as near to its suspect as bases are: within twice the greatest that was fitted on.
  package func isWithinReach(_ reach: Double) -> Bool { reach <= 2 * widestReach }

  /// SHA-256 of the document.
  package var digest: Digest { Digest(of: json.canonical) }
}

/// A ratio of one candidate, from likelihoods against the suspect's base.
package struct ReferenceRatio: Hashable, Sendable {
  package let log10: Double
  /// Of replicates over bases, teachers and answers, each bounded.
  package let interval: Interval
  package let bounds: RatioBounds.Bounds
  /// Of the cases where the candidate is not the teacher, and where it is, by bases: those with a ratio at least as high.
  package let reachedIfFalse: LikelihoodRatio.Share
  package let reachedIfTrue: LikelihoodRatio.Share
  /// Families of the case that its line was fitted without.
  package let without: [String]
}

extension ReferenceCalibration {
  /// - Parameters:
  ///   - replicates: scores of a bootstrap over answers.
  ///   - families: of the case, as `LossCase.families` names them.
  /// - Returns: nil where too little is left without the families.
  package func ratio(
    _ score: ReferenceScore, replicates: [Double], families: Set<String>, confidence: Double
  ) -> ReferenceRatio? {
    guard let fit = fits[score.sides], let line = line(score.sides, without: families) else { return nil }
    let shared = fit.families.intersection(families).sorted()
    let lines =
      shared.isEmpty
      ? fit.replicates
      : ReferenceCalibrationFit.drawn(
        fit.lessons(without: families), replicates: fit.replicates.count, seed: seed)
    func bounded(_ line: Calibration.Line, _ value: Double) -> Double {
      fit.bounds.clipped(line.logRatio(value) / Double.ln10)
    }
    // Bases and answers vary at once; their draws are independent, so any pairing of the two will do.
    let count = max(lines.count, replicates.count)
    let values =
      lines.isEmpty || replicates.isEmpty
      ? [] : (0..<count).map { bounded(lines[$0 % lines.count], replicates[$0 % replicates.count]) }
    let point = bounded(line, score.value)
    let tail = (1 - confidence) / 2
    let ends = values.isEmpty ? [point, point] : values.quantiles([tail, 1 - tail])
    let reached = fit.unseen.families(atLeast: point)
    return ReferenceRatio(
      log10: point, interval: Interval(low: ends[0], high: ends[1]), bounds: fit.bounds,
      reachedIfFalse: reached.ifFalse, reachedIfTrue: reached.ifTrue, without: shared)
  }
}
