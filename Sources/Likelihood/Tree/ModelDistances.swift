package import Cases
package import LinearAlgebra
import Similarity
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far apart models are: every pair normalised by all other models, without a word of what is known about them.
///
/// The likeness of two models is what a calibration reads (`FusedScore`), each pair as a case of its own with all other
/// models as its cohort, and in that, on either side, the half that is least like the other (`overFarHalf`): relatives drop
/// out by their scores, not by a table. So likeness is symmetric, and
///
///     distance(a, b) = the greatest likeness of any pair − likeness(a, b)
///
/// in the standard deviations of the fused score; 0 for the nearest pair of all, which need not be equal. Where the scale
/// begins is a convention: it lengthens all leaves of a tree alike and joins nothing else. Distances are rounded to a
/// billionth, so that the last bits, in which processors differ, decide nothing.
///
/// - Note: not a metric: triangles may be unequal. A near pair is not therefore a pair of teacher and student.
package struct ModelDistances: Sendable {
  /// Fewest models: a pair and the smallest cohort.
  package static let minimumModels = 2 + CohortAnalysis.minimumCohort

  /// In byte order of their names.
  package let models: [ModelID]
  /// Models that share no prompt with some other, in the order in which they were left out: those first that lack most.
  package let leftOut: [ModelID]
  /// Mean of asinh of the normalised scores; 0 on the diagonal.
  package let likeness: Matrix
  package let distances: Matrix
}

/// The normalisation of all pairs at once: which models each is seen among is decided on the measured scores, and stays.
struct LikenessScale: Sendable {
  let positions: [Int]
  let leftOut: [Int]
  private let pairs: PairIndex
  /// By channel and model: all others, the least like it first.
  private let farthest: [[[Int32]]]
  /// By pair of `positions`: smallest standard deviation that is divided by.
  private let floors: [Double]

  /// - Parameter channels: those that are combined.
  /// - Returns: nil if fewer than `ModelDistances.minimumModels` models have scores with all others.
  init?(_ measurement: PairMeasurements, channels: [ChannelScores]) {
    pairs = measurement.pairs
    (positions, leftOut) = Self.connected(measurement.pairs, channels)
    guard positions.count >= ModelDistances.minimumModels else { return nil }
    let n = positions.count
    let (kept, pairs) = (positions, pairs)
    farthest = channels.map { channel in
      (0..<n).map { a in
        let keyed = (0..<n).filter { $0 != a }.map { b in
          (key: (channel.adjusted[pairs.index(kept[a], kept[b])] * 1e9).rounded(), model: Int32(b))
        }
        return keyed.sorted { ($0.key, $0.model) < ($1.key, $1.model) }.map(\.model)
      }
    }
    floors = (0..<n).flatMap { a in
      (0..<n).map { b in
        a == b ? 1 : CandidateTrial.floor(prompts: measurement.prompts(ofPair: pairs.index(kept[a], kept[b])))
      }
    }
  }

  /// Leaves out, one by one, the model that lacks a score with most others, of equals the last, until none is lacking.
  private static func connected(_ pairs: PairIndex, _ channels: [ChannelScores]) -> (kept: [Int], leftOut: [Int]) {
    var kept = Array(pairs.models.indices)
    var leftOut: [Int] = []
    func lacks(_ a: Int, _ b: Int) -> Bool {
      a != b && channels.contains { !$0.adjusted[pairs.index(a, b)].isFinite }
    }
    var missing = kept.map { a in kept.count { lacks(a, $0) } }
    while let most = missing.max(), most > 0, let place = missing.lastIndex(of: most) {
      let gone = kept.remove(at: place)
      missing.remove(at: place)
      leftOut.append(gone)
      for (index, model) in kept.enumerated() where lacks(model, gone) { missing[index] -= 1 }
    }
    return (kept, leftOut)
  }

