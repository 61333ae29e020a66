import LinearAlgebra
import Similarity
import Statistics

/// One channel's scores for all pairs: as measured, adjusted for length, and in every replicate of the bootstrap.
struct ChannelScores: Sendable {
  let name: String
  let raw: [Double]
  let adjusted: [Double]
  /// replicates × pairs, adjusted by the same effects as the measured scores.
  let replicates: Matrix
  let adjustment: LengthAdjustment?

  static func all(
    _ measurement: Measurement, adjustedForLength: Set<String>, asked: Set<Int>, bootstrap: ProbeBootstrap
  ) async -> [ChannelScores] {
    var all: [ChannelScores] = []
    for contributions in measurement.contributions {
      let raw = contributions.scores()
      let adjustment =
        adjustedForLength.contains(contributions.channel)
        ? LengthAdjustment(
          scores: raw, pairs: measurement.pairs, meanLengths: measurement.meanLengths, excluded: asked) : nil
      var replicates = await bootstrap.means(of: contributions.values, counts: contributions.counts)
      if let effects = adjustment?.effects {
        for row in 0..<replicates.rows {
          for (pair, effect) in effects.enumerated() { replicates.values[row * effects.count + pair] -= effect }
        }
      }
      all.append(
        ChannelScores(
          name: contributions.channel, raw: raw,
          adjusted: adjustment.map { zip(raw, $0.effects).map { $0 - $1 } } ?? raw, replicates: replicates,
          adjustment: adjustment))
    }
    return all
  }
}
