import Cases
import Likelihood

/// A model of the pair whose answers are of another length than any of its cohort's.
///
/// A cohort says what is usual among strangers in the same place. Strangers that answer in a line say little of what is usual in
/// pages: the effect of length is taken out by a line that was fitted where there is nobody.
struct CohortResemblance: Hashable, Sendable {
  /// By how much a model may lie outside of the cohort's range. Stated, and generous: of the 700 models of the reference corpora one
  /// lies further out from the others of its set. So nothing was learned of such a case, and it is a limit, not a reason to give no
  /// ratio.
  static let factor = 2.0

  package let model: ModelID
  /// Of an answer, in the mean.
  let characters: Double
  package let cohort: ClosedRange<Double>

  /// Suspect and candidate, as far as their mean answer is shorter or longer by more than `factor` than every one of the cohort.
  static func unlike(_ analysis: Analysis, _ candidate: ModelID) -> [CohortResemblance] {
    guard let finding = analysis.candidates.first(where: { $0.candidate == candidate }) else { return [] }
    let lengths = finding.selection.members.compactMap { analysis.meanLengths[$0] }.filter { $0.isFinite }
    guard let shortest = lengths.min(), let longest = lengths.max() else { return [] }
    return [analysis.suspect, candidate].compactMap { model -> CohortResemblance? in
      guard let own = analysis.meanLengths[model], own * factor < shortest || own > longest * factor else { return nil }
      return CohortResemblance(model: model, characters: own, cohort: shortest...longest)
    }
  }
}
