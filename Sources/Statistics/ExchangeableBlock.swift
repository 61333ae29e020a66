/// Two samples of answers to one prompt, of sizes m and n, and how far they lie apart: the unit within which a permutation
/// test permutes.
///
/// The distance is half of the squared maximum mean discrepancy, unbiased,
///
///     ½ · (mean k(x, x′) + mean k(y, y′)) − mean k(x, y)
///
/// With the kernel "the same answer or not" it is 0 for equal distributions, and 1 where each side always says the same and
/// the two never agree; with minus a distance as the kernel it is the energy distance, in the distance's unit. Its mean
/// over all ways to divide the pooled answers is exactly 0; its variance over them is known in closed form.
///
/// - Source: Gretton, Borgwardt, Rasch, Schölkopf and Smola, "A Kernel Two-Sample Test", JMLR 13 (2012); Székely and Rizzo,
///   "Energy statistics", Journal of Statistical Planning and Inference 143 (2013).
package struct ExchangeableBlock: Sendable {
  /// What is measured between the sides of a block. Each sees another kind of difference.
  package enum Measure: String, Hashable, Sendable {
    /// Half of the squared maximum mean discrepancy: common answers count most.
    case distance
    /// Pearson's χ² of answers by sides, in which a rare answer counts as much as a common one: the new answers of another
    /// model. Without categories the same as `distance`.
    case shares
    /// How much more alike the first side's members are than the second's: another temperature. Counts in both directions.
    case concentration
  }

  private enum Kernel: Sendable {
    /// The category of each member; the kernel is 1 within a category and 0 across.
    case categories([Int32], sizes: [Int])
    /// Row by row; the diagonal is not read.
    case gram([Double], rowSums: [Double])
  }

  private let kernel: Kernel
  /// Members of the smaller side, which is the one that is drawn: the distance does not change when the sides change places.
  private let drawn: Int
  private let count: Int
  /// Whether the drawn side is the first.
  private let drawsFirst: Bool
  /// Of the kernel over all ordered couples of different members.
  private let total: Double
  /// The distance between the sides as they are.
  package let distance: Double
  /// Standard deviation of the distance over all ways to divide the members; 0 where every way gives the same.
  package let spread: Double
  private let shares: Double
  private let concentration: Double

  /// - Parameters:
  ///   - categories: of all members, those of the first side first; numbers from 0.
  ///   - firstSide: members of the first side. Both sides have at least 2.
  package init(categories: [Int32], firstSide: Int) {
    precondition(firstSide >= 2 && categories.count - firstSide >= 2, "a side of fewer than two has no inner distance")
    let isFirstSmaller = 2 * firstSide <= categories.count
    let ordered = isFirstSmaller ? categories : Array(categories[firstSide...] + categories[..<firstSide])
    var sizes = [Int](repeating: 0, count: Int(categories.max() ?? 0) + 1)
    for category in categories { sizes[Int(category)] += 1 }
    var sum = 0.0
    var rowSquares = 0.0
    for size in sizes {
      let others = Double(size - 1)
      sum += Double(size) * others
      rowSquares += Double(size) * others * others
    }
    self.init(
      kernel: .categories(ordered, sizes: sizes), drawn: min(firstSide, categories.count - firstSide),
      count: categories.count, drawsFirst: isFirstSmaller, sum: sum, squares: sum, rowSquares: rowSquares)
  }

  /// - Parameters:
  ///   - gram: count × count, row by row, symmetric; the members of the first side come first.
  ///   - firstSide: members of the first side. Both sides have at least 2.
  package init(gram: [Double], count: Int, firstSide: Int) {
    precondition(gram.count == count * count, "a square of values")
    precondition(firstSide >= 2 && count - firstSide >= 2, "a side of fewer than two has no inner distance")
    let isFirstSmaller = 2 * firstSide <= count
    let order = isFirstSmaller ? Array(0..<count) : Array(firstSide..<count) + Array(0..<firstSide)
    var ordered = [Double](repeating: 0, count: count * count)
    var rowSums = [Double](repeating: 0, count: count)
    var squares = 0.0
    for i in 0..<count {
      for j in 0..<count where j != i {
        let value = gram[order[i] * count + order[j]]
        ordered[i * count + j] = value
        rowSums[i] += value
        squares += value * value
      }
    }
    self.init(
      kernel: .gram(ordered, rowSums: rowSums), drawn: min(firstSide, count - firstSide), count: count,
      drawsFirst: isFirstSmaller, sum: rowSums.reduce(0, +), squares: squares,
      rowSquares: rowSums.reduce(0) { $0 + $1 * $1 })
  }

  /// - Parameters:
  ///   - sum, squares: of the kernel and of its square, over ordered couples of different members.
  ///   - rowSquares: of the squares of the sums of rows.
  private init(
    kernel: Kernel, drawn: Int, count: Int, drawsFirst: Bool, sum: Double, squares: Double, rowSquares: Double
  ) {
    self.kernel = kernel
    self.drawn = drawn
    self.count = count
    self.drawsFirst = drawsFirst
    total = sum
    let variance = Self.variance(drawn: drawn, count: count, sum: sum, squares: squares, rowSquares: rowSquares)
    // Below the rounding of its terms a variance is none.
    spread = variance > 1e-12 * max(1, squares / Double(count * count)) ? variance.squareRoot() : 0
    var within = 0.0
    var rows = 0.0
    var shares: Double?
    switch kernel {
    case .categories(let categories, let sizes):
      var seen = [Int](repeating: 0, count: sizes.count)
      var squares = 0.0
      for category in categories[..<drawn].map(Int.init) {
        within += 2 * Double(seen[category])
        rows += Double(sizes[category] - 1)
        squares += Double(2 * seen[category] + 1) / Double(sizes[category])
        seen[category] += 1
      }
      shares = Self.shares(squares, drawn: drawn, count: count)
    case .gram(let values, let rowSums):
      for i in 0..<drawn {
        rows += rowSums[i]
        for j in 0..<i { within += 2 * values[i * count + j] }
      }
    }
    let distance = Self.distance(within: within, rows: rows, total: sum, drawn: drawn, count: count)
    self.distance = distance
    self.shares = shares ?? distance
    concentration = Self.concentration(
      within: within, rows: rows, total: sum, drawn: drawn, count: count, drawsFirst: drawsFirst)
  }

  /// The sides as they are, by this measure.
  package func value(_ measure: Measure) -> Double {
    switch measure {
    case .distance: distance
    case .shares: shares
    case .concentration: concentration
    }
  }

  /// - Parameter squares: sum over the categories of the squared number of drawn members, divided by the number of all.
  private static func shares(_ squares: Double, drawn: Int, count: Int) -> Double {
    squares * Double(count) / Double(drawn) - Double(drawn)
  }

  /// Parameters as those of `distance`.
  private static func concentration(
    within: Double, rows: Double, total: Double, drawn: Int, count: Int, drawsFirst: Bool
  ) -> Double {
    let m = Double(drawn)
    let n = Double(count - drawn)
    let rest = total - within - 2 * (rows - within)
    let difference = within / (m * (m - 1)) - rest / (n * (n - 1))
    return drawsFirst ? difference : -difference
  }

  /// - Parameters:
  ///   - within: sum of the kernel over ordered couples of different members of the drawn side.
  ///   - rows: sum over the drawn members of their kernel with all others.
  private static func distance(within: Double, rows: Double, total: Double, drawn: Int, count: Int) -> Double {
    let m = Double(drawn)
    let n = Double(count - drawn)
    let across = rows - within
    let rest = total - within - 2 * across
    return within / (2 * m * (m - 1)) + rest / (2 * n * (n - 1)) - across / (m * n)
  }

  /// Over all divisions into sides of these sizes, by counting how often two couples of members coincide, share one member or
  /// share none.
  private static func variance(drawn: Int, count: Int, sum: Double, squares: Double, rowSquares: Double) -> Double {
    let m = Double(drawn)
    let n = Double(count - drawn)
    let size = Double(count)
    let disjoint = sum * sum - 4 * rowSquares + 2 * squares
    let sharing = 4 * (rowSquares - squares)
    func chance(_ k: Double, _ places: Int) -> Double {
      (0..<places).reduce(1) { $0 * (k - Double($1)) / (size - Double($1)) }
    }
    func second(_ k: Double) -> Double {
      2 * squares * chance(k, 2) + sharing * chance(k, 3) + (count > 3 ? disjoint * chance(k, 4) : 0)
    }
    let product = disjoint * m * (m - 1) * n * (n - 1) / (size * (size - 1) * (size - 2) * (size - 3))
    let meanFirst = sum * chance(m, 2)
    let meanSecond = sum * chance(n, 2)
    let a = 1 / (2 * m * (m - 1)) + 1 / (2 * m * n)
    let b = 1 / (2 * n * (n - 1)) + 1 / (2 * m * n)
    return a * a * (second(m) - meanFirst * meanFirst) + b * b * (second(n) - meanSecond * meanSecond)
      + 2 * a * b * (product - meanFirst * meanSecond)
  }

  /// Draws divisions of the members, one after the other.
  struct Divider {
    private let block: ExchangeableBlock
    private var members: [Int32]
    private var seen: [Int]

    init(_ block: ExchangeableBlock) {
      self.block = block
      switch block.kernel {
      case .categories(let categories, let sizes):
        members = categories
        seen = Array(repeating: 0, count: sizes.count)
      case .gram:
        members = (0..<Int32(block.count)).map(\.self)
        seen = []
      }
    }

    /// The measure of a division in which each member is equally likely to be drawn.
    mutating func value(_ measure: Measure, _ generator: inout SeededGenerator) -> Double {
      let drawn = block.drawn
      for place in 0..<drawn { members.swapAt(place, place + generator.next(below: block.count - place)) }
      var within = 0.0
      var rows = 0.0
      switch block.kernel {
      case .categories(_, let sizes):
        var couples = 0
        var others = 0
        var squares = 0.0
        for place in 0..<drawn {
          let category = Int(members[place])
          if measure == .shares { squares += Double(2 * seen[category] + 1) / Double(sizes[category]) }
          couples += seen[category]
          others += sizes[category]
          seen[category] += 1
        }
        for place in 0..<drawn { seen[Int(members[place])] = 0 }
        if measure == .shares { return ExchangeableBlock.shares(squares, drawn: drawn, count: block.count) }
        within = Double(2 * couples)
        rows = Double(others - drawn)
      case .gram(let values, let rowSums):
        for i in 0..<drawn {
          let row = Int(members[i]) * block.count
          rows += rowSums[Int(members[i])]
          for j in 0..<i { within += 2 * values[row + Int(members[j])] }
        }
      }
      if measure == .concentration {
        return ExchangeableBlock.concentration(
          within: within, rows: rows, total: block.total, drawn: drawn, count: block.count,
          drawsFirst: block.drawsFirst)
      }
      return ExchangeableBlock.distance(
        within: within, rows: rows, total: block.total, drawn: drawn, count: block.count)
    }
  }
}
