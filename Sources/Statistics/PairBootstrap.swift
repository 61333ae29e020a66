package import LinearAlgebra

/// A bootstrap over probes for a few pairs at a time, all replicates of a pair side by side: what is then worked out for each
/// replicate goes through memory in order, and no matrix of all pairs and replicates is ever made.
///
/// The product is the same as in `ProbeBootstrap`; how often probes that count were drawn is counted from those that do not, which
/// are few.
package struct PairBootstrap: Sendable {
  /// probes × replicates.
  private let weights: Matrix
  /// Of a pair, the probes that do not count; nil if all count for all pairs.
  private let missing: (@Sendable (Int) -> [Int])?

  package init(_ bootstrap: ProbeBootstrap, missing: (@Sendable (Int) -> [Int])?) {
    let drawn = bootstrap.weights
    var weights = Matrix(rows: drawn.columns, columns: drawn.rows)
    for replicate in 0..<drawn.rows {
      for (probe, weight) in drawn.row(replicate).enumerated() {
        weights.values[probe * drawn.rows + replicate] = weight
      }
    }
    self.weights = weights
    self.missing = missing
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
  package func means(_ pairs: [Int], of contributions: GridMatrix, less amounts: [Double]) -> Matrix {
    var means = contributions.block(pairs).transposeTimes(weights)
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
    guard let missing = missing?(pair), !missing.isEmpty else { return nil }
    var sums = [Double](repeating: Double(weights.rows), count: replicates)
    for probe in missing {
      for (replicate, weight) in weights.row(probe).enumerated() { sums[replicate] -= weight }
    }
    return sums
  }
}
