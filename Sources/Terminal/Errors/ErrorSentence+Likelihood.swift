import Likelihood
import Validation

extension ErrorSentence {
  static func sentence(_ error: LikelihoodError) -> String {
    switch error {
    case .cohortTooSmall(let given, let needed):
      "the cohort has \(given) \(given == 1 ? "model" : "models"), \(needed) are needed: add transcripts of unrelated models"
    case .noCommonPrompts:
      "suspect and candidates answered no common prompt: record answers to the same probe set"
    case .tooFewModels(let given, let needed):
      """
      of \(given) \(given == 1 ? "model" : "models") too few answered common prompts for a tree, \(needed) are needed: add transcripts of others to the same probe set
      """
    case .calibrationDefective(let file, let what):
      "\(file): is no calibration: \(what); make one with retort calibrate"
    case .calibrationOfOtherChannels(let file, let method):
      """
      \(file): is a calibration of method \(method) or of other versions of its channels: use the version of retort that made it, or make one with retort calibrate
      """
    }
  }

  static func sentence(_ error: FittingError) -> String {
    switch error {
    case .tooFewFamilies(let found, let needed):
      "\(found) independent families on one side of the pairs, \(needed) are needed: add pairs of other families"
    case .scoreNotANumber(let teacher, let student):
      "the score of \(teacher) and \(student) is no number: leave the pair out, or record answers anew"
    case .separable:
      """
      a threshold separates the pairs of either label, and without a penalty the slope would grow without end: give --penalty above 0
      """
    case .familiesOnBothSides(let families):
      """
      the calibration was fitted on \(families.count == 1 ? "a family" : "families") of these pairs (\(families.joined(separator: ", "))): leave those pairs out, or leave out --calibration to fit without the families of each pair
      """
    }
  }
}
