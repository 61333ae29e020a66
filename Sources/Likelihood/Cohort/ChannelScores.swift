import LinearAlgebra
import Similarity
import Statistics

/// One channel's scores for all pairs: as measured, adjusted for length, and in replicates of the bootstrap.
struct ChannelScores: Sendable {
  let name: String
  let raw: [Double]
  let adjusted: [Double]
  /// replicates × pairs, adjusted by the same effects as the measured scores; no rows where there is no bootstrap.
  let replicates: Matrix
  let adjustment: LengthAdjustment?

  /// Without a bootstrap.
  ///
  /// - Parameter lengthPairs: see `LengthAdjustment`; other than its own only for what an earlier version computed.
  static func measured(
    _ measurement: PairMeasurements, adjustedForLength: Set<String>, asked: Set<Int>,
    lengthPairs: Int = LengthAdjustment.maximumPairs
  ) -> [ChannelScores] {
    zip(measurement.contributions, measurement.scores()).map { channel, raw in
      let adjustment =
        adjustedForLength.contains(channel.channel)
        ? LengthAdjustment(
          scores: raw, pairs: measurement.pairs, meanLengths: measurement.meanLengths, excluded: asked,
          maximumPairs: lengthPairs) : nil
      return ChannelScores(
        name: channel.channel, raw: raw,
        adjusted: adjustment.map { zip(raw, $0.effects).map { $0 - $1 } } ?? raw,
        replicates: Matrix(rows: 0, columns: raw.count), adjustment: adjustment)
    }
  }

  /// With all replicates of a bootstrap, or the first of them.
  static func all(
    _ measurement: PairMeasurements, adjustedForLength: Set<String>, asked: Set<Int>, bootstrap: ProbeBootstrap
  ) async -> [ChannelScores] {
    let measured = measured(measurement, adjustedForLength: adjustedForLength, asked: asked)
    return await replicated(measured, measurement, 0..<bootstrap.replicates, of: bootstrap)
  }

  /// The same scores with some replicates of a bootstrap.
  static func replicated(
    _ measured: [ChannelScores], _ measurement: PairMeasurements, _ range: Range<Int>, of bootstrap: ProbeBootstrap
  ) async -> [ChannelScores] {
    let columns = measurement.pairs.count
    // The same for all channels.
    var drawn: Matrix?
    if !measurement.participation.isComplete {
      let (members, participation) = (measurement.pairs.members, measurement.participation)
      drawn = await bootstrap.sums(range, columns: columns) { participation.block(members[$0]) }
    }
    let all = Double(measurement.prompts.count)
    var found: [ChannelScores] = []
    for (scores, channel) in zip(measured, measurement.contributions) {
      let values = channel.values
      let sums = await bootstrap.sums(range, columns: values.columns) { values.block($0) }
      var means = channel.kept.map { sums.spread(to: columns, at: $0.pairs) } ?? sums
      let effects = scores.adjustment?.effects
      means.values.withUnsafeMutableBufferPointer { means in
        for row in 0..<range.count {
          let start = row * columns
          for pair in 0..<columns {
            means[start + pair] = means[start + pair] / (drawn?.values[start + pair] ?? all) - (effects?[pair] ?? 0)
          }
        }
      }
      found.append(
        ChannelScores(
          name: scores.name, raw: scores.raw, adjusted: scores.adjusted, replicates: means,
          adjustment: scores.adjustment))
    }
    return found
  }
}

extension Matrix {
  /// The same columns at other places; nan between them.
  fileprivate func spread(to count: Int, at places: [Int]) -> Matrix {
    var wide = Matrix(rows: rows, columns: count, values: [Double](repeating: .nan, count: rows * count))
    for row in 0..<rows {
      for (column, place) in places.enumerated() { wide.values[row * count + place] = values[row * columns + column] }
    }
    return wide
  }
}
