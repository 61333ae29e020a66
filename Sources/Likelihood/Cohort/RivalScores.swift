import Cases
import Similarity

/// The rivals of one candidate, each in the candidate's place: what a lead is taken over, on the measured scores, in every
/// replicate, and with parts of the evidence left out.
struct RivalScores: Sendable {
  struct Rival: Sendable {
    let place: Int
    /// Of the cohort of suspect and rival.
    let members: [Int]
    let floor: Double
  }

  let suspect: Int
  let rivals: [Rival]
  let pairs: PairIndex
  let method: CohortMethod

  /// - Parameters:
  ///   - rivals: of the candidate; those that share no prompt with the suspect, or have too few of the cohort left, say nothing.
  ///   - cohort: from which each rival's own cohort is taken.
  init(
    suspect: ModelID, rivals: [ModelID], cohort: [ModelID], lineage: Lineage, measurement: PairMeasurements,
    method: CohortMethod
  ) {
    pairs = measurement.pairs
    self.method = method
    guard method.strongestRivals > 0, let own = pairs.position(of: suspect) else {
      self.suspect = 0
      self.rivals = []
      return
    }
    self.suspect = own
    self.rivals = rivals.compactMap { rival in
      guard let place = measurement.pairs.position(of: rival) else { return nil }
      let prompts = measurement.prompts(ofPair: measurement.pairs.index(own, place))
      let members = CohortSelection(from: cohort, suspect: suspect, candidate: rival, lineage: lineage).members
        .compactMap(measurement.pairs.position(of:))
      guard prompts > 0, members.count >= CohortAnalysis.fewestInCohort else { return nil }
      return Rival(place: place, members: members, floor: CandidateTrial.floor(prompts: prompts))
    }
  }

  /// How each rival is normalised, channel by channel; which members are the far half is decided on these scores.
  ///
  /// - Parameter left: models that are left out, as rivals and from all cohorts.
  func placed(on adjusted: [[Double]], without left: Set<Int> = []) -> [Placed] {
    rivals.compactMap { rival in
      let members = rival.members.filter { !left.contains($0) }
      guard !left.contains(rival.place), members.count >= min(CohortAnalysis.fewestInCohort, rival.members.count - 1)
      else { return nil }
      let whole = CohortNormalisation(suspect: suspect, candidate: rival.place, cohort: members, pairs: pairs)
      return Placed(
        channels: adjusted.prefix(method.channels.count).map {
          method.reference == .farHalf ? whole.overFarHalf($0) : whole
        }, floor: rival.floor)
    }
  }

  struct Placed: Sendable {
    let channels: [CohortNormalisation]
    let floor: Double

    /// By channel; nan where it cannot be normalised.
    func normalised(_ scores: [some RandomAccessCollection<Double>]) -> [Double] {
      zip(channels, scores).map { $0.normalised($1, floor: floor)?.value ?? .nan }
    }
  }

  /// The fused score with the candidate's lead in it; without one where the method knows none.
  ///
  /// - Returns: nan where the method asks for a lead and there is no rival.
  func fused(
    _ normalised: some Collection<Double>, _ placed: [Placed], _ scores: [some RandomAccessCollection<Double>]
  ) -> (fused: Double, lead: Double?) {
    let own = FusedScore.value(normalised)
    guard method.strongestRivals > 0 else { return (own, nil) }
    let lead = RivalLead.value(
      own, over: placed.map { FusedScore.value($0.normalised(scores)) }, strongest: method.strongestRivals)
    return (FusedScore.value(normalised, lead: lead ?? .nan), lead)
  }
}
