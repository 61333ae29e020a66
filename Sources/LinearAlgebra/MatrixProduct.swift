import COpenBLAS

extension Matrix {
  /// Rows of a product computed by one task. Fixed, so that every element is computed by the same calls in the same
  /// order on any number of cores.
  private static let blockRows = 128

  /// The matrix product of `self` (m × k) and `other` (k × n).
  ///
  /// - Precondition: `columns == other.rows`.
  /// - Complexity: O(m·k·n), by `cblas_dgemm`, blocks of rows in parallel.
  package func times(_ other: Matrix) async -> Matrix {
    precondition(columns == other.rows, "shapes do not fit: \(rows)×\(columns) times \(other.rows)×\(other.columns)")
    guard rows > 0, columns > 0, other.columns > 0 else { return Matrix(rows: rows, columns: other.columns) }
    let starts = Array(stride(from: 0, to: rows, by: Self.blockRows))
    let blocks = await withTaskGroup(of: (Int, [Double]).self) { group in
      for (index, start) in starts.enumerated() {
        let end = Swift.min(start + Self.blockRows, rows)
        group.addTask { (index, self.multiplyBlock(start..<end, other)) }
      }
      var results = [[Double]](repeating: [], count: starts.count)
      for await (index, block) in group { results[index] = block }
      return results
    }
    return Matrix(rows: rows, columns: other.columns, values: Array(blocks.joined()))
  }

  /// The matrix product of the transpose of `self` (k × m, so m × k) and `other` (k × n), on the caller's task alone: for
  /// callers that share out the work themselves.
  ///
  /// - Precondition: `rows == other.rows`.
  /// - Complexity: O(m·k·n), by `cblas_dgemm`.
  package func transposeTimes(_ other: Matrix) -> Matrix {
    precondition(
      rows == other.rows, "shapes do not fit: \(rows)×\(columns), transposed, times \(other.rows)×\(other.columns)")
    BLAS.prepared
    var product = Matrix(rows: columns, columns: other.columns)
    guard rows > 0, columns > 0, other.columns > 0 else { return product }
    values.withUnsafeBufferPointer { a in
      other.values.withUnsafeBufferPointer { b in
        product.values.withUnsafeMutableBufferPointer { c in
          cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans,
            blasint(columns), blasint(other.columns), blasint(rows), 1,
            a.baseAddress, blasint(columns), b.baseAddress, blasint(other.columns), 0,
            c.baseAddress, blasint(other.columns))
        }
      }
    }
    return product
  }

  /// The product of its own transpose and itself (n × n of k × n), on the caller's task alone.
  ///
  /// - Complexity: O(n²·k) / 2, by `cblas_dsyrk`.
  package func gram() -> Matrix {
    BLAS.prepared
    var product = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return product }
    values.withUnsafeBufferPointer { a in
      product.values.withUnsafeMutableBufferPointer { c in
        cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasTrans, blasint(columns), blasint(rows), 1, a.baseAddress, blasint(columns), 0,
          c.baseAddress, blasint(columns))
        for row in 0..<columns {
          for column in 0..<row { c[row * columns + column] = c[column * columns + row] }
        }
      }
    }
    return product
  }

  private func multiplyBlock(_ range: Range<Int>, _ other: Matrix) -> [Double] {
    BLAS.prepared
    var block = [Double](repeating: 0, count: range.count * other.columns)
    values.withUnsafeBufferPointer { a in
      other.values.withUnsafeBufferPointer { b in
        block.withUnsafeMutableBufferPointer { c in
          cblas_dgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans,
            blasint(range.count), blasint(other.columns), blasint(columns), 1,
            a.baseAddress.map { $0 + range.lowerBound * columns }, blasint(columns),
            b.baseAddress, blasint(other.columns), 0,
            c.baseAddress, blasint(other.columns))
        }
      }
    }
    return block
  }
}
