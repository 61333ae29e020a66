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
  static let minimumMembers = 3

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

  /// Fewest members that the far half keeps.
  static let minimumHalfSize = 5

  /// The same normalisation over the far half of the cohort.
  ///
  /// Members that are much like the candidate may be its siblings or undeclared students of it: among them a student does
  /// not stand out. So the suspect is seen among the half of the members that is least like the candidate, and the
  /// candidate among the half that is least like the suspect. Members without a score are left out. Which members these
  /// are is decided once, on the measured scores; no label is used.
  ///
  /// - Parameter scores: one for each pair, of the channel that is normalised.
  package func overFarHalf(_ scores: [Double]) -> CohortNormalisation {
    CohortByDistance(self, scores).farHalf()
  }

  /// Some of the members of either side.
  fileprivate func over(ofSuspect: [Int], ofCandidate: [Int]) -> CohortNormalisation {
    CohortNormalisation(
      pair: pair, ofSuspect: ofSuspect.map { self.ofSuspect[$0] }, ofCandidate: ofCandidate.map { self.ofCandidate[$0] }
    )
  }

  /// - Parameters:
  ///   - scores: one for each pair.
  ///   - floor: smallest standard deviation that is divided by, so that a cohort of equal scores gives no infinity.
  /// - Returns: nil if fewer than three members have a score, or the pair has none.
  package func normalised(_ scores: some RandomAccessCollection<Double>, floor: Double) -> NormalisedScore? {
    func score(_ pair: Int) -> Double { scores[scores.index(scores.startIndex, offsetBy: pair)] }
    let own = score(pair)
    guard own.isFinite, let suspectSide = distance(own, ofSuspect, score, floor),
      let candidateSide = distance(own, ofCandidate, score, floor)
    else { return nil }
    return NormalisedScore(suspectSide: suspectSide, candidateSide: candidateSide)
  }

  /// Distance from the mean of the members' scores, in their standard deviations: those of `Moments`, without a copy of the
  /// scores, since a bootstrap asks some hundred thousand times.
  private func distance(_ own: Double, _ members: [Int], _ score: (Int) -> Double, _ floor: Double) -> Double? {
    var count = 0
    var sum = 0.0
    for member in members {
      let value = score(member)
      guard value.isFinite else { continue }
      count += 1
      sum += value
    }
    guard count >= Self.minimumMembers else { return nil }
    let mean = sum / Double(count)
    var squares = 0.0
    for member in members {
      let value = score(member)
      if value.isFinite { squares += (value - mean) * (value - mean) }
    }
    return Self.side(own, mean: mean, deviation: (squares / Double(count - 1)).squareRoot(), floor: floor)
  }

  /// One side: the distance of a score from the mean of the members' scores, in their standard deviations.
  ///
  /// - Parameter floor: smallest standard deviation that is divided by.
  static func side(_ own: Double, mean: Double, deviation: Double, floor: Double) -> Double {
    (own - mean) / max(deviation, floor)
  }

  /// Normalised scores in every replicate of a bootstrap, where there is one.
  ///
  /// - Parameters:
  ///   - own: the pair's score in each replicate.
  ///   - suspectSide, candidateSide: moments of the members' scores in each replicate.
  /// - Returns: nil where fewer than three members have a score, or the pair has none.
  static func normalised(
    _ own: ArraySlice<Double>, suspectSide: ColumnMoments, candidateSide: ColumnMoments, floor: Double
  ) -> [NormalisedScore?] {
    func distance(_ own: Double, _ side: ColumnMoments, _ replicate: Int) -> Double? {
      guard side.counts[replicate] >= Double(minimumMembers) else { return nil }
      return Self.side(own, mean: side.means[replicate], deviation: side.standardDeviations[replicate], floor: floor)
    }
    return own.enumerated().map { replicate, own in
      guard own.isFinite, let first = distance(own, suspectSide, replicate),
        let second = distance(own, candidateSide, replicate)
      else { return nil }
      return NormalisedScore(suspectSide: first, candidateSide: second)
    }
  }
}

/// The members of a cohort in the order of their scores with either side, the least first: ordered once, so that a member can be left
/// out and the far half of the rest is at hand.
struct CohortByDistance: Sendable {
  private let whole: CohortNormalisation
  /// Members by number, those only that have a score with either side.
  private let fromSuspect: [Int]
  private let fromCandidate: [Int]

  init(_ whole: CohortNormalisation, _ scores: [Double]) {
    self.whole = whole
    let known = whole.ofSuspect.indices.filter {
      scores[whole.ofSuspect[$0]].isFinite && scores[whole.ofCandidate[$0]].isFinite
    }
    func ordered(by pairs: [Int]) -> [Int] {
      // Rounded, so that bits in which machines differ decide no tie; then the order of the models.
      let keyed = known.map { (key: (scores[pairs[$0]] * 1e9).rounded(), member: $0) }
      return keyed.sorted { ($0.key, $0.member) < ($1.key, $1.member) }.map(\.member)
    }
    fromSuspect = ordered(by: whole.ofSuspect)
    fromCandidate = ordered(by: whole.ofCandidate)
  }

  /// See `CohortNormalisation.overFarHalf`.
  ///
  /// - Parameter left: a member, by number, that is left out.
  func farHalf(without left: Int? = nil) -> CohortNormalisation {
    let count = fromSuspect.count - (left.map { fromSuspect.contains($0) } == true ? 1 : 0)
    let size = max((count + 1) / 2, CohortNormalisation.minimumHalfSize)
    func farthest(_ order: [Int]) -> [Int] { order.lazy.filter { $0 != left }.prefix(size).sorted() }
    return whole.over(ofSuspect: farthest(fromCandidate), ofCandidate: farthest(fromSuspect))
  }

  /// - Parameter isLeft: by number of the member, whether it is left out.
  func farHalf(leavingOut isLeft: [Bool]) -> CohortNormalisation {
    let count = fromSuspect.count { !isLeft[$0] }
    let size = max((count + 1) / 2, CohortNormalisation.minimumHalfSize)
    func farthest(_ order: [Int]) -> [Int] { order.lazy.filter { !isLeft[$0] }.prefix(size).sorted() }
    return whole.over(ofSuspect: farthest(fromCandidate), ofCandidate: farthest(fromSuspect))
  }
}
