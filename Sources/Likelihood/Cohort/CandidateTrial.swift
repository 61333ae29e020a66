import Cases
import Similarity
import Statistics

/// One candidate, and every member of its cohort in its place: all normalised alike, in every replicate.
struct CandidateTrial: Sendable {
  let members: [ModelID]
  /// The candidate first, then the members in their order; for each place one normalisation a channel.
  private let places: [[CohortNormalisation]]
  /// The first so many channels are combined.
  private let combinedChannels: Int
  private let rivals: RivalScores?
  /// The candidate's rivals, by their numbers.
  private let own: [Int]
  /// Those of them that are not asked about in one group with it.
  private let ownOutsideGroup: [Int]
  private let groupPlace: Int?

  /// - Parameters:
  ///   - rivals: of all candidates.
  ///   - own: those that are the candidate's, by their numbers.
  ///   - ownOutsideGroup: those of them that are not asked about in one group with it; nil for all.
  init(
    suspect: Int, candidate: Int, selection: CohortSelection, suspectID: ModelID, lineage: Lineage, pairs: PairIndex,
    channels: [ChannelScores], method: CohortMethod, rivals: RivalScores? = nil, own: [Int] = [],
    ownOutsideGroup: [Int]? = nil
  ) {
    let members = selection.members.filter { pairs.position(of: $0) != nil }
    func positions(_ models: [ModelID]) -> [Int] { models.compactMap(pairs.position(of:)) }
    func normalisations(_ candidate: Int, _ cohort: [ModelID]) -> [CohortNormalisation] {
      let whole = CohortNormalisation(
        suspect: suspect, candidate: candidate, cohort: positions(cohort), pairs: pairs)
      return channels.map { method.reference == .farHalf ? whole.overFarHalf($0.adjusted) : whole }
    }
    self.members = members
    combinedChannels = method.channels.count
    self.rivals = rivals
    self.own = own
    self.ownOutsideGroup = ownOutsideGroup ?? own
    groupPlace = method.groupPlace
    places =
      [normalisations(candidate, members)]
      + members.map { member in
        let others = CohortSelection(from: members, suspect: suspectID, candidate: member, lineage: lineage).members
        return normalisations(positions([member])[0], others)
      }
  }

  /// Normalised scores, channel by channel: the candidate's and its cohort's.
  fileprivate struct Placing: Sendable {
    /// By place and channel; nan where it cannot be normalised.
    let channels: [[Double]]
    /// By place: the mean of the channels that are combined.
    let combined: [Double]
  }

  /// What one replicate of the bootstrap says of the candidate.
  struct Replicate: Sendable {
    /// By channel; nan where it cannot be normalised.
    let channels: [Double]
    let combined: Double
    let margin: Double
    let fused: Double
    let fusedAlone: Double
    let lead: Double?
    /// See `GroupScore`; nan where the method weighs no groups.
    let grouped: Double
  }

  /// The trial on the measured scores, to which replicates are added.
  struct Evaluation: Sendable {
    fileprivate let trial: CandidateTrial
    fileprivate let measured: Placing
    fileprivate let normalised: [NormalisedScore]
    /// Places of the cohort that have a score.
    fileprivate let known: [Int]
    fileprivate let floor: Double

    /// Members of the cohort that have a score.
    var cohort: Int { known.count }

    /// - Parameters:
    ///   - scores: by channel, one for each pair.
    ///   - rivals: the fused scores of all rivals in this replicate.
    func replicate(_ scores: [ArraySlice<Double>], rivals: [Double]) -> Replicate {
      let placing = trial.placing(scores, floor)
      let (fused, lead) = trial.fused(placing, rivals)
      return Replicate(
        channels: placing.channels[0], combined: placing.combined[0], margin: margin(placing.combined), fused: fused,
        fusedAlone: FusedScore.value(placing.channels[0].prefix(trial.combinedChannels)), lead: lead,
        grouped: trial.grouped(placing, rivals))
    }

    fileprivate func margin(_ combined: [Double]) -> Double {
      combined[0] - (known.map { combined[$0] }.max() ?? .nan)
    }
  }

  /// Smallest standard deviation that is divided by: what half a probe changes a score by.
  static func floor(prompts: Int) -> Double { 0.5 / Double(prompts) }

  /// - Returns: nil if too few unrelated models are left.
  func evaluation(_ channels: [ChannelScores], prompts: Int) -> Evaluation? {
    guard members.count >= CohortAnalysis.minimumCohort else { return nil }
    let floor = Self.floor(prompts: prompts)
    let measured = placing(channels.map { $0.adjusted[...] }, floor)
    let normalised = channels.indices.compactMap { places[0][$0].normalised(channels[$0].adjusted, floor: floor) }
    let known = measured.combined.indices.dropFirst().filter { measured.combined[$0].isFinite }
    guard normalised.count == channels.count, known.count >= CohortNormalisation.minimumMembers else { return nil }
    return Evaluation(trial: self, measured: measured, normalised: normalised, known: known, floor: floor)
  }

