package import LinearAlgebra

/// The bootstrap over probes as one matrix product: weights (replicates × probes) times contributions (probes × pairs).
///
/// A replicate draws as many probes as there are, with replacement; its weight for a probe is how often it was drawn. Of
/// contributions on a grid all sums are exact (`GridMatrix`), so they may be made in any parts: some replicates at a time are
/// small enough to be used and forgotten.
/// - Source: Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of Statistics 7(1), 1979.
package struct ProbeBootstrap: Sendable {
  /// replicates × probes; each row sums to the number of probes.
  package let weights: Matrix

  package init(replicates: Int, probes: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var weights = Matrix(rows: replicates, columns: probes)
    for row in 0..<replicates {
      for _ in 0..<probes { weights.values[row * probes + generator.next(below: probes)] += 1 }
    }
    self.weights = weights
  }

  package var replicates: Int { weights.rows }

  /// Mean contribution of each pair in each replicate, over the probes that count for that pair.
  ///
  /// - Parameters:
  ///   - contributions: probes × pairs; 0 where a probe does not count.
  ///   - counts: probes × pairs of 1 where a probe counts and 0 where it does not; nil if all count.
  /// - Returns: replicates × pairs; nan where a replicate drew no probe that counts.
  package func means(of contributions: Matrix, counts: Matrix?) async -> Matrix {
    var sums = await weights.times(contributions)
    if let counts {
      let drawn = await weights.times(counts)
      for index in sums.values.indices { sums.values[index] /= drawn.values[index] }
    } else {
      let drawn = Double(weights.columns)
      for index in sums.values.indices { sums.values[index] /= drawn }
    }
    return sums
  }

  /// Columns of one product: wide enough for OpenBLAS, and narrow enough to stay in the cache.
  private static let columnsAtOnce = 512

  /// Sums of drawn probes in some of the replicates, made from blocks of columns.
  ///
  /// - Parameter block: all probes × some columns.
  /// - Returns: `replicates.count` × columns.
  package func sums(
    _ replicates: Range<Int>, columns: Int, block: @escaping @Sendable (Range<Int>) -> Matrix
  ) async -> Matrix {
    guard !replicates.isEmpty else { return Matrix(rows: 0, columns: columns) }
    // probes × replicates, as the product needs them.
    var drawn = Matrix(rows: weights.columns, columns: replicates.count)
    for (place, replicate) in replicates.enumerated() {
      for (probe, weight) in weights.row(replicate).enumerated() { drawn[probe, place] = weight }
    }
    let weights = drawn
    let parts = await concurrentMap(columns, blocksOf: Self.columnsAtOnce) { range in
      weights.transposeTimes(block(range))
    }
    var sums = Matrix(rows: replicates.count, columns: columns)
    var start = 0
    for part in parts {
      for row in 0..<part.rows {
        let place = row * columns + start
        sums.values.replaceSubrange(place..<place + part.columns, with: part.row(row))
      }
      start += part.columns
    }
    return sums
  }
}
