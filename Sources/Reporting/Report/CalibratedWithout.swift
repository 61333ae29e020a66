package import Cases
package import Likelihood

extension Report {
  /// What the ratios of a candidate, or of a group, are fitted without, for they are about models that the calibration learned from.
  package struct CalibratedWithout: Sendable, Encodable {
    /// Of suspect and candidates, those that are part of the validation set, or whose family is.
    package let models: [ModelID]
    /// Developers, families and base models whose pairs were left out.
    package let names: [String]
    /// Pairs that were left out of those that a ratio against no link is learned from, and how many those are; of a group, groups.
    package let leftOut: Int
    package let of: Int
    /// In the place of those of the calibration; bounds stand with each ratio.
    package let lines: [Line]

    package struct Line: Sendable, Encodable {
      package let alternative: Alternative
      package let slope: Figure
      package let intercept: Figure
    }

    enum CodingKeys: String, CodingKey {
      case models, names, of, lines
      case leftOut = "left_out"
    }

    /// - Parameter fits: of the calibration, those that the ratios come from.
    /// - Returns: nil for a calibration that was fitted on all.
    init?(_ calibration: Calibration, _ fits: [Calibration.Fit]) {
      guard let without = calibration.without else { return nil }
      models = without.models
      names = without.names
      leftOut = without.pairs.count
      of = without.pairs.of
      lines = fits.map {
        Line(alternative: $0.alternative, slope: Figure($0.line.slope), intercept: Figure($0.line.intercept))
      }
    }
  }
}
