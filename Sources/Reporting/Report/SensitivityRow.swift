package import Likelihood

extension Report {
  /// What leaving out single parts of one kind does: the least and the greatest result.
  package struct SensitivityRow: Sendable, Encodable {
    package struct Extreme: Sendable, Encodable {
      package let combined: Figure
      package let without: String
    }

    package let part: Sensitivity.Part
    package let variants: Int
    package let least: Extreme
    package let greatest: Extreme
    /// log10 of the least ratio over all alternatives; nil where the calibration speaks for no variant.
    let headline: Range?
    /// log10 of the ratio of the pair of propositions that was asked about.
    package let asked: Range?

    enum CodingKeys: String, CodingKey {
      case part, variants, least, greatest
      case asked = "ratio_log10"
      case headline = "headline_log10"
    }

    /// - Parameters:
    ///   - alternative: of the pair of propositions that was asked about.
    ///   - isSame: whether no ratio is given, since an equality test did not tell the two apart.
    static func rows(_ sensitivity: Sensitivity?, _ alternative: Alternative, isSame: Bool) -> [SensitivityRow] {
      Sensitivity.Part.allCases.compactMap { part in
        let variants = (sensitivity?.variants ?? []).filter { $0.part == part }
        guard let least = variants.min(by: { $0.combined < $1.combined }),
          let greatest = variants.max(by: { $0.combined < $1.combined })
        else { return nil }
        func range(_ ratios: [Double]) -> Range? {
          guard !isSame, let low = ratios.min(), let high = ratios.max() else { return nil }
          return Range(low: Figure(low), high: Figure(high))
        }
        return SensitivityRow(
          part: part, variants: variants.count,
          least: Extreme(combined: Figure(least.combined), without: least.leftOut),
          greatest: Extreme(combined: Figure(greatest.combined), without: greatest.leftOut),
          headline: range(variants.compactMap(\.headline)), asked: range(variants.compactMap { $0.ratios[alternative] })
        )
      }
    }
  }
}
