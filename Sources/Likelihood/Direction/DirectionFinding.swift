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

  /// Dates of release, `YYYY-MM-DD`, as they were stated.
  package struct Dates: Hashable, Sendable {
    package let suspect: String
    package let candidate: String
  }

  /// Whose answers are likelier under the other model than under every cohort model.
  package enum Likelihoods: String, Hashable, Sendable {
    case onlyCandidates = "only_candidates_answers_likelier"
    case onlySuspects = "only_suspects_answers_likelier"
    case both = "both_likelier"
    case neither = "neither_likelier"
    /// One of them, but the difference of the two directions may be owed to the choice of prompts.
    case withinChance = "difference_within_chance"
  }

  /// What one kind of evidence shows.
  package enum Observation: Hashable, Sendable {
    /// nil where the dates were not stated for both.
    case releaseDates(Dates?)
    case likelihood(Likelihoods)
    /// Markers and base models.
    case notAsked
  }

  package struct Evidence: Hashable, Sendable {
    package let observation: Observation
    package let points: Verdict
  }

  package let verdict: Verdict
  package let evidence: [Evidence]

  /// Determined only where stated dates and likelihoods point the same way: a date is a statement, and an asymmetry of
  /// likelihoods has other causes, such as a larger model or a lower temperature.
  ///
  /// - Parameter released: dates of release, `YYYY-MM-DD`, as they were stated.
  package init(_ cross: CrossLikelihood, released: [ModelID: String]) {
    let dates = released[cross.suspect].flatMap { one in
      released[cross.candidate].map { Dates(suspect: one, candidate: $0) }
    }
    let likelihoods = Self.likelihoods(cross)
    let pointed = [Self.points(dates), Self.points(likelihoods)]
    verdict = pointed[0] == pointed[1] ? pointed[0] : .notDetermined
    evidence = [
      Evidence(observation: .releaseDates(dates), points: pointed[0]),
      Evidence(observation: .likelihood(likelihoods), points: pointed[1]),
      Evidence(observation: .notAsked, points: .notDetermined),
    ]
  }

  private static func points(_ dates: Dates?) -> Verdict {
    guard let dates, dates.suspect != dates.candidate else { return .notDetermined }
    return dates.suspect > dates.candidate ? .suspectFromCandidate : .candidateFromSuspect
  }

  private static func points(_ likelihoods: Likelihoods) -> Verdict {
    switch likelihoods {
    case .onlyCandidates: .suspectFromCandidate
    case .onlySuspects: .candidateFromSuspect
    case .both, .neither, .withinChance: .notDetermined
    }
  }

  private static func likelihoods(_ cross: CrossLikelihood) -> Likelihoods {
    func standsOut(_ way: CrossLikelihood.Direction) -> Bool { way.interval.low > 0 && way.rank == 1 }
    switch (standsOut(cross.candidateUnderSuspect), standsOut(cross.suspectUnderCandidate)) {
    case (true, true): return .both
    case (false, false): return .neither
    case (true, false): return cross.asymmetryInterval.low > 0 ? .onlyCandidates : .withinChance
    case (false, true): return cross.asymmetryInterval.high < 0 ? .onlySuspects : .withinChance
    }
  }
}
