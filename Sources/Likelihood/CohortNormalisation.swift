package import Similarity
import Statistics

/// Normalisation of one pair's score by a cohort, from both sides (S-norm).
///
/// With C the cohort, standard deviations with n − 1 in the denominator:
///
///     suspect's side    (s(suspect, candidate) − mean s(suspect, c)) / sd s(suspect, c),   c in C
///     candidate's side  (s(suspect, candidate) − mean s(c, candidate)) / sd s(c, candidate), c in C
///
/// - Source: the Z- and T-norm of speaker recognition and their mean, as in Shum, Dehak, Dehak and Glass, "Unsupervised
///   speaker adaptation based on the cosine similarity for text-independent speaker verification" (Odyssey 2010).
package struct CohortNormalisation: Sendable {
  /// Fewest members from which a standard deviation is taken.
  static let fewestMembers = 3

  /// Pair of suspect and candidate.
  let pair: Int
  /// Pairs of the suspect, and of the candidate, with the members of the cohort.
  let ofSuspect: [Int]
  let ofCandidate: [Int]

  package init(suspect: Int, candidate: Int, cohort: [Int], pairs: PairIndex) {
    pair = pairs.index(suspect, candidate)
    ofSuspect = cohort.map { pairs.index(suspect, $0) }
    ofCandidate = cohort.map { pairs.index($0, candidate) }
  }

  /// - Parameters:
  ///   - scores: one for each pair.
  ///   - floor: smallest standard deviation that is divided by, so that a cohort of equal scores gives no infinity.
  /// - Returns: nil if fewer than three members have a score, or the pair has none.
  package func normalised(_ scores: some RandomAccessCollection<Double>, floor: Double) -> NormalisedScore? {
    func score(_ pair: Int) -> Double { scores[scores.index(scores.startIndex, offsetBy: pair)] }
    let own = score(pair)
    guard own.isFinite,
      let suspectSide = distance(own, from: ofSuspect.lazy.map(score), floor),
      let candidateSide = distance(own, from: ofCandidate.lazy.map(score), floor)
    else { return nil }
    return NormalisedScore(suspectSide: suspectSide, candidateSide: candidateSide)
  }

  private func distance(_ own: Double, from cohort: some Sequence<Double>, _ floor: Double) -> Double? {
    let known = cohort.filter(\.isFinite)
    guard known.count >= Self.fewestMembers else { return nil }
    let moments = Moments(known)
    return (own - moments.mean) / max(moments.standardDeviation, floor)
  }
}
