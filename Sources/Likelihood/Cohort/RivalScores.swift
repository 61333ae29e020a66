import Cases
import LinearAlgebra
import Similarity
import Statistics

/// The rivals of a suspect's candidates, each in the candidate's place: what a lead is taken over, on the measured scores, in every
/// replicate, and with parts of the evidence left out.
///
/// What is said of a rival does not depend on the candidate: it is worked out once for all of them.
struct RivalScores: Sendable {
  struct Rival: Sendable {
    let model: ModelID
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
  ///   - rivals: of any candidate; those that share no prompt with the suspect, or have too few of the cohort left, say nothing.
  ///   - cohort: from which each rival's own cohort is taken.
  init(
    suspect: ModelID, rivals: [ModelID], cohort: [ModelID], lineage: Lineage, measurement: PairMeasurements,
    method: CohortMethod
  ) {
    self.init(suspect: suspect, rivals: rivals, measurement: measurement, method: method) {
      CohortSelection(from: cohort, suspect: suspect, candidate: $0, lineage: lineage).members
    }
  }

  /// - Parameter members: of the cohort of suspect and rival.
  init(
    suspect: ModelID, rivals: [ModelID], measurement: PairMeasurements, method: CohortMethod,
    members: (ModelID) -> [ModelID]
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
      let members = members(rival).compactMap(measurement.pairs.position(of:))
      guard prompts > 0, members.count >= CohortAnalysis.minimumCohort else { return nil }
      return Rival(model: rival, place: place, members: members, floor: CandidateTrial.floor(prompts: prompts))
    }
  }

  /// The rivals of one candidate, by their numbers.
  func numbers(of models: [ModelID]) -> [Int] {
    let wanted = Set(models)
    return rivals.indices.filter { wanted.contains(rivals[$0].model) }
  }

  /// How each rival is normalised, channel by channel; which members are the far half is decided on these scores.
  func placed(on adjusted: [[Double]]) -> [Placed] {
    rivals.map { rival in
      let whole = whole(rival)
      return Placed(
        channels: adjusted.prefix(method.channels.count).map {
          method.reference == .farHalf ? whole.overFarHalf($0) : whole
        }, floor: rival.floor)
    }
  }

  private func whole(_ rival: Rival) -> CohortNormalisation {
    CohortNormalisation(suspect: suspect, candidate: rival.place, cohort: rival.members, pairs: pairs)
  }

  struct Placed: Sendable {
    let channels: [CohortNormalisation]
    let floor: Double

    /// By channel; nan where it cannot be normalised.
    func normalised(_ scores: [some RandomAccessCollection<Double>]) -> [Double] {
      zip(channels, scores).map { $0.normalised($1, floor: floor)?.value ?? .nan }
    }

    /// The same as one number.
    func fused(_ scores: [some RandomAccessCollection<Double>]) -> Double { FusedScore.value(normalised(scores)) }

    /// The same in every replicate of a bootstrap.
    ///
    /// - Parameter replicates: by channel, pairs × replicates.
    func fused(inEachOf replicates: [Matrix]) -> [Double] {
      let byChannel = zip(channels, replicates).map { channel, values in
        CohortNormalisation.normalised(
          values.row(channel.pair), suspectSide: ColumnMoments(values, rows: channel.ofSuspect),
          candidateSide: ColumnMoments(values, rows: channel.ofCandidate), floor: floor)
      }
      return (byChannel.first ?? []).indices.map { replicate in
        FusedScore.value(byChannel.map { $0[replicate]?.value ?? .nan })
      }
    }
  }

  /// By model that is left out, the fused score of each rival without it, as a rival and in all cohorts; nan of itself.
  ///
  /// - Parameters:
  ///   - left: places of models.
  ///   - fused: of each rival where nothing is left out.
  func fused(_ adjusted: [[Double]], withoutEachOf left: [Int], fused: [Double]) async -> [Int: [Double]] {
    let channels = Array(adjusted.prefix(method.channels.count))
    var found = Dictionary(uniqueKeysWithValues: left.map { ($0, fused) })
    let byRival = await concurrentMap(rivals.count, blocksOf: 1) { block -> [(left: Int, fused: Double)] in
      let rival = rivals[block.lowerBound]
      let whole = whole(rival)
      let ordered = method.reference == .farHalf ? channels.map { CohortByDistance(whole, $0) } : []
      return left.compactMap { model in
        if model == rival.place { return (model, .nan) }
        // A model that is in no cohort of it changes nothing.
        guard let member = rival.members.firstIndex(of: model) else { return nil }
        let others =
          method.reference == .farHalf
          ? ordered.map { $0.farHalf(without: member) }
          : channels.map { _ in
            CohortNormalisation(
              suspect: suspect, candidate: rival.place, cohort: rival.members.filter { $0 != model }, pairs: pairs)
          }
        return (model, Placed(channels: others, floor: rival.floor).fused(channels))
      }
    }
    for (number, changes) in byRival.enumerated() {
      for change in changes { found[change.left]?[number] = change.fused }
    }
    return found
  }

  /// By rival and channel, its cohort in order, for leaving out many sets of models; none where no half of it is chosen.
  func orders(on adjusted: [[Double]]) -> [[CohortByDistance]] {
    guard method.reference == .farHalf else { return [] }
    let channels = adjusted.prefix(method.channels.count)
    return rivals.map { rival in
      let whole = whole(rival)
      return channels.map { CohortByDistance(whole, $0) }
    }
  }

  /// The fused score of each rival without some models, as rivals and in all cohorts; nan of those, and of a rival that has too
  /// few unrelated models left.
  ///
  /// - Parameter orders: those of the same scores.
  func fused(_ adjusted: [[Double]], without left: Set<Int>, _ orders: [[CohortByDistance]]) -> [Double] {
    let channels = Array(adjusted.prefix(method.channels.count))
    return rivals.enumerated().map { number, rival in
      let isLeft = rival.members.map(left.contains)
      let kept = isLeft.count { !$0 }
      guard !left.contains(rival.place), kept >= min(CohortAnalysis.minimumCohort, rival.members.count - 1) else {
        return .nan
      }
      let others =
        orders.isEmpty
        ? channels.map { _ in
          CohortNormalisation(
            suspect: suspect, candidate: rival.place, cohort: rival.members.filter { !left.contains($0) }, pairs: pairs)
        }
        : orders[number].map { $0.farHalf(leavingOut: isLeft) }
      return Placed(channels: others, floor: rival.floor).fused(channels)
    }
  }

  /// The fused score with the candidate's lead in it; without one where the method knows none.
  ///
  /// - Parameter rivals: the fused scores of the candidate's.
  /// - Returns: nan where the method asks for a lead and there is no rival.
  func fused(
    _ normalised: some Collection<Double>, over rivals: some Collection<Double>
  ) -> (fused: Double, lead: Double?) {
    let own = FusedScore.value(normalised)
    guard method.strongestRivals > 0 else { return (own, nil) }
    let lead = RivalLead.value(own, over: rivals, strongest: method.strongestRivals)
    return (FusedScore.value(normalised, lead: lead ?? .nan), lead)
  }
}
