import LinearAlgebra
import Similarity
import Statistics

/// A normalised score, taken apart: what each probe adds to it, on either side its contribution for the pair less the
/// mean of its contributions for the cohort, in standard deviations of the cohort's scores; and what the adjustment for
/// length adds.
struct ProbeShares {
  let probes: [Double]
  let length: Double

  /// - Precondition: the contributions of all pairs of suspect and candidate with the cohort are kept.
  init(
    _ over: CohortNormalisation, channel: ChannelScores, contributions: Contributions, measurement: PairMeasurements,
    floor: Double
  ) {
    let rows = contributions.values.rows
    var probes = [Double](repeating: 0, count: rows)
    var length = 0.0
    let effects = channel.adjustment?.effects
    func share(_ row: Int, _ column: Int?, _ answered: Double) -> Double {
      (column.map { contributions.values[row, $0] } ?? .nan) / answered
    }
    func answered(_ pair: Int) -> Double { Double(measurement.prompts(ofPair: pair)) }
    let own = answered(over.pair)
    let ownColumn = contributions.column(ofPair: over.pair)
    for side in [over.ofSuspect, over.ofCandidate] {
      let known = side.filter { channel.adjusted[$0].isFinite }
      let counts = known.map(answered)
      let columns = known.map { contributions.column(ofPair: $0) }
      let deviation = max(Moments(known.map { channel.adjusted[$0] }).standardDeviation, floor)
      for row in 0..<rows {
        var mean = 0.0
        for (column, count) in zip(columns, counts) { mean += share(row, column, count) }
        mean /= Double(known.count)
        probes[row] += 0.5 * (share(row, ownColumn, own) - mean) / deviation
      }
      if let effects {
        let mean = known.reduce(0) { $0 + effects[$1] } / Double(known.count)
        length += 0.5 * (mean - effects[over.pair]) / deviation
      }
    }
    self.probes = probes
    self.length = length
  }
}
