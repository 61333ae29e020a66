package import Likelihood

/// Whether a calibration speaks for a case: what the case is, and what would be needed to say more.
package enum Applicability {
  package enum Standing: String, Sendable, Encodable {
    case inside
    case outside
    case noCalibration = "no_calibration"
  }

  package static func standing(_ setting: Calibration.Setting, _ calibration: Calibration?) -> Standing {
    guard let calibration else { return .noCalibration }
    return calibration.refusals(in: setting).isEmpty ? .inside : .outside
  }

  package static func sentence(_ setting: Calibration.Setting, _ calibration: Calibration?) -> String {
    guard let calibration else { return "No calibration was given." }
    let refusals = calibration.refusals(in: setting)
    guard !refusals.isEmpty else { return "Inside the range of the calibration." }
    return """
      Not evaluated: outside the range of the calibration. \
      To say more, this would be needed: \(refusals.compactMap(need).joined(separator: "; ")).
      """
  }

  /// What a calibration is asked about: the pair's prompts, cohort, answers and script.
  static func conditions(_ setting: Calibration.Setting) -> String {
    """
    \(setting.prompts) common prompts, \(setting.cohort) unrelated models in the cohort, answers of \(Figure(setting.characters).text(decimals: 0)) characters in the mean, a script \(setting.withoutSpaces ? "without" : "with") spaces between words
    """
  }

  static func need(_ refusal: Calibration.Refusal) -> String? {
    switch refusal {
    case .tooFewPrompts(_, let needed): "answers of all models to \(needed) common prompts or more"
    case .cohortTooSmall(_, let needed): "\(needed) unrelated models or more in the cohort"
    case .answersTooShort(_, let needed): "open-ended probes, with answers of \(needed) characters or more in the mean"
    case .scriptNotCovered(let withoutSpaces):
      """
      documented teachers and students who write \(withoutSpaces ? "without" : "with") spaces between words, of enough developers that ratios of unseen families come out better than chance; or the same questions in a script \(withoutSpaces ? "with" : "without") spaces
      """
    case .lineageUnknown(let models): "developer or base of \(Wording.both(models)), stated"
    case .cohortLineageUnknown(let found, _, let needed):
      "developer or base of \(needed - found) more \(needed - found == 1 ? "model" : "models") of the cohort, stated"
    case .tooFewFamilies, .symmetric, .onlyArgued, .basesDiffer, .groupsNotFitted, .lineNotFitted, .scoreMissing: nil
    }
  }

  /// What is said of direction: always, and on the first page.
  static let direction = """
    Direction: not determined. \
    The scores are the same both ways and do not address direction, that is, which of the two learned from the other.
    """
}
