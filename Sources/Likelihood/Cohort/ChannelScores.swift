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
    _ measurement: PairMeasurements, adjustedForLength: Set<String>, asked: Set<Int>, bootstrap: ProbeBootstrap
  ) async -> [ChannelScores] {
    var all: [ChannelScores] = []
    let measured = measured(measurement, adjustedForLength: adjustedForLength, asked: asked)
    // The same for all channels.
    var drawn: Matrix?
    if let counts = measurement.contributions.first?.counts { drawn = await bootstrap.drawn(of: counts) }
    for (scores, contributions) in zip(measured, measurement.contributions) {
      var replicates = await bootstrap.means(of: contributions.values, drawn: drawn)
      if let effects = scores.adjustment?.effects {
        for row in 0..<replicates.rows {
          for (pair, effect) in effects.enumerated() { replicates.values[row * effects.count + pair] -= effect }
        }
      }
      all.append(
        ChannelScores(
          name: scores.name, raw: scores.raw, adjusted: scores.adjusted, replicates: replicates,
          adjustment: scores.adjustment))
    }
    return all
  }

  /// Without a bootstrap: the matrix of replicates has no rows.
  static func measured(
    _ measurement: PairMeasurements, adjustedForLength: Set<String>, asked: Set<Int>
  ) -> [ChannelScores] {
    measurement.contributions.map { contributions in
      let raw = contributions.scores()
      let adjustment =
        adjustedForLength.contains(contributions.channel)
        ? LengthAdjustment(
          scores: raw, pairs: measurement.pairs, meanLengths: measurement.meanLengths, excluded: asked) : nil
      return ChannelScores(
        name: contributions.channel, raw: raw,
        adjusted: adjustment.map { zip(raw, $0.effects).map { $0 - $1 } } ?? raw,
        replicates: Matrix(rows: 0, columns: raw.count), adjustment: adjustment)
    }
  }
}
