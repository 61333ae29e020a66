import LinearAlgebra
import Testing

@Suite("Matrix")
struct MatrixTests {
  @Test(
    "a product equals the sum of products, also across blocks of rows", arguments: [(1, 1, 1), (3, 5, 2), (300, 7, 40)])
  func product(rows: Int, inner: Int, columns: Int) async {
    let a = Matrix(rows: rows, columns: inner, values: (0..<rows * inner).map { Double($0 % 13) - 6 })
    let b = Matrix(rows: inner, columns: columns, values: (0..<inner * columns).map { Double($0 % 7) - 3 })
    let product = await a.times(b)
    for i in 0..<rows {
      for j in 0..<columns {
        let expected = (0..<inner).reduce(0.0) { $0 + a[i, $1] * b[$1, j] }
        #expect(product[i, j] == expected)  // small whole numbers: exact in any order
      }
    }
  }

  @Test("a product has the same bits each time")
  func repeatable() async {
    let a = Matrix(rows: 500, columns: 301, values: (0..<500 * 301).map { Double($0 % 1_009) / 1_009 })
    let b = Matrix(rows: 301, columns: 77, values: (0..<301 * 77).map { Double($0 % 997) / 997 })
    let first = await a.times(b)
    for _ in 0..<5 { #expect(await a.times(b).values.map(\.bitPattern) == first.values.map(\.bitPattern)) }
  }

  @Test("rows become columns", arguments: [(1, 1), (3, 20), (17, 8), (0, 4)])
  func transposed(rows: Int, columns: Int) {
    let matrix = Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map(Double.init))
    let turned = matrix.transposed()
    #expect(turned.rows == columns && turned.columns == rows)
    for row in 0..<rows { #expect(turned.column(row) == Array(matrix.row(row))) }
    #expect(turned.transposed() == matrix)
  }

  @Test("an empty product has its shape and zeros")
  func empty() async {
    let product = await Matrix(rows: 2, columns: 0).times(Matrix(rows: 0, columns: 3))
    #expect(product == Matrix(rows: 2, columns: 3))
  }

  @Test("the library names itself and its kernel")
  func provenance() {
    #expect(BLAS.version.contains("OpenBLAS") && !BLAS.version.contains(BLAS.kernel))
    #expect(!BLAS.kernel.isEmpty)
  }
}