  /// - Parameter scores: by channel, one for each pair of all models.
  /// - Returns: n × n; nil if a score is no number.
  func likeness(_ scores: [ArraySlice<Double>]) -> Matrix? {
    let n = positions.count
    let size = max((n - 1) / 2, CohortNormalisation.minimumHalfSize)
    var sum = Matrix(rows: n, columns: n)
    for (order, channel) in zip(farthest, scores) {
      guard let square = square(channel) else { return nil }
      let among = order.map { FarMoments(square, n, among: $0.prefix(size), next: $0.dropFirst(size).first) }
      for a in 0..<n {
        for b in (a + 1)..<max(n, a + 1) {
          let (score, floor) = (square[a * n + b], floors[a * n + b])
          let sides = among[b].side(score, of: a, floor) + among[a].side(score, of: b, floor)
          sum.values[a * n + b] += asinh(sides / 2)
        }
      }
    }
    for a in 0..<n {
      for b in (a + 1)..<max(n, a + 1) {
        sum[a, b] /= Double(scores.count)
        sum[b, a] = sum[a, b]
      }
    }
    return sum
  }

  /// One channel's scores of the kept models, row by row; nil if one is no number.
  private func square(_ channel: ArraySlice<Double>) -> [Double]? {
    let n = positions.count
    var square = [Double](repeating: 0, count: n * n)
    for a in 0..<n {
      for b in (a + 1)..<max(n, a + 1) {
        let value = channel[channel.startIndex + pairs.index(positions[a], positions[b])]
        guard value.isFinite else { return nil }
        square[a * n + b] = value
        square[b * n + a] = value
      }
    }
    return square
  }

  /// By model, moments of its scores with those models that are least like one other: `CohortNormalisation`, one side.
  private struct FarMoments {
    private let means: [Double]
    private let deviations: [Double]

    /// Every model's at once, member by member, so that scores lie side by side.
    ///
    /// - Parameters:
    ///   - square: of all models, symmetric, 0 on the diagonal.
    ///   - members: those that are least like the other.
    ///   - next: one more, for a model that is a member: its own place does not count.
    init(_ square: [Double], _ n: Int, among members: ArraySlice<Int32>, next: Int32?) {
      var counts = [Double](repeating: Double(members.count), count: n)
      if next == nil { for member in members { counts[Int(member)] -= 1 } }
      var means = [Double](repeating: 0, count: n)
      var deviations = means
      var sums = means.mutableSpan
      var squares = deviations.mutableSpan
      let scores = square.span
      for member in members {
        for model in 0..<n { sums[model] += scores[Int(member) * n + model] }
      }
      if let next { for member in members { sums[Int(member)] += scores[Int(next) * n + Int(member)] } }
      for model in 0..<n { sums[model] /= counts[model] }
      for member in members {
        let own = squares[Int(member)]
        for model in 0..<n {
          let difference = scores[Int(member) * n + model] - sums[model]
          squares[model] += difference * difference
        }
        squares[Int(member)] = own
      }
      if let next {
        for member in members {
          let difference = scores[Int(next) * n + Int(member)] - sums[Int(member)]
          squares[Int(member)] += difference * difference
        }
      }
      for model in 0..<n { squares[model] = (squares[model] / (counts[model] - 1)).squareRoot() }
      self.means = means
      self.deviations = deviations
    }

    /// How far a model's score with the other is from its scores with the members, in their standard deviations.
    func side(_ score: Double, of model: Int, _ floor: Double) -> Double {
      CohortNormalisation.side(score, mean: means[model], deviation: deviations[model], floor: floor)
    }
  }

  /// The greatest likeness of a pair minus each pair's.
  static func distances(_ likeness: Matrix) -> Matrix {
    let n = likeness.rows
    var greatest = -Double.infinity
    for a in 0..<n {
      for b in 0..<n where a != b { greatest = max(greatest, likeness[a, b]) }
    }
    var distances = Matrix(rows: n, columns: n)
    for a in 0..<n {
      for b in 0..<n where a != b { distances[a, b] = ((greatest - likeness[a, b]) * 1e9).rounded() / 1e9 }
    }
    return distances
  }
}
