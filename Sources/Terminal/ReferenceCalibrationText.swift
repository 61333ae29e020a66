import Formats
import Foundation
import Likelihood
package import Validation

/// A calibration of likelihoods against a base in a few lines.
package enum ReferenceCalibrationText {
  package static func lines(_ calibration: ReferenceCalibration) -> [String] {
    [
      """
      likelihoods against a base: \(calibration.bases.count) bases, \(calibration.teachers.count) teachers, losses \(calibration.losses.hex.prefix(16))
      """
    ]
      + ReferenceScore.Sides.allCases.compactMap { sides in
        calibration.fits[sides].map { fit in
          let figures = String(
            format: "ln LR = %.3f s %+.3f, log10 LR from %.2f to %.2f, Cllr %.3f (least %.3f)", fit.line.slope,
            fit.line.intercept, fit.bounds.lower, fit.bounds.upper, fit.cllr, fit.minimalCllr)
          return "\(sides == .both ? "with strangers" : "without strangers"): \(figures), \(fit.lessons.count) lessons"
        }
      }
  }
}
