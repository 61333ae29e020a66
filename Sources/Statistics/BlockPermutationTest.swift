/// Do two samples, drawn block by block, come from the same distributions? Members are permuted within each block only.
///
/// The statistic is the sum over blocks of their distance in units of its standard deviation under permutation, divided by
/// the square root of the number of blocks: a block that hardly varies by chance weighs as much as one that varies much.
/// Blocks that look alike however they are divided say nothing and are left out.
///
/// Permutations are drawn until the statistic was reached `enough` times, or `most` were drawn. The p-value is `enough` divided by
/// the number drawn in the first case, and (1 + times reached) / (most + 1) in the second; at any level it is right at most
/// that often by chance.
///
/// - Source: Besag and Clifford, "Sequential Monte Carlo p-values", Biometrika 78(2), 1991.
package struct BlockPermutationTest: Sendable {
  package let most: Int
  package let enough: Int
  package let seed: UInt64

  package init(most: Int, enough: Int = 20, seed: UInt64) {
    self.most = most
    self.enough = enough
    self.seed = seed
  }

  package struct Finding: Hashable, Sendable {
    /// Standardised; near 0, of either sign, for equal distributions.
    package let statistic: Double
    /// In 1/(most + 1)...1; 1 where no block can tell the sides apart.
    package let pValue: Double
    /// Mean of the distances over all blocks; as often below 0 as above it for equal distributions.
    package let distance: Double
    /// Blocks whose distance depends on how they are divided.
    package let telling: Int
  }

  package func compare(_ blocks: [ExchangeableBlock]) -> Finding {
    let telling = blocks.filter { $0.spread > 0 }
    let distance = blocks.isEmpty ? 0 : blocks.reduce(0) { $0 + $1.distance } / Double(blocks.count)
    guard !telling.isEmpty else { return Finding(statistic: 0, pValue: 1, distance: distance, telling: 0) }
    let scale = Double(telling.count).squareRoot()
    let weights = telling.map { 1 / ($0.spread * scale) }
    let observed = zip(telling, weights).reduce(0) { $0 + $1.0.distance * $1.1 }
    // Sums of the same terms in another order may differ in their last bits; they are ties.
    let threshold = observed - 1e-9 * max(1, abs(observed))
    var generator = SeededGenerator(seed: seed)
    var dividers = telling.map(ExchangeableBlock.Divider.init)
    var reached = 0
    var pValue: Double?
    for draw in 1...most {
      var sum = 0.0
      for index in dividers.indices { sum += dividers[index].distance(&generator) * weights[index] }
      guard sum >= threshold else { continue }
      reached += 1
      if reached == enough {
        pValue = Double(enough) / Double(draw)
        break
      }
    }
    return Finding(
      statistic: observed, pValue: pValue ?? Double(reached + 1) / Double(most + 1), distance: distance,
      telling: telling.count)
  }
}
