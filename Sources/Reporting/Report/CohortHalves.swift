import Likelihood

extension Report {
  /// What random halves of the cohort give in place of the whole.
  struct CohortHalves: Sendable, Encodable {
    let halves: Int
    let combined: Range
    /// log10 of the ratio of the pair of propositions that was asked about: the least, the middle 90 % and the greatest.
    let ratio: Range?
    let middle: Range?

    enum CodingKeys: String, CodingKey {
      case halves, combined
      case ratio = "ratio_log10"
      case middle = "middle_90_log10"
    }

    /// - Parameter isSame: whether no ratio is given, since an equality test did not tell the two apart.
    init?(_ sensitivity: Sensitivity?, _ alternative: Alternative, isSame: Bool) {
      guard let found = sensitivity?.halves, let combined = Self.range(found.map(\.combined)) else { return nil }
      halves = found.count
      self.combined = combined
      let ratios = isSame ? [] : found.compactMap { $0.ratios[alternative] }.sorted()
      ratio = Self.range(ratios)
      let tail = ratios.count / 20
      middle = Self.range(Array(ratios.dropFirst(tail).dropLast(tail)))
    }

    private static func range(_ values: [Double]) -> Range? {
      guard let low = values.min(), let high = values.max() else { return nil }
      return Range(low: Figure(low), high: Figure(high))
    }
  }
}
