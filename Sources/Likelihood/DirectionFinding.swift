package import Cases

/// Which of two models learned from the other, if one did: what speaks of it, and what does not.
///
/// Scores of what two models say alike are the same both ways. Only evidence that is not the same both ways can speak of
/// direction: stated dates of release, and likelihoods of each one's answers under the other. Markers planted in answers
/// before a training, and the suspect's own base model, could speak too; neither is asked for here.
package struct DirectionFinding: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable {
    case notDetermined = "not_determined"
    /// The evidence points this way; no more than that.
    case suspectFromCandidate = "suspect_from_candidate"
    case candidateFromSuspect = "candidate_from_suspect"
  }

  /// What one kind of evidence says; nil if nothing.
  package struct Evidence: Hashable, Sendable {
    package let kind: String
    package let points: Verdict
    package let sentence: String
  }

  package let verdict: Verdict
  package let evidence: [Evidence]

  /// Determined only where stated dates and likelihoods point the same way: a date is a statement, and an asymmetry of
  /// likelihoods has other causes, such as a larger model or a lower temperature.
  ///
  /// - Parameter released: dates of release, `YYYY-MM-DD`, as they were stated.
  package init(_ cross: CrossLikelihood, released: [ModelID: String]) {
    let (suspect, candidate) = (cross.suspect, cross.candidate)
    var evidence: [Evidence] = []
    if let one = released[suspect], let other = released[candidate] {
      let points: Verdict =
        one == other ? .notDetermined : one > other ? .suspectFromCandidate : .candidateFromSuspect
      evidence.append(
        Evidence(
          kind: "release_dates", points: points,
          sentence: "As stated, \(suspect) was released on \(one) and \(candidate) on \(other)."))
    } else {
      evidence.append(
        Evidence(kind: "release_dates", points: .notDetermined, sentence: "Dates of release were not stated for both."))
    }
    let (first, second) = (cross.candidateUnderSuspect, cross.suspectUnderCandidate)
    let stands = (first: first.interval.low > 0 && first.rank == 1, second: second.interval.low > 0 && second.rank == 1)
    let points: Verdict
    let words: String
    switch (stands.first, stands.second) {
    case (true, false) where cross.asymmetryInterval.low > 0:
      points = .suspectFromCandidate
      words = "Only the answers of \(candidate) are likelier under the other model than under every cohort model."
    case (false, true) where cross.asymmetryInterval.high < 0:
      points = .candidateFromSuspect
      words = "Only the answers of \(suspect) are likelier under the other model than under every cohort model."
    case (true, true):
      points = .notDetermined
      words = "Each finds the other's answers likelier than every cohort model does: that is so in whichever direction."
    case (false, false):
      points = .notDetermined
      words = "Neither finds the other's answers likelier than every cohort model does."
    default:
      points = .notDetermined
      words = "The difference between the two directions is within what the choice of prompts may make of it."
    }
    evidence.append(Evidence(kind: "likelihood", points: points, sentence: words))
    evidence.append(
      Evidence(
        kind: "not_asked", points: .notDetermined,
        sentence: "Markers planted in answers and base models were not asked for."))
    self.evidence = evidence
    let pointed = evidence.dropLast().map(\.points)
    verdict = pointed.allSatisfy { $0 == pointed[0] } ? pointed[0] : .notDetermined
  }
}
