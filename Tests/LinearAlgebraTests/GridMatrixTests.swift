import LinearAlgebra
import Testing

@Suite("Numbers on a grid")
struct GridMatrixTests {
  /// Numbers of −2...2 that no computation makes round.
  private static func numbers(_ count: Int) -> [Double] {
    var state: UInt64 = 7
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) * 0x1p-52 * 1.99
    }
  }

  /// Numbers that are drawn by a seed (Steele, Lea and Flood, "SplitMix64").
  private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  @Test(
    "of numbers of any size, grid and shape, every sum and product with whole weights is that of whole numbers, in any order and split",
    arguments: UInt64(1)...16)
  func property(seed: UInt64) throws {
    var draws = Draws(state: seed)
    let (rows, columns) = (Int.random(in: 1...600, using: &draws), Int.random(in: 1...12, using: &draws))
    let bits = Int.random(in: 0...30, using: &draws)
    // Up to the largest that the grid holds, whatever its steps.
    let largest = Double(Int32.max) / Double(sign: .plus, exponent: bits, significand: 1)
    let scale = seed.isMultiple(of: 4) ? largest : Double.random(in: 0...largest, using: &draws)
    let values = (0..<rows * columns).map { _ in Double.random(in: -scale...scale, using: &draws) }
    let grid = try #require(
      GridMatrix(rounding: Matrix(rows: rows, columns: columns, values: values), bits: bits))
    #expect(zip(grid.values, values).allSatisfy { abs($0 - $1) <= grid.unit / 2 })
    var order = Array(0..<rows)
    order.shuffle(using: &draws)
    let replicates = Int.random(in: 1...20, using: &draws)
    var weights = Matrix(rows: rows, columns: replicates)
    for place in weights.values.indices { weights.values[place] = Double(Int.random(in: 0...9, using: &draws)) }
    for column in 0..<columns {
      let whole = order.reduce(Int64(0)) { $0 + Int64(grid.steps[$1 * columns + column]) }
      #expect(order.reduce(0.0) { $0 + grid[$1, column] } == Double(whole) * grid.unit)
      #expect(grid.sums(over: order)[column] == Double(whole) * grid.unit)
    }
    let exact = (0..<replicates).flatMap { replicate in
      (0..<columns).map { column in
        let sum = (0..<rows).reduce(Int64(0)) {
          $0 + Int64(weights[$1, replicate]) * Int64(grid.steps[$1 * columns + column])
        }
        return Double(sum) * grid.unit
      }
    }
    // The rows in two parts, each in an order of its own, added up.
    let cut = Int.random(in: 0...rows, using: &draws)
    var sum = Matrix(rows: replicates, columns: columns)
    for part in [order[cut...], order[..<cut]] where !part.isEmpty {
      let own = Matrix(rows: part.count, columns: replicates, values: part.flatMap { weights.row($0) })
      let numbers = Matrix(rows: part.count, columns: columns, values: part.flatMap { grid.row($0) })
      for (place, value) in own.transposeTimes(numbers).values.enumerated() { sum.values[place] += value }
    }
    #expect(sum.values == exact)
  }

  @Test("a number is rounded to the nearest step, and what does not fit or is no number is refused")
  func rounding() throws {
    #expect(GridMatrix.step(0.75, bits: 2) == 3)
    #expect(GridMatrix.step(-0.8, bits: 2) == -3)
    #expect(GridMatrix.step(1.999, bits: 30) != nil && GridMatrix.step(2, bits: 30) == nil)
    #expect(GridMatrix.step(-2, bits: 30) == .min && GridMatrix.step(-2.1, bits: 30) == nil)
    #expect(GridMatrix.step(.nan, bits: 30) == nil && GridMatrix.step(.infinity, bits: 30) == nil)
    // Halves away from zero, and the number just below a half.
    for value in [0.5, 1.5, 2.5, 0.5.nextDown, 0.5.nextUp, 4_194_303.5, 1_073_741_823.5.nextDown, 0] {
      for value in [value, -value] { #expect(GridMatrix.step(value, bits: 0) == Int32(value.rounded()), "\(value)") }
    }
    for value in Self.numbers(1_000) {
      #expect(GridMatrix.step(value, bits: 24) == Int32((value * 0x1p24).rounded()))
    }
    let values = Self.numbers(12)
    let grid = try #require(GridMatrix(rounding: Matrix(rows: 3, columns: 4, values: values), bits: 30))
    #expect(zip(grid.values, values).allSatisfy { abs($0 - $1) <= 0x1p-31 })
    #expect(grid.row(1) == Array(grid.values[4..<8]) && grid[1, 2] == grid.values[6])
    #expect(grid.block(1..<3).values == [1, 2, 5, 6, 9, 10].map { grid.values[$0] })
    #expect(grid.block([3, 0]).values == [3, 0, 7, 4, 11, 8].map { grid.values[$0] })
    #expect(GridMatrix(rounding: Matrix(rows: 1, columns: 1, values: [.nan]), bits: 30) == nil)
  }

  @Test(
    "sums are those of whole numbers, in any order, and so is a product with whole weights by OpenBLAS, in blocks of any size"
  )
  func exact() async throws {
    let (rows, columns) = (700, 9)
    let grid = try #require(
      GridMatrix(rounding: Matrix(rows: rows, columns: columns, values: Self.numbers(rows * columns)), bits: 30))
    let whole = (0..<columns).map { column in
      (0..<rows).reduce(Int64(0)) { $0 + Int64(grid.steps[$1 * columns + column]) }
    }
    #expect(grid.sums(over: 0..<rows) == whole.map { Double($0) * grid.unit })
    for order in [Array(0..<rows), (0..<rows).reversed(), (0..<rows).map { $0 * 331 % rows }] {
      #expect(order.reduce(0.0) { $0 + grid[$1, 4] } == Double(whole[4]) * grid.unit)
    }
    var weights = Matrix(rows: rows, columns: 40)
    for place in weights.values.indices { weights.values[place] = Double((place * place) % 7) }
    let products = weights.transposeTimes(grid.block(0..<columns))
    for replicate in 0..<40 {
      for column in 0..<columns {
        let exact = (0..<rows).reduce(Int64(0)) {
          $0 + Int64(weights[$1, replicate]) * Int64(grid.steps[$1 * columns + column])
        }
        #expect(products[replicate, column] == Double(exact) * grid.unit)
      }
    }
    // Parts of the rows, added in another order.
    var sum = Matrix(rows: 40, columns: columns)
    for part in [500..<700, 0..<3, 3..<500] {
      let own = Matrix(rows: part.count, columns: 40, values: part.flatMap { weights.row($0) })
      let values = Matrix(rows: part.count, columns: columns, values: part.flatMap { grid.row($0) })
      for (place, value) in own.transposeTimes(values).values.enumerated() { sum.values[place] += value }
    }
    #expect(sum == products)
  }
}
