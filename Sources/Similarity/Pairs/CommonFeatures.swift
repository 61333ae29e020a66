import LinearAlgebra

/// Features that many documents hold, set side by side as a matrix and multiplied by OpenBLAS: faster than going through their
/// pairs one by one.
///
/// The products are the same by every kernel of OpenBLAS: each number, below 2⁵, is parted into one in steps of 2⁻¹⁶ and a rest in steps
/// of 2⁻⁴⁰, so that all sums are of whole steps, below 2⁵³ of them. What is left out, the product of two rests and what is below
/// 2⁻⁴⁰, is less than 2⁻³³ of each product.
struct CommonFeatures {
  private let documents: Int
  /// Features × documents, those that wait to be multiplied.
  private var values: [Double] = []
  /// By feature, what its products are multiplied by.
  private var weights: [Double] = []

  /// A feature of at least one in so many documents is common: from about there on a dense product is the faster.
  private static let oneIn = 4
  private static let fewest = 8
  /// Features that are multiplied at a time.
  private static let atOnce = 256

  init(documents: Int) { self.documents = documents }

  func isCommon(_ holders: Int) -> Bool { Self.isCommon(holders, of: documents) }

  static func isCommon(_ holders: Int, of documents: Int) -> Bool { holders * oneIn >= documents && holders >= fewest }

  /// - Parameters:
  ///   - weight: what its products are multiplied by.
  ///   - sums: documents × documents; what waits is added to it from time to time.
  ///   - write: sets the feature's value of each document that holds it, at its number after the given place.
  mutating func add(weight: Double = 1, to sums: inout [Double], write: (inout MutableSpan<Double>, Int) -> Void) {
    let row = values.count
    values += repeatElement(0, count: documents)
    weights.append(weight)
    var span = values.mutableSpan
    write(&span, row)
    if weights.count >= Self.atOnce { flush(to: &sums) }
  }

  /// Adds the products of what waits.
  mutating func flush(to sums: inout [Double]) {
    guard !weights.isEmpty else { return }
    let one = parts(values)
    if weights.allSatisfy({ $0 == 1 }) {
      // Both factors are the same: half of the first product, and the third is the second with its sides changed.
      let products = (one.whole.gram(), one.whole.transposeTimes(one.rest))
      let (whole, rest) = (products.0.values.span, products.1.values.span)
      for a in 0..<documents {
        for b in 0..<documents {
          let place = a * documents + b
          sums[place] += whole[place] + (rest[place] + rest[b * documents + a])
        }
      }
    } else {
      var weighted = values
      for (row, weight) in weights.enumerated() where weight != 1 {
        for column in 0..<documents { weighted[row * documents + column] *= weight }
      }
      let other = parts(weighted)
      let whole = one.whole.transposeTimes(other.whole)
      let rests = (one.whole.transposeTimes(other.rest), one.rest.transposeTimes(other.whole))
      for place in whole.values.indices {
        sums[place] += whole.values[place] + (rests.0.values[place] + rests.1.values[place])
      }
    }
    values.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
  }

  /// Of numbers below 2⁵ the first are below 2²¹ steps and the rests at most 2²³: 256 products of them sum to less than 2⁵³ steps.
  private func parts(_ numbers: [Double]) -> (whole: Matrix, rest: Matrix) {
    let whole = numbers.map { Double(($0 * 0x1p16).nearestWhole) * 0x1p-16 }
    let rest = numbers.indices.map { Double(((numbers[$0] - whole[$0]) * 0x1p40).nearestWhole) * 0x1p-40 }
    return (
      Matrix(rows: weights.count, columns: documents, values: whole),
      Matrix(rows: weights.count, columns: documents, values: rest)
    )
  }
}
