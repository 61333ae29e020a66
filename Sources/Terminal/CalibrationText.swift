import Formats
import Foundation
package import Likelihood

/// A calibration in a few lines.
package enum CalibrationText {
  package static func lines(_ calibration: Calibration) -> [String] {
    var lines = [
      "method \(calibration.method), \(calibration.families.count) families of students, pairs "
        + String(calibration.pairs.hex.prefix(16)),
      """
      valid for at least \(calibration.validity.minimumPrompts) prompts, \(calibration.validity.minimumCohort) models in the cohort, \(calibration.validity.minimumCharacters) characters in the mean answer; \(calibration.validity.withSpaces ? "" : "not ")for scripts with spaces, \(calibration.validity.withoutSpaces ? "" : "not ")for those without
      """,
    ]
    if let reliability = calibration.reliability {
      lines.append("f is weighed by √(n / (n + \(reliability.halfway))), n the probes that both answered")
    }
    lines += calibration.fits.map { line($0, $0.alternative.rawValue, "pairs") }
    lines += calibration.groups.map { [line($0, "groups of candidates, no_link", "groups")] } ?? []
    lines += calibration.refused.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "\($0.key.rawValue): not evaluated, \($0.value) families, \(Calibration.minimumFamilies) are needed"
    }
    return lines
  }

  private static func line(_ fit: Calibration.Fit, _ name: String, _ what: String) -> String {
    let figures = String(
      format: "ln LR = %.3f f %+.3f, log10 LR from %.2f to %.2f, Cllr %.3f (least %.3f)", fit.line.slope,
      fit.line.intercept, fit.bounds.lower, fit.bounds.upper, fit.cllr, fit.minimalCllr)
    let text = """
      \(name): \(figures), \(fit.pairs.ifTrue) and \(fit.pairs.ifFalse) \(what) of \(fit.families.ifTrue) and \(fit.families.ifFalse) families
      """
    guard fit.replicates.count < Calibration.draws else { return text }
    return """
      \(text), interval from \(fit.replicates.count) of \(Calibration.draws) draws of families: the others left too few to fit a line on
      """
  }
}
