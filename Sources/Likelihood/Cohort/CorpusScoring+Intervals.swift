package import Cases
import LinearAlgebra
import Similarity
import Statistics

extension CorpusScoring {
  /// Teachers of one task: enough for one product to be worth its while, few enough for its result to stay in the cache.
  private static let teachersAtOnce = 4

  /// Percentile intervals of the channels' normalised scores over a bootstrap of the probes.
  ///
  /// Each task makes the replicates of a few teachers' pairs, one channel at a time, and keeps the intervals: of all replicates
  /// together there would be gigabytes.
  ///
  /// - Precondition: each prompt's contributions are kept.
  /// - Returns: by channel, then by teacher; nil where there is no normalised score.
  package func intervals(
    teachers: [ModelID], student: ModelID, replicates: Int, seed: UInt64, confidence: Double = 0.95
  ) async -> [[Interval?]] {
    precondition(measurement.contributions.allSatisfy { $0.kept == nil }, "intervals draw the prompts of all pairs")
    let pairs = measurement.pairs
    guard let suspect = pairs.position(of: student) else {
      return channels.map { _ in teachers.map { _ in nil } }
    }
    let participation = measurement.participation
    let members = pairs.members
    let missing: @Sendable (Int) -> [Int] = { pair in
      participation.missing(Int(members[pair].0), Int(members[pair].1))
    }
    let bootstrap = PairBootstrap(
      ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: seed),
      missing: participation.isComplete ? nil : missing)
    var intervals: [[Interval?]] = []
    for (channel, contributions) in zip(channels, measurement.contributions) {
      let trial = ChannelReplicates(
        bootstrap: bootstrap, contributions: contributions.values,
        effects: channel.adjustment?.effects ?? [Double](repeating: 0, count: pairs.count), suspect: suspect,
        pairs: pairs,
        confidence: confidence)
      let rows = await concurrentMap(teachers.count, blocksOf: Self.teachersAtOnce) { some in
        trial.intervals(
          teachers[some].map { teacher in
            normalisation(of: channel, teacher: teacher, student: student).map {
              ($0, CandidateTrial.floor(prompts: measurement.prompts(ofPair: $0.pair)))
            }
          })
      }
      intervals.append(rows.flatMap(\.self))
    }
    return intervals
  }
}

/// One channel's replicates of the suspect's pairs, beside which those of each candidate are set.
private struct ChannelReplicates: Sendable {
  private let bootstrap: PairBootstrap
  private let contributions: GridMatrix
  private let effects: [Double]
  private let confidence: Double
  /// The suspect's pairs × replicates.
  private let ofSuspect: Matrix
  /// By pair, its row in `ofSuspect`.
  private let rows: [Int: Int]

  init(
    bootstrap: PairBootstrap, contributions: GridMatrix, effects: [Double], suspect: Int, pairs: PairIndex,
    confidence: Double
  ) {
    let own = pairs.models.indices.filter { $0 != suspect }.map { pairs.index(suspect, $0) }
    self.bootstrap = bootstrap
    self.contributions = contributions
    self.effects = effects
    self.confidence = confidence
    ofSuspect = bootstrap.means(own, of: contributions, less: effects)
    rows = Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1, $0) })
  }

  /// - Parameter candidates: each with its normalisation and smallest deviation; nil where it has none.
  func intervals(_ candidates: [(over: CohortNormalisation, floor: Double)?]) -> [Interval?] {
    let ofCandidates = bootstrap.means(
      candidates.flatMap { $0?.over.ofCandidate ?? [] }, of: contributions, less: effects)
    let tail = (1 - confidence) / 2
    var row = 0
    return candidates.map { candidate in
      guard let (over, floor) = candidate else { return nil }
      let members = row..<row + over.ofCandidate.count
      row = members.upperBound
      guard let own = rows[over.pair] else { return nil }
      let values = CohortNormalisation.normalised(
        ofSuspect.row(own), suspectSide: ColumnMoments(ofSuspect, rows: over.ofSuspect.compactMap { rows[$0] }),
        candidateSide: ColumnMoments(ofCandidates, rows: members), floor: floor
      ).compactMap { $0?.value }
      guard !values.isEmpty else { return nil }
      let ends = values.quantiles([tail, 1 - tail])
      return Interval(low: ends[0], high: ends[1])
    }
  }
}