  /// - Parameters:
  ///   - rivals: the measured fused scores of all rivals.
  ///   - level: probability with which a further unrelated model may exceed the prediction limit.
  func scores(
    _ evaluation: Evaluation, _ replicates: [Replicate], _ channels: [ChannelScores], rivals: [Double] = [],
    prompts: Int, confidence: Double, level: Double
  ) -> CandidateScores {
    let (measured, known) = (evaluation.measured, evaluation.known)
    let (fused, lead) = fused(measured, rivals)
    let tail = (1 - confidence) / 2
    func interval(_ values: [Double]) -> Interval {
      let ends = values.filter(\.isFinite).quantiles([tail, 1 - tail])
      return Interval(low: ends[0], high: ends[1])
    }
    let combined = measured.combined
    let alone = FusedScore.value(measured.channels[0].prefix(combinedChannels))
    return CandidateScores(
      prompts: prompts,
      channels: channels.indices.map { channel in
        CandidateScores.Channel(
          name: channels[channel].name, isCombined: channel < combinedChannels,
          score: Score(channels[channel].raw[places[0][channel].pair]),
          adjusted: Score(channels[channel].adjusted[places[0][channel].pair]),
          normalised: evaluation.normalised[channel],
          interval: interval(replicates.map { $0.channels[channel] }),
          rank: 1 + known.count { measured.channels[$0][channel] >= measured.channels[0][channel] })
      },
      combined: combined[0], interval: interval(replicates.map(\.combined)),
      fused: fused, fusedReplicates: replicates.map(\.fused),
      fusedAlone: alone, fusedAloneReplicates: replicates.map(\.fusedAlone),
      lead: lead.map { lead in
        let nearest = nearest(than: alone, rivals)
        return .init(
          value: lead, interval: interval(replicates.compactMap(\.lead)), rivals: own.count,
          rank: 1 + nearest.count { $0.ahead <= 0 }, nearest: nearest)
      },
      grouped: grouped(measured, rivals), groupedReplicates: replicates.map(\.grouped),
      rank: 1 + known.count { combined[$0] >= combined[0] },
      cohortScores: known.map { .init(model: members[$0 - 1], combined: combined[$0], channels: measured.channels[$0]) }
        .sorted { ($1.combined, $0.model) < ($0.combined, $1.model) },
      margin: evaluation.margin(combined), marginInterval: interval(replicates.map(\.margin)),
      predictionLimit: Self.predictionLimit(known.map { combined[$0] }, level: level), predictionLevel: level)
  }

  /// Rivals by their fused scores, highest first.
  private func nearest(than fused: Double, _ scores: [Double]) -> [CandidateScores.Lead.Rival] {
    own.compactMap { number -> CandidateScores.Lead.Rival? in
      guard let model = rivals?.rivals[number].model, scores[number].isFinite else { return nil }
      return CandidateScores.Lead.Rival(model: model, ahead: fused - scores[number])
    }.sorted { ($0.ahead, $0.model) < ($1.ahead, $1.model) }
  }

  /// What a further member of a normal sample exceeds with probability `level`.
  private static func predictionLimit(_ sample: [Double], level: Double) -> Double {
    let spread = Moments(sample)
    let quantile = StudentT.quantile(1 - level, degrees: Double(sample.count - 1))
    return spread.mean + quantile * spread.standardDeviation * (1 + 1 / Double(sample.count)).squareRoot()
  }

  private func placing(_ scores: [ArraySlice<Double>], _ floor: Double) -> Placing {
    let channels = places.map { place in
      zip(place, scores).map { $0.normalised($1, floor: floor)?.value ?? .nan }
    }
    return Placing(
      channels: channels,
      combined: channels.map { $0.prefix(combinedChannels).reduce(0, +) / Double(combinedChannels) })
  }

  /// What a calibration reads of the candidate, and its lead where the method knows one.
  private func fused(_ placing: Placing, _ rivalScores: [Double]) -> (fused: Double, lead: Double?) {
    let normalised = placing.channels[0].prefix(combinedChannels)
    return rivals?.fused(normalised, over: own.map { rivalScores[$0] }) ?? (FusedScore.value(normalised), nil)
  }

  /// What the candidate brings to its group.
  private func grouped(_ placing: Placing, _ rivalScores: [Double]) -> Double {
    guard let groupPlace, let rivals else { return .nan }
    let channels = placing.channels[0]
    let (_, lead) = rivals.fused(channels.prefix(combinedChannels), over: ownOutsideGroup.map { rivalScores[$0] })
    return GroupScore.value(channels[groupPlace], lead: lead)
  }
}
