package import LinearAlgebra

/// `Moments` of the finite values of some rows, for every column of a matrix at once; the sums run in the order of the rows,
/// so each column has the very numbers that `Moments` gives it.
package struct ColumnMoments: Sendable {
  /// Finite values, by column.
  package let counts: [Double]
  package let means: [Double]
  /// With n − 1 in the denominator; not a number, or infinite, for fewer than two values.
  package let standardDeviations: [Double]

  /// - Complexity: O(rows × columns), in the order in which they lie in memory.
  package init(_ matrix: Matrix, rows: some Collection<Int>) {
    let width = matrix.columns
    var counts = [Double](repeating: 0, count: width)
    var means = counts
    var squares = counts
    matrix.values.withUnsafeBufferPointer { values in
      counts.withUnsafeMutableBufferPointer { counts in
        means.withUnsafeMutableBufferPointer { means in
          squares.withUnsafeMutableBufferPointer { squares in
            for row in rows {
              for column in 0..<width {
                let value = values[row * width + column]
                let isFinite = value - value == 0
                counts[column] += isFinite ? 1 : 0
                means[column] += isFinite ? value : 0
              }
            }
            for column in 0..<width { means[column] /= counts[column] }
            for row in rows {
              for column in 0..<width {
                let value = values[row * width + column]
                let distance = value - means[column]
                squares[column] += value - value == 0 ? distance * distance : 0
              }
            }
            for column in 0..<width { squares[column] = (squares[column] / (counts[column] - 1)).squareRoot() }
          }
        }
      }
    }
    self.counts = counts
    self.means = means
    standardDeviations = squares
  }
}
