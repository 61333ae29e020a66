import Statistics

/// A long answer as 128 small numbers: enough to compare it with others, and not enough to read it.
///
/// The features of `ContentOverlap` (word 2–4-grams and marks; 3–5-grams of characters in scripts without spaces), weighed by
/// 1 + ln of their count, each added with a sign to one of 128 places, both by its hash. Scalar products of such vectors are
/// unbiased for those of the features. Scaled so that the largest number is 127.
///
/// - Source: Charikar, Chen and Farach-Colton, "Finding Frequent Items in Data Streams" (2002); Weinberger, Dasgupta, Langford,
///   Smola and Attenberg, "Feature Hashing for Large Scale Multitask Learning" (2009).
package struct AnswerSketch: Hashable, Sendable {
  package static let size = 128

  /// `size` numbers, or none for an answer without features.
  package let values: [Int8]

  package init(values: [Int8]) { self.values = values }

  package init(of answer: String) {
    let answers = PromptAnswers([[answer]])
    var counts: [UInt64: Int] = [:]
    for only in answers.samples.joined() {
      for feature in ContentOverlap().features(of: only, byCharacters: answers.isWrittenWithoutSpaces) {
        counts[feature, default: 0] += 1
      }
    }
    var sums = [Double](repeating: 0, count: Self.size)
    // In the order of the hashes: sums have one order.
    for (feature, count) in counts.sorted(by: { $0.key < $1.key }) {
      let hash = TokenHash.mixed(feature)
      sums[Int(hash % UInt64(Self.size))] += (hash >> 63 == 0 ? 1 : -1) * (1 + Double.logOnGrid(Double(count)))
    }
    let largest = sums.map(abs).max() ?? 0
    values = largest > 0 ? sums.map { Int8(($0 / largest * 127).rounded()) } : []
  }

  /// Cosine, in −1...1; 1 for two answers without features, and 0 for one with another.
  package func similarity(to other: AnswerSketch) -> Double {
    guard !values.isEmpty, !other.values.isEmpty else { return values.isEmpty == other.values.isEmpty ? 1 : 0 }
    var product = 0
    var own = 0
    var others = 0
    for (a, b) in zip(values, other.values) {
      product += Int(a) * Int(b)
      own += Int(a) * Int(a)
      others += Int(b) * Int(b)
    }
    // A baseline may hold a sketch of nothing but zeros.
    guard own > 0, others > 0 else { return own == others ? 1 : 0 }
    return Double(product) / (Double(own) * Double(others)).squareRoot()
  }
}
