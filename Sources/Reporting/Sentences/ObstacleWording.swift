package import Likelihood

/// What keeps a planned case from a likelihood ratio.
package enum ObstacleWording {
  package static func needs(_ refusals: [Calibration.Refusal]) -> String {
    refusals.compactMap(need).joined(separator: "; ")
  }

  private static func need(_ refusal: Calibration.Refusal) -> String? {
    switch refusal {
    case .tooFewPrompts(let found, let needed): "\(found) prompts where \(needed) are needed"
    case .cohortTooSmall(let found, let needed):
      "\(found) unrelated models in the cohort where \(needed) are needed"
    default: Applicability.need(refusal)
    }
  }

  /// - Parameter candidates: nil for all.
  package static func noRatio(_ candidates: String?, needs: String) -> String {
    """
    \(candidates.map { "for \($0) no likelihood ratio will be given" } ?? "no likelihood ratio will be given"): \(needs)
    """
  }

  package static let oneAnswer = """
    whether suspect and candidate are one model under two names will not be tested: that needs two answers to some prompts (samples: 2, and no "samples": 1 in the lines of the probe set)
    """
}
