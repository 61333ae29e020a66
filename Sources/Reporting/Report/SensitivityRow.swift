import Likelihood

extension Report {
  /// What leaving out single parts of one kind does: the least and the greatest result.
  struct SensitivityRow: Sendable, Encodable {
    struct Extreme: Sendable, Encodable {
      let combined: Figure
      let without: String
    }

    let part: Sensitivity.Part
    let variants: Int
    let least: Extreme
    let greatest: Extreme
    /// log10 of the headline ratio; nil where the calibration speaks for no variant.
    let headline: Range?

    enum CodingKeys: String, CodingKey {
      case part, variants, least, greatest
      case headline = "headline_log10"
    }

    /// - Parameter isSame: whether no ratio is given, since an equality test did not tell the two apart.
    static func rows(_ sensitivity: Sensitivity?, isSame: Bool) -> [SensitivityRow] {
      Sensitivity.Part.allCases.compactMap { part in
        let variants = (sensitivity?.variants ?? []).filter { $0.part == part }
        guard let least = variants.min(by: { $0.combined < $1.combined }),
          let greatest = variants.max(by: { $0.combined < $1.combined })
        else { return nil }
        let ratios = isSame ? [] : variants.compactMap(\.headline)
        return SensitivityRow(
          part: part, variants: variants.count,
          least: Extreme(combined: Figure(least.combined), without: least.leftOut),
          greatest: Extreme(combined: Figure(greatest.combined), without: greatest.leftOut),
          headline: ratios.min().flatMap { low in
            ratios.max().map { Range(low: Figure(low), high: Figure($0)) }
          })
      }
    }
  }
}
