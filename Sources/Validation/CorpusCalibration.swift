package import Likelihood

/// Fits a calibration on all labelled pairs of a corpus, and states which cases it speaks for.
package struct CorpusCalibration: Sendable {
  /// Below these, the figures of a validation by number of prompts and by size of the cohort differ from those on full answer
  /// sets.
  package static let minimumPrompts = 100
  package static let minimumCohort = 8

  private let learning: LeaveFamiliesOut
  private let seed: UInt64
  private let tool: String

  package init(learning: LeaveFamiliesOut = LeaveFamiliesOut(reliability: .current), seed: UInt64, tool: String) {
    self.learning = learning
    self.seed = seed
    self.tool = tool
  }

  /// - Throws: `FittingError`.
  package func fit(_ found: CorpusPairs, method: CohortMethod) throws(FittingError) -> Calibration {
    let report = ValidationReport(found.scored, lineage: found.lineage, learning: learning)
    /// Whether the ratios of this kind of script inform at all where no family of theirs was seen.
    func informs(withoutSpaces: Bool) -> Bool {
      report.figures(of: { found.withoutSpaces.contains($0.labelled.studentCorpus) == withoutSpaces }).cllr < 1
    }
    let validity = Calibration.Validity(
      minimumPrompts: Self.minimumPrompts, minimumCohort: Self.minimumCohort,
      minimumCharacters: Self.minimumCharacters(found, where: informs(withoutSpaces:)),
      withSpaces: informs(withoutSpaces: false), withoutSpaces: informs(withoutSpaces: true))
    let fitting = CalibrationFit(learning: learning, seed: seed)
    let calibration = try fitting.calibration(
      report.calibrationPairs, method: method,
      sources: .init(tool: tool, pairs: found.pairs, transcripts: found.transcripts, validity: validity))
    let groups = LabelledGroup.all(report.calibrationPairs)
    let whole = calibration.with(groups: fitting.groups(groups))
    return whole.with(lessons: Lessons(report.calibrationPairs, groups, of: whole, learning: learning))
  }

  /// Least mean length of an answer among the models of the fitted pairs, of those scripts whose ratios inform.
  private static func minimumCharacters(_ found: CorpusPairs, where informs: (_ withoutSpaces: Bool) -> Bool) -> Int {
    let lengths = found.scored.filter {
      $0.labelled.label != nil && informs(found.withoutSpaces.contains($0.labelled.studentCorpus))
    }.flatMap { pair in
      [pair.labelled.teacher, pair.labelled.student].compactMap { found.meanLengths[pair.labelled.studentCorpus]?[$0] }
    }
    return Int(lengths.filter(\.isFinite).min() ?? 0)
  }
}
