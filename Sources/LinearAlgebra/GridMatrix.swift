/// A dense matrix of numbers on a grid: whole numbers of 32 bits, each times 2⁻ᵇ.
///
/// Sums of at most `maximumTerms` such numbers are exact in doubles, whatever their order: |number| · 2ᵇ ≤ 2³¹, so that every
/// partial sum is a whole number of steps below 2⁵³. The same holds of sums with whole weights that sum to as many, and so of a
/// bootstrap: a product by OpenBLAS then has the same bits by any kernel, in blocks of any size, on any number of cores.
package struct GridMatrix: Sendable, Equatable {
  /// 2²².
  package static let maximumTerms = 1 << 22

  package let rows: Int
  package let columns: Int
  /// Binary digits after the point.
  package let bits: Int
  /// `rows × columns` steps of the grid; element (i, j) is at `i * columns + j`.
  package var steps: [Int32]

  package init(rows: Int, columns: Int, bits: Int) {
    self.rows = rows
    self.columns = columns
    self.bits = bits
    steps = [Int32](repeating: 0, count: rows * columns)
  }

  /// - Returns: nil if a number is none, or too large for the grid.
  package init?(rounding matrix: Matrix, bits: Int) {
    self.init(rows: matrix.rows, columns: matrix.columns, bits: bits)
    for (place, value) in matrix.values.enumerated() {
      guard let step = Self.step(value, bits: bits) else { return nil }
      steps[place] = step
    }
  }

  /// The nearest step of the grid; nil for what is no number, or beyond 32 bits.
  package static func step(_ value: Double, bits: Int) -> Int32? {
    let steps = value * Double(sign: .plus, exponent: bits, significand: 1)
    return abs(steps) < 0x1p32 ? Int32(exactly: steps.nearestWhole) : nil
  }

  /// What a step is worth.
  package var unit: Double { Double(sign: .plus, exponent: -bits, significand: 1) }

  package subscript(row: Int, column: Int) -> Double { Double(steps[row * columns + column]) * unit }

  package func row(_ index: Int) -> [Double] {
    let unit = unit
    return steps[index * columns..<(index + 1) * columns].map { Double($0) * unit }
  }

  /// All of them, row by row.
  package var values: [Double] {
    let unit = unit
    return steps.map { Double($0) * unit }
  }

  /// Some columns of all rows.
  package func block(_ range: Range<Int>) -> Matrix {
    var block = Matrix(rows: rows, columns: range.count)
    let unit = unit
    steps.withUnsafeBufferPointer { steps in
      block.values.withUnsafeMutableBufferPointer { values in
        for row in 0..<rows {
          let (from, to) = (row * columns + range.lowerBound, row * range.count)
          for place in 0..<range.count { values[to + place] = Double(steps[from + place]) * unit }
        }
      }
    }
    return block
  }

  /// Chosen columns of all rows, in the order given.
  package func block(_ chosen: [Int]) -> Matrix {
    var block = Matrix(rows: rows, columns: chosen.count)
    let unit = unit
    steps.withUnsafeBufferPointer { steps in
      block.values.withUnsafeMutableBufferPointer { values in
        for row in 0..<rows {
          for (place, column) in chosen.enumerated() {
            values[row * chosen.count + place] = Double(steps[row * columns + column]) * unit
          }
        }
      }
    }
    return block
  }

  /// The sum of each column over some rows: exact.
  package func sums(over rows: some Sequence<Int>) -> [Double] {
    var sums = [Int64](repeating: 0, count: columns)
    var span = sums.mutableSpan
    for row in rows {
      for column in 0..<columns { span[column] += Int64(steps[row * columns + column]) }
    }
    let unit = unit
    return sums.map { Double($0) * unit }
  }
}
