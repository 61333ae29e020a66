#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A sparse vector of 1 + ln tf over hashed features.
struct TermVector: Sendable {
  /// Ascending.
  private let features: [UInt64]
  private let weights: [Double]
  private let norm: Double

  /// - Parameter hashes: of the features, with repetitions.
  init(_ hashes: [UInt64]) {
    var features: [UInt64] = []
    var counts: [Int] = []
    for hash in hashes.sorted() {
      if features.last == hash {
        counts[counts.count - 1] += 1
      } else {
        features.append(hash)
        counts.append(1)
      }
    }
    self.features = features
    weights = counts.map { 1 + log(Double($0)) }
    norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// In 0...1; 0 for a vector without features.
  func cosine(_ other: TermVector) -> Double {
    guard norm > 0, other.norm > 0 else { return 0 }
    var sum = 0.0
    var a = 0
    var b = 0
    while a < features.count, b < other.features.count {
      if features[a] == other.features[b] {
        sum += weights[a] * other.weights[b]
        a += 1
        b += 1
      } else if features[a] < other.features[b] {
        a += 1
      } else {
        b += 1
      }
    }
    return sum / (norm * other.norm)
  }
}
