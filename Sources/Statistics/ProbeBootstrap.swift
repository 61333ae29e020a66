package import LinearAlgebra

/// The bootstrap over probes as one matrix product: weights (replicates × probes) times contributions (probes × pairs).
///
/// A replicate draws as many probes as there are, with replacement; its weight for a probe is how often it was drawn.
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

  /// Mean contribution of each pair in each replicate, over the probes that count for that pair.
  ///
  /// - Parameters:
  ///   - contributions: probes × pairs; 0 where a probe does not count.
  ///   - counts: probes × pairs of 1 where a probe counts and 0 where it does not; nil if all count.
  /// - Returns: replicates × pairs; nan where a replicate drew no probe that counts.
  package func means(of contributions: Matrix, counts: Matrix?) async -> Matrix {
    if let counts {
      await means(of: contributions, drawn: drawn(of: counts))
    } else {
      await means(of: contributions, drawn: nil)
    }
  }

  /// How many of the probes that count each replicate drew, for each pair: replicates × pairs.
  ///
  /// - Parameter counts: probes × pairs of 1 where a probe counts and 0 where it does not.
  package func drawn(of counts: Matrix) async -> Matrix { await weights.times(counts) }

  /// `means(of:counts:)` for several contributions with the same counts: what was drawn of them is found once.
  ///
  /// - Parameter drawn: of `drawn(of:)`; nil if all probes count.
  package func means(of contributions: Matrix, drawn: Matrix?) async -> Matrix {
    var sums = await weights.times(contributions)
    if let drawn {
      for index in sums.values.indices { sums.values[index] /= drawn.values[index] }
    } else {
      let drawn = Double(weights.columns)
      for index in sums.values.indices { sums.values[index] /= drawn }
    }
    return sums
  }
}
