import Likelihood

extension Report {
  /// What leaving out single parts of one kind does: the least and the greatest result.
  struct SensitivityRow: Sendable, Encodable {
    struct Extreme: Sendable, Encodable {
      let combined: Figure
      let without: String
    }

    let part: String
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
          part: part.rawValue, variants: variants.count,
          least: Extreme(combined: Figure(least.combined), without: least.leftOut),
          greatest: Extreme(combined: Figure(greatest.combined), without: greatest.leftOut),
          headline: ratios.min().flatMap { low in
            ratios.max().map { Range(low: Figure(low), high: Figure($0)) }
          })
      }
    }
  }
}

extension ReportView.Table {
  init(sensitivity rows: [Report.SensitivityRow]) {
    self.init(
      ["left out, one at a time", "variants", "least combined score", "greatest combined score", "headline ratio"],
      rows.map { row in
        func extreme(_ extreme: Report.SensitivityRow.Extreme) -> String {
          "\(Wording.score(extreme.combined)) without \(extreme.without)"
        }
        let ratios = [row.headline?.low, row.headline?.high].compactMap { $0?.value.map(RatioWording.ratio) }
        return [
          Sensitivity.Part(rawValue: row.part)?.words ?? row.part, String(row.variants), extreme(row.least),
          extreme(row.greatest), ratios.count == 2 ? ratios.joined(separator: " to ") : "–",
        ]
      })
  }
}

extension Sensitivity.Part {
  fileprivate var words: String {
    switch self {
    case .channel: "a channel (no ratio: a calibration holds for all channels)"
    case .cohortModel: "a cohort model"
    case .probeCategory: "a category of probes"
    case .probeHalf: "half of the probes"
    }
  }
}
