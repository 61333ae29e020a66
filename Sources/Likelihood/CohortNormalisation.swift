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
  /// Pairs of the suspect with the members that it is seen among.
  let ofSuspect: [Int]
  /// Pairs of the candidate with the members that it is seen among; the members may be others.
  let ofCandidate: [Int]

  package init(suspect: Int, candidate: Int, cohort: [Int], pairs: PairIndex) {
    pair = pairs.index(suspect, candidate)
    ofSuspect = cohort.map { pairs.index(suspect, $0) }
    ofCandidate = cohort.map { pairs.index($0, candidate) }
  }

  private init(pair: Int, ofSuspect: [Int], ofCandidate: [Int]) {
    self.pair = pair
    self.ofSuspect = ofSuspect
    self.ofCandidate = ofCandidate
  }

  /// The same normalisation of a list that holds only the scores that it reads.
  ///
  /// - Returns: it, and the pairs whose scores the list holds, in its order.
  func reindexed() -> (over: CohortNormalisation, pairs: [Int]) {
    let suspectEnd = 1 + ofSuspect.count
    return (
      CohortNormalisation(
        pair: 0, ofSuspect: Array(1..<suspectEnd), ofCandidate: Array(suspectEnd..<suspectEnd + ofCandidate.count)),
      [pair] + ofSuspect + ofCandidate
    )
  }

  /// Fewest members that the far half keeps.
  static let fewestInHalf = 5

  /// The same normalisation over the far half of the cohort.
  ///
  /// Members that are much like the candidate may be its siblings or undeclared students of it: among them a student does
  /// not stand out. So the suspect is seen among the half of the members that is least like the candidate, and the
  /// candidate among the half that is least like the suspect. Members without a score are left out. Which members these
  /// are is decided once, on the measured scores; no label is used.
  ///
  /// - Parameter scores: one for each pair, of the channel that is normalised.
  package func overFarHalf(_ scores: [Double]) -> CohortNormalisation {
    let known = ofSuspect.indices.filter { scores[ofSuspect[$0]].isFinite && scores[ofCandidate[$0]].isFinite }
    let size = max((known.count + 1) / 2, Self.fewestInHalf)
    func farthest(from pairs: [Int]) -> [Int] {
      // Rounded, so that bits in which machines differ decide no tie; then the order of the models.
      let keyed = known.map { (key: (scores[pairs[$0]] * 1e9).rounded(), member: $0) }
      return keyed.sorted { ($0.key, $0.member) < ($1.key, $1.member) }.prefix(size).map(\.member).sorted()
    }
    return CohortNormalisation(
      pair: pair, ofSuspect: farthest(from: ofCandidate).map { ofSuspect[$0] },
      ofCandidate: farthest(from: ofSuspect).map { ofCandidate[$0] })
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
