/// How far two samples lie apart by a kernel or by a distance, pooled over strata such as prompts.
///
/// With within- and across-side means over all couples of different members of one stratum,
///
///     kernel k      MMD²   = mean k(x, x′) − 2 mean k(x, y) + mean k(y, y′)
///     distance d    energy = 2 mean d(x, y) − mean d(x, x′) − mean d(y, y′)
///
/// Both are unbiased: about 0 for equal distributions, and then as often below it as above. Couples of all strata are
/// pooled before the means are taken, so that a prompt with more answers weighs more.
///
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A Kernel Two-Sample Test", JMLR 13 (2012), their MMD²u;
///   Székely and Rizzo, "Energy statistics", Journal of Statistical Planning and Inference 143 (2013); the pooling is that
///   of Gao, Liang and Guestrin, "Model Equality Testing" (2024).
package struct TwoSampleDiscrepancy: Sendable {
  /// Both sides' members of one stratum, by their kernel or distance.
  package struct Stratum: Sendable {
    /// count × count, row by row, symmetric; the diagonal is not read.
    package let values: [Double]
    /// So many members, the first ones, are side one's.
    package let firstSide: Int
    package let count: Int

    package init(values: [Double], firstSide: Int, count: Int) {
      precondition(values.count == count * count && firstSide <= count, "a square of values, and a side within it")
      self.values = values
      self.firstSide = firstSide
      self.count = count
    }
  }

  package enum Measure: Sendable { case kernel, distance }

  private let strata: [Stratum]
  private let rowSums: [[Double]]
  private let totals: [Double]
  private let weights: (first: Double, across: Double, second: Double)

  /// - Returns: nil if no stratum has two members on one side, or none has members on both: there is nothing to set
  ///   against each other.
  package init?(_ strata: [Stratum], measure: Measure) {
    var first = 0.0
    var across = 0.0
    var second = 0.0
    for stratum in strata {
      let m = Double(stratum.firstSide)
      let n = Double(stratum.count - stratum.firstSide)
      first += m * (m - 1)
      across += m * n
      second += n * (n - 1)
    }
    guard first > 0, across > 0, second > 0 else { return nil }
    let sign: Double = measure == .kernel ? 1 : -1
    weights = (sign * 2 / first, sign * 2 / across, sign * 2 / second)
    self.strata = strata
    rowSums = strata.map { stratum in
      (0..<stratum.count).map { i in
        (0..<stratum.count).reduce(0) { $1 == i ? $0 : $0 + stratum.values[i * stratum.count + $1] }
      }
    }
    totals = rowSums.map { $0.reduce(0, +) / 2 }
  }

  package var sizes: [Int] { strata.map(\.count) }

  /// The statistic of the sides as they are.
  package var value: Double { strata.indices.reduce(0) { $0 + contribution($1, order: Array(0..<strata[$1].count)) } }

  /// What one stratum adds to the statistic if the first of `order` are side one.
  ///
  /// - Complexity: O(m²) for m members on side one: the other sums follow from the sums of rows.
  package func contribution(_ stratum: Int, order: [Int]) -> Double {
    let count = strata[stratum].count
    let firstSide = strata[stratum].firstSide
    let values = strata[stratum].values
    var withinFirst = 0.0
    var rows = 0.0
    for i in 0..<firstSide {
      let row = order[i] * count
      rows += rowSums[stratum][order[i]]
      for j in 0..<i { withinFirst += values[row + order[j]] }
    }
    let across = rows - 2 * withinFirst
    let withinSecond = totals[stratum] - withinFirst - across
    return weights.first * withinFirst - weights.across * across + weights.second * withinSecond
  }

  /// Whether the sides could be one: permutes the members within each stratum.
  ///
  /// - Parameter numbers: of the strata, for tests that are to see the same permutations.
  package func test(
    _ permutation: StratifiedPermutation, numbers: [Int]? = nil
  ) async -> StratifiedPermutation.Finding {
    await permutation.test(sizes: sizes, numbers: numbers) { contribution($0, order: $1) }
  }
}
