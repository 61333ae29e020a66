/// Isotonic regression of labels on scores by pooling adjacent violators.
package enum IsotonicRegression {
  /// Scores that share one fitted value.
  package struct Block: Hashable, Sendable {
    package let low: Double
    package let high: Double
    /// Cases of class 1 and of class 0, or their weights.
    package let ones: Double
    package let zeros: Double
  }

  /// Blocks by ascending score, with ascending shares of class 1. Equal scores are pooled first.
  ///
  /// - Source: Ayer, Brunk, Ewing, Reid and Silverman, "An Empirical Distribution Function for Sampling with Incomplete
  ///   Information" (1955).
  package static func blocks(_ cases: [(score: Double, label: Bool, weight: Double)]) -> [Block] {
    var blocks: [Block] = []
    for one in cases.filter({ $0.weight > 0 }).sorted(by: { $0.score < $1.score }) {
      let ones = one.label ? one.weight : 0
      let zeros = one.label ? 0 : one.weight
      if let last = blocks.last, last.high == one.score {
        blocks[blocks.count - 1] = Block(
          low: last.low, high: last.high, ones: last.ones + ones, zeros: last.zeros + zeros)
      } else {
        blocks.append(Block(low: one.score, high: one.score, ones: ones, zeros: zeros))
      }
    }
    var pooled: [Block] = []
    for block in blocks {
      pooled.append(block)
      while pooled.count > 1 {
        let last = pooled[pooled.count - 1]
        let before = pooled[pooled.count - 2]
        guard before.ones * (last.ones + last.zeros) >= last.ones * (before.ones + before.zeros) else { break }
        pooled.removeLast(2)
        pooled.append(
          Block(low: before.low, high: last.high, ones: before.ones + last.ones, zeros: before.zeros + last.zeros))
      }
    }
    return pooled
  }
}
