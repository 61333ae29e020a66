/// Do two samples, drawn block by block, come from the same distributions? Members are permuted within each block only.
///
/// The statistic is the sum over blocks of their distance in units of its standard deviation under permutation, divided by
/// the square root of the number of blocks: a block that hardly varies by chance weighs as much as one that varies much.
/// Blocks that look alike however they are divided say nothing and are left out.
///
/// Other measures than the distance are centred and scaled in the same way; see `ExchangeableBlock.Measure`.
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
    /// The same of the distance, by whatever measure the p-value is.
    package let standardisedDistance: Double
    package let blocks: Int
    /// Blocks whose distance depends on how they are divided.
    package let telling: Int
  }

  /// Divisions by which centre and spread of a measure without a closed form are found. They only weigh blocks against each
  /// other, and do not depend on how the members are divided: the p-value is right whatever they are.
  private static let pilot = 199

  /// - Parameter measure: by which blocks are compared. `concentration` counts in both directions.
  package func compare(_ blocks: [ExchangeableBlock], by measure: ExchangeableBlock.Measure = .distance) -> Finding {
    let candidates = blocks.filter { $0.spread > 0 }
    let distance = blocks.isEmpty ? 0 : blocks.reduce(0) { $0 + $1.distance } / Double(blocks.count)
    let moments = candidates.enumerated().map { self.moments($1, measure, number: UInt64($0)) }
    let places = candidates.indices.filter { moments[$0].spread > 0 }
    let standardised = candidates.reduce(0) { $0 + $1.distance / $1.spread }
    let standardisedDistance = candidates.isEmpty ? 0 : standardised / Double(candidates.count).squareRoot()
    guard !places.isEmpty else {
      return Finding(
        statistic: 0, pValue: 1, distance: distance, standardisedDistance: standardisedDistance, blocks: blocks.count,
        telling: 0)
    }
    let telling = places.map { candidates[$0] }
    let scale = Double(telling.count).squareRoot()
    let weights = places.map { 1 / (moments[$0].spread * scale) }
    let centre = zip(places, weights).reduce(0) { $0 + moments[$1.0].centre * $1.1 }
    func directed(_ sum: Double) -> Double { measure == .concentration ? abs(sum - centre) : sum - centre }
    let observed = directed(zip(telling, weights).reduce(0) { $0 + $1.0.value(measure) * $1.1 })
    // Sums of the same terms in another order may differ in their last bits; they are ties.
    let threshold = observed - 1e-9 * max(1, abs(observed))
    var generator = SeededGenerator(seed: seed)
    var dividers = telling.map(ExchangeableBlock.Divider.init)
    var reached = 0
    var pValue: Double?
    for draw in 1...most {
      var sum = 0.0
      for index in dividers.indices { sum += dividers[index].value(measure, &generator) * weights[index] }
      guard directed(sum) >= threshold else { continue }
      reached += 1
      if reached == enough {
        pValue = Double(enough) / Double(draw)
        break
      }
    }
    return Finding(
      statistic: observed, pValue: pValue ?? Double(reached + 1) / Double(most + 1), distance: distance,
      standardisedDistance: standardisedDistance, blocks: blocks.count, telling: telling.count)
  }

  private func moments(
    _ block: ExchangeableBlock, _ measure: ExchangeableBlock.Measure, number: UInt64
  ) -> (centre: Double, spread: Double) {
    guard measure != .distance else { return (0, block.spread) }
    var generator = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
    var divider = ExchangeableBlock.Divider(block)
    let values = (0..<Self.pilot).map { _ in divider.value(measure, &generator) }
    let centre = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(values.count - 1)
    return variance > 1e-12 * max(1, centre * centre) ? (centre, variance.squareRoot()) : (0, 0)
  }
}
