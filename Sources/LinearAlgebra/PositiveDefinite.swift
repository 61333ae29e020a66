import COpenBLAS

/// Linear equations with a symmetric positive definite matrix, by Cholesky factorisation (LAPACK `dposv`).
package enum PositiveDefinite {
  /// - Parameter matrix: n × n; only one triangle is read.
  /// - Returns: x with matrix · x = right; nil if the matrix is not positive definite.
  package static func solve(_ matrix: Matrix, _ right: [Double]) -> [Double]? {
    precondition(
      matrix.rows == matrix.columns && matrix.rows == right.count, "a square matrix and a vector of its size")
    BLAS.prepared
    var a = matrix.values
    var x = right
    var n = blasint(right.count)
    var columns: blasint = 1
    var leading = blasint(right.count)
    var info: blasint = 0
    dposv_("U", &n, &columns, &a, &n, &x, &leading, &info, 1)
    return info == 0 ? x : nil
  }
}
