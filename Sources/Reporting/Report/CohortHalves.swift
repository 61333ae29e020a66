import Likelihood

extension Report {
  /// What random halves of the cohort give in place of the whole.
  package struct CohortHalves: Sendable, Encodable {
    package let halves: Int
    package let combined: Range
    /// log10 of the ratio of the pair of propositions that was asked about: the least, the middle 90 % and the greatest.
    package let ratio: Range?
    package let middle: Range?
    /// Halves whose ratio stands at an end of what the validation set supports: beyond it they may differ by any amount. nil where
    /// there is no ratio.
    let atUpperBound: Int?
    let atLowerBound: Int?

    enum CodingKeys: String, CodingKey {
      case halves, combined
      case atUpperBound = "at_upper_bound"
      case atLowerBound = "at_lower_bound"
      case ratio = "ratio_log10"
      case middle = "middle_90_log10"
    }

    /// - Parameters:
    ///   - bounds: of the ratio; nil where there is none of the whole.
    ///   - isSame: whether no ratio is given, since an equality test did not tell the two apart.
    init?(_ sensitivity: Sensitivity?, _ alternative: Alternative, bounds: RatioBounds.Bounds?, isSame: Bool) {
      guard let found = sensitivity?.halves, let combined = Self.range(found.map(\.combined)) else { return nil }
      halves = found.count
      self.combined = combined
      let ratios = isSame ? [] : found.compactMap { $0.ratios[alternative] }.sorted()
      ratio = Self.range(ratios)
      let tail = ratios.count / 20
      middle = Self.range(Array(ratios.dropFirst(tail).dropLast(tail)))
      atUpperBound = ratios.isEmpty ? nil : bounds.map { bounds in ratios.count { $0 >= bounds.upper } }
      atLowerBound = ratios.isEmpty ? nil : bounds.map { bounds in ratios.count { $0 <= bounds.lower } }
    }

    private static func range(_ values: [Double]) -> Range? {
      guard let low = values.min(), let high = values.max() else { return nil }
      return Range(low: Figure(low), high: Figure(high))
    }
  }
}
