/// Mean and standard deviation of a sample, summed in the order given.
package struct Moments: Sendable, Equatable {
  package let count: Int
  package let mean: Double
  /// With n − 1 in the denominator; nan for fewer than two values.
  package let standardDeviation: Double

  package init(_ values: some Collection<Double>) {
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan
  }
}
