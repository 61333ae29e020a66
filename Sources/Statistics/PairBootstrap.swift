package import LinearAlgebra

/// A bootstrap over probes for a few pairs at a time, all replicates of a pair side by side: what is then worked out for each
/// replicate goes through memory in order, and no matrix of all pairs and replicates is ever made.
///
/// The product is the same as in `ProbeBootstrap.means`; how often probes that count were drawn is counted from those that do
/// not, which are few.
package struct PairBootstrap: Sendable {
  /// probes × replicates.
  private let weights: Matrix
  /// By pair, probes that do not count; or, where they are the fewer, those that do.
  private let listed: [[Int]]
  private let listsCounted: [Bool]

  /// - Parameter counts: probes × pairs of 1 where a probe counts and 0 where it does not; nil if all count.
  package init(_ bootstrap: ProbeBootstrap, counts: Matrix?) {
    let drawn = bootstrap.weights
    var weights = Matrix(rows: drawn.columns, columns: drawn.rows)
    for replicate in 0..<drawn.rows {
      for (probe, weight) in drawn.row(replicate).enumerated() {
        weights.values[probe * drawn.rows + replicate] = weight
      }
    }
    self.weights = weights
    guard let counts else {
      listed = []
      listsCounted = []
      return
    }
    var missing = [[Int]](repeating: [], count: counts.columns)
    for probe in 0..<counts.rows {
      for (pair, count) in counts.row(probe).enumerated() where count == 0 { missing[pair].append(probe) }
    }
    listsCounted = missing.map { 2 * $0.count > counts.rows }
    listed = zip(missing, listsCounted).map { missing, isLong in
      guard isLong else { return missing }
      let absent = Set(missing)
      return (0..<counts.rows).filter { !absent.contains($0) }
    }
  }

  package var replicates: Int { weights.columns }

  /// Mean contribution of each of some pairs in each replicate, over the probes that count for that pair, less an amount for
  /// each pair.
  ///
  /// - Parameters:
  ///   - pairs: columns of `contributions`, in the order of the rows of the result.
  ///   - contributions: probes × all pairs; 0 where a probe does not count.
  ///   - amounts: one for each of all pairs.
  /// - Returns: `pairs.count` × replicates; nan where a replicate drew no probe that counts.
  package func means(_ pairs: [Int], of contributions: Matrix, less amounts: [Double]) -> Matrix {
    var chosen = Matrix(rows: contributions.rows, columns: pairs.count)
    chosen.values.withUnsafeMutableBufferPointer { chosen in
      contributions.values.withUnsafeBufferPointer { all in
        for probe in 0..<contributions.rows {
          for (place, pair) in pairs.enumerated() {
            chosen[probe * pairs.count + place] = all[probe * contributions.columns + pair]
          }
        }
      }
    }
    var means = chosen.transposeTimes(weights)
    let width = replicates
    means.values.withUnsafeMutableBufferPointer { values in
      for (row, pair) in pairs.enumerated() {
        let amount = amounts[pair]
        let place = row * width..<(row + 1) * width
        guard let drawn = drawn(pair) else {
          let all = Double(weights.rows)
          for index in place { values[index] = values[index] / all - amount }
          continue
        }
        for (index, count) in zip(place, drawn) { values[index] = values[index] / count - amount }
      }
    }
    return means
  }

  /// How many probes that count each replicate drew; nil where all count. Whole numbers: exact in any order.
  private func drawn(_ pair: Int) -> [Double]? {
    guard !listed.isEmpty, listsCounted[pair] || !listed[pair].isEmpty else { return nil }
    var sums = [Double](repeating: 0, count: replicates)
    for probe in listed[pair] {
      for (replicate, weight) in weights.row(probe).enumerated() { sums[replicate] += weight }
    }
    guard !listsCounted[pair] else { return sums }
    return sums.map { Double(weights.rows) - $0 }
  }
}
