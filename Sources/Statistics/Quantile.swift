extension [Double] {
  /// Quantiles by linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample Quantiles in
  /// Statistical Packages", The American Statistician 50(4), 1996; the default of R and of NumPy.
  ///
  /// - Parameter probabilities: each in 0...1.
  /// - Returns: one value for each probability; nan if the sample is empty.
  package func quantiles(_ probabilities: [Double]) -> [Double] {
    let sorted = self.sorted()
    guard let last = sorted.indices.last else { return probabilities.map { _ in .nan } }
    return probabilities.map { probability in
      let position = probability * Double(last)
      let below = Int(position)
      let above = Swift.min(below + 1, last)
      return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
    }
  }
}
