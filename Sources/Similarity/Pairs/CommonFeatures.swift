import LinearAlgebra

/// Features that many documents hold, set side by side as a matrix and multiplied by OpenBLAS: faster than going through their
/// pairs one by one.
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

  func isCommon(_ holders: Int) -> Bool { holders * Self.oneIn >= documents && holders >= Self.fewest }

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
    let rows = Matrix(rows: weights.count, columns: documents, values: values)
    var weighted = rows
    for (row, weight) in weights.enumerated() where weight != 1 {
      for column in 0..<documents { weighted.values[row * documents + column] *= weight }
    }
    for (place, product) in rows.transposeTimes(weighted).values.enumerated() { sums[place] += product }
    values.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
  }
}
