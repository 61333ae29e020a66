/// A dense matrix of doubles, stored row by row.
package struct Matrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// `rows × columns` values; element (i, j) is at `i * columns + j`.
  package var values: [Double]

  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: value, count: rows * columns)
  }

  /// - Precondition: `values.count == rows * columns`.
  package init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "a \(rows) × \(columns) matrix needs \(rows * columns) values")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  package func row(_ index: Int) -> ArraySlice<Double> { values[index * columns..<(index + 1) * columns] }

  package func column(_ index: Int) -> [Double] { (0..<rows).map { self[$0, index] } }

  package func transposed() -> Matrix {
    var turned = Matrix(rows: columns, columns: rows)
    var to = turned.values.mutableSpan
    let from = values.span
    // Some columns at a time, so that what is read and what is written both stay in the cache.
    for first in stride(from: 0, to: columns, by: 8) {
      for row in 0..<rows {
        for column in first..<min(first + 8, columns) { to[column * rows + row] = from[row * columns + column] }
      }
    }
    return turned
  }
}
