import LinearAlgebra
import Similarity
import Statistics

/// A normalised score, taken apart: what each probe adds to it, on either side its contribution for the pair less the
/// mean of its contributions for the cohort, in standard deviations of the cohort's scores; and what the adjustment for
/// length adds.
struct ProbeShares {
  let probes: [Double]
  let length: Double

  init(
    _ over: CohortNormalisation, channel: ChannelScores, contributions: Contributions, measurement: PairMeasurements,
    floor: Double
  ) {
    let rows = contributions.values.rows
    var probes = [Double](repeating: 0, count: rows)
    var length = 0.0
    let effects = channel.adjustment?.effects
    func share(_ row: Int, _ pair: Int, _ answered: Double) -> Double { contributions.values[row, pair] / answered }
    func answered(_ pair: Int) -> Double { Double(measurement.prompts(ofPair: pair)) }
    let own = answered(over.pair)
    for side in [over.ofSuspect, over.ofCandidate] {
      let known = side.filter { channel.adjusted[$0].isFinite }
      let counts = known.map(answered)
      let deviation = max(Moments(known.map { channel.adjusted[$0] }).standardDeviation, floor)
      for row in 0..<rows {
        var mean = 0.0
        for (pair, count) in zip(known, counts) { mean += share(row, pair, count) }
        mean /= Double(known.count)
        probes[row] += 0.5 * (share(row, over.pair, own) - mean) / deviation
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
