/// Values set beside each other as distances from their weighted mean, in weighted standard deviations.
enum Standardised {
  /// - Parameters:
  ///   - rows: one for each answer, all of one length.
  ///   - weights: of the rows; they sum to 1.
  /// - Returns: the rows without the columns that do not vary.
  static func columns(_ rows: [[Double]], weights: [Double]) -> [[Double]] {
    var standardised = rows.map { _ in [Double]() }
    for column in 0..<(rows.first?.count ?? 0) {
      var mean = 0.0
      for (row, weight) in zip(rows, weights) { mean += weight * row[column] }
      var variance = 0.0
      for (row, weight) in zip(rows, weights) { variance += weight * (row[column] - mean) * (row[column] - mean) }
      let deviation = variance.squareRoot()
      guard deviation > 1e-9 else { continue }
      for index in rows.indices { standardised[index].append((rows[index][column] - mean) / deviation) }
    }
    return standardised
  }
}
