package import Cases
import Similarity

/// How far a candidate is ahead of the suspect's strongest rivals.
///
/// A rival is a model that could explain the likeness as well: any other of the case that is no relative of either side,
/// documented students included, since what a suspect shares with them it may owe to a common source. Each is scored in the
/// candidate's place, among the cohort of its own pair, and with f the fused score
///
///     lead = f(suspect, candidate) − mean of the greatest f(suspect, rival)
///
/// over the three greatest, or as many as there are.
///
/// - Note: A suspect that is like everybody has no lead over anybody; nor has one of two teachers of one student over the
///   other by much. With few rivals the strongest of them are weaker: `Reports/validation` has the figures by size of the cohort.
package enum RivalLead {
  /// - Returns: nil where no rival has a score.
  package static func value(_ own: Double, over rivals: some Collection<Double>, strongest count: Int) -> Double? {
    let greatest = rivals.filter(\.isFinite).sorted(by: >).prefix(count)
    guard !greatest.isEmpty, own.isFinite else { return nil }
    return own - greatest.reduce(0, +) / Double(greatest.count)
  }

  /// Of the models given, those that are rivals of the candidate.
  package static func rivals(
    from models: some Sequence<ModelID>, suspect: ModelID, candidate: ModelID, lineage: Lineage
  ) -> [ModelID] {
    CohortSelection.unrelated(models, suspect: suspect, candidate: candidate, lineage)
  }
}
