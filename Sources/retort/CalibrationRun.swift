import Cases
import Likelihood

/// Fits a calibration on all labelled pairs of a corpus.
struct CalibrationRun {
  let corpus: String
  let pairs: String
  let method: CohortMethod
  let seed: UInt64
  var learning = LeaveFamiliesOut()

  /// Down to here the figures by number of prompts and by size of the cohort, in the report of a validation, are close to
  /// those of whole sets of answers.
  static let fewestPrompts = 100
  static let fewestInCohort = 8

  func fit() async throws -> Calibration {
    let found = try await CorpusPairs.read(corpus: corpus, pairs: pairs, method: method, seed: seed, thorough: false)
    let report = ValidationReport(found.scored, lineage: found.lineage, learning: learning)
    /// Whether the ratios of this kind of script inform at all where no family of theirs was seen.
    func isBorneOut(_ withoutSpaces: Bool) -> Bool {
      let figures = report.figures(of: { found.withoutSpaces.contains($0.labelled.studentCorpus) == withoutSpaces })
      return figures.cllr < 1
    }
    return try CalibrationFit(learning: learning, seed: seed).calibration(
      report.calibrationPairs, method: method,
      sources: .init(
        tool: Version.tool, pairs: found.pairs, transcripts: found.transcripts,
        validity: .init(
          fewestPrompts: Self.fewestPrompts, fewestInCohort: Self.fewestInCohort,
          fewestCharacters: Self.fewestCharacters(found, isBorneOut),
          withSpaces: isBorneOut(false), withoutSpaces: isBorneOut(true))))
  }

  /// Least mean length of an answer among the models of the fitted pairs.
  private static func fewestCharacters(_ found: CorpusPairs, _ isBorneOut: (_ withoutSpaces: Bool) -> Bool) -> Int {
    let lengths = found.scored.filter {
      $0.labelled.label != nil && isBorneOut(found.withoutSpaces.contains($0.labelled.studentCorpus))
    }.flatMap { pair in
      [pair.labelled.teacher, pair.labelled.student].compactMap { found.meanLengths[pair.labelled.studentCorpus]?[$0] }
    }
    return Int(lengths.filter(\.isFinite).min() ?? 0)
  }
}
