/// Rows of numbers, one for each answer, eight numbers side by side: distances of all pairs of answers are taken from them.
///
/// Eight sums at a time in place of one: an addition then need not wait for the one before it.
struct ProfileRows {
  private let rows: [SIMD8<Double>]
  /// Eights a row, the last one filled up with zeros.
  private let width: Int

  /// - Parameter rows: all of one length.
  init(_ rows: [[Double]]) {
    let count = rows.first?.count ?? 0
    width = (count + 7) / 8
    var found: [SIMD8<Double>] = []
    found.reserveCapacity(rows.count * width)
    for row in rows {
      for start in stride(from: 0, to: count, by: 8) {
        var eight = SIMD8<Double>(repeating: 0)
        for place in start..<Swift.min(start + 8, count) { eight[place - start] = row[place] }
        found.append(eight)
      }
    }
    self.rows = found
  }

  /// Sum of the absolute differences of two rows.
  func manhattan(_ a: Int, _ b: Int) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    for place in 0..<width {
      let difference = rows[a * width + place] - rows[b * width + place]
      sums += difference.replacing(with: -difference, where: difference .< 0)
    }
    return sums.sum()
  }

  func dot(_ a: Int, _ b: Int) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    for place in 0..<width { sums += rows[a * width + place] * rows[b * width + place] }
    return sums.sum()
  }
}
