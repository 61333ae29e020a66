import COpenBLAS

/// Ordinary least squares by QR factorisation (LAPACK `dgels`).
package enum LeastSquares {
  /// Coefficients b that minimise ‖y − X b‖².
  ///
  /// - Parameters:
  ///   - design: n × p, n ≥ p ≥ 1, a column for each regressor; the caller adds the constant.
  ///   - response: n values.
  /// - Returns: p coefficients; nil if the columns are linearly dependent as far as `dgels` can tell (an exact zero on
  ///   the diagonal of R), or n < p.
  package static func fit(design: Matrix, response: [Double]) -> [Double]? {
    precondition(design.rows == response.count, "one response for each row of the design")
    guard design.columns >= 1, design.rows >= design.columns else { return nil }
    BLAS.singleThreaded
    // LAPACK is column-major: the row-major design is, as it lies, the transposed matrix.
    var a = design.values
    var b = response
    var rowsOfA = blasint(design.columns)
    var columnsOfA = blasint(design.rows)
    var oneRightSide: blasint = 1
    var leadingB = blasint(design.rows)
    var info: blasint = 0
    var size: blasint = -1
    var work: [Double] = [0]
    for _ in 0..<2 {  // the first call asks for the size of the work space
      dgels_("T", &rowsOfA, &columnsOfA, &oneRightSide, &a, &rowsOfA, &b, &leadingB, &work, &size, &info, 1)
      guard info == 0 else { return nil }
      if size == -1 {
        size = blasint(work[0])
        work = [Double](repeating: 0, count: Int(size))
      }
    }
    return Array(b[..<design.columns])
  }
}
