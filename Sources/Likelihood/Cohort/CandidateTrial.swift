import Cases
import LinearAlgebra
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
  private let placedRivals: [RivalScores.Placed]

  init(
    suspect: Int, candidate: Int, selection: CohortSelection, suspectID: ModelID, lineage: Lineage, pairs: PairIndex,
    channels: [ChannelScores], method: CohortMethod, rivals: RivalScores? = nil
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
    placedRivals = rivals?.placed(on: channels.map(\.adjusted)) ?? []
    places =
      [normalisations(candidate, members)]
      + members.map { member in
        let others = CohortSelection(from: members, suspect: suspectID, candidate: member, lineage: lineage).members
        return normalisations(positions([member])[0], others)
      }
  }

  /// Normalised scores of one replicate, channel by channel: the candidate's and its cohort's.
  private struct Placing: Sendable {
    /// By place and channel; nan where it cannot be normalised.
    let channels: [[Double]]
    /// By place: the mean of the channels that are combined.
    let combined: [Double]
  }

  /// Smallest standard deviation that is divided by: what half a probe changes a score by.
  static func floor(prompts: Int) -> Double { 0.5 / Double(prompts) }

  /// - Parameter level: probability with which a further unrelated model may exceed the prediction limit.
  /// - Returns: nil if too few unrelated models are left.
  func scores(
    _ channels: [ChannelScores], _ measurement: PairMeasurements, prompts: Int, confidence: Double, level: Double
  ) async -> CandidateScores? {
    guard members.count >= CohortAnalysis.fewestInCohort else { return nil }
    let floor = Self.floor(prompts: prompts)
    let measured = placing(channels.map { $0.adjusted[...] }, floor)
    let own = channels.indices.map { places[0][$0].normalised(channels[$0].adjusted, floor: floor) }
    let known = measured.combined.indices.dropFirst().filter { measured.combined[$0].isFinite }
    guard own.allSatisfy({ $0 != nil }), known.count >= CohortNormalisation.fewestMembers else { return nil }
    let drawn = await placings(channels, floor)
    let replicates = drawn.map(\.placing)
    let (fused, lead) = fused(measured, channels.map { $0.adjusted[...] })
    let tail = (1 - confidence) / 2
    func interval(_ values: [Double]) -> Interval {
      let ends = values.filter(\.isFinite).quantiles([tail, 1 - tail])
      return Interval(low: ends[0], high: ends[1])
    }
    func margin(_ combined: [Double]) -> Double { combined[0] - (known.map { combined[$0] }.max() ?? .nan) }
    let combined = measured.combined
    return CandidateScores(
      prompts: prompts,
      channels: channels.indices.compactMap { channel in
        guard let normalised = own[channel] else { return nil }
        return CandidateScores.Channel(
          name: channels[channel].name, isCombined: channel < combinedChannels,
          score: Score(channels[channel].raw[places[0][channel].pair]),
          adjusted: Score(channels[channel].adjusted[places[0][channel].pair]), normalised: normalised,
          interval: interval(replicates.map { $0.channels[0][channel] }),
          rank: 1 + known.count { measured.channels[$0][channel] >= measured.channels[0][channel] })
      },
      combined: combined[0], interval: interval(replicates.map { $0.combined[0] }),
      fused: fused, fusedReplicates: drawn.map(\.fused),
      fusedAlone: FusedScore.value(measured.channels[0].prefix(combinedChannels)),
      fusedAloneReplicates: replicates.map { FusedScore.value($0.channels[0].prefix(combinedChannels)) },
      lead: lead.map {
        .init(value: $0, interval: interval(drawn.compactMap(\.lead)), rivals: placedRivals.count)
      },
      rank: 1 + known.count { combined[$0] >= combined[0] },
      cohortScores: known.map { .init(model: members[$0 - 1], combined: combined[$0], channels: measured.channels[$0]) }
        .sorted { ($1.combined, $0.model) < ($0.combined, $1.model) },
      margin: margin(combined), marginInterval: interval(replicates.map { margin($0.combined) }),
      predictionLimit: Self.predictionLimit(known.map { combined[$0] }, level: level), predictionLevel: level)
  }

  /// Whether the measured scores put the candidate before every member and beyond the prediction limit; the choice of
  /// probes is not weighed. nil where `scores` would be.
  func isBeyondCohort(_ channels: [ChannelScores], prompts: Int, level: Double) -> Bool? {
    guard members.count >= CohortAnalysis.fewestInCohort else { return nil }
    let combined = placing(channels.map { $0.adjusted[...] }, Self.floor(prompts: prompts)).combined
    let cohort = combined.dropFirst().filter(\.isFinite)
    guard combined[0].isFinite, cohort.count >= CohortNormalisation.fewestMembers else { return nil }
    return cohort.allSatisfy { $0 < combined[0] } && combined[0] > Self.predictionLimit(cohort, level: level)
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
  private func fused(_ placing: Placing, _ scores: [ArraySlice<Double>]) -> (fused: Double, lead: Double?) {
    let own = placing.channels[0].prefix(combinedChannels)
    return rivals?.fused(own, placedRivals, scores) ?? (FusedScore.value(own), nil)
  }

  private func placings(
    _ channels: [ChannelScores], _ floor: Double
  ) async -> [(placing: Placing, fused: Double, lead: Double?)] {
    let rows = channels.first?.replicates.rows ?? 0
    return await concurrentMap(rows, blocksOf: 64) { block in
      block.map { row in
        let scores = channels.map { $0.replicates.row(row) }
        let placing = placing(scores, floor)
        let (fused, lead) = fused(placing, scores)
        return (placing, fused, lead)
      }
    }.flatMap(\.self)
  }
}
