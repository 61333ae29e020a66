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
    case .losses(let file, let line, let defect): "\(file):\(line): \(sentence(defect))"
    case .noLosses(let file):
      "\(file): no suspect of which anything is known: give lines with base, candidate, prompts and difference"
    case .lossesTooFew(let file):
      "\(file): too few bases or teachers to fit on: give suspects of two bases or more, and of two teachers or more"
    }
  }

  private static func sentence(_ defect: LossDefect) -> String {
    switch defect {
    case .noBase(let suspect):
      "no base is named for \(suspect): losses are compared with those of the model that it was tuned from; add base"
    case .noAnswers(let candidate): "no answer of \(candidate) has a loss: leave the candidate out, or add difference"
    case .notANumber(let candidate, let place):
      "the loss on answer \(place) of \(candidate) is no number: leave that prompt out for all candidates"
    case .unequal(let candidate, let found, let expected):
      """
      \(found) losses on answers of \(candidate), \(expected) on those of an earlier candidate: give the same prompts for all candidates
      """
    case .repeated(let candidate): "\(candidate) stands twice for one suspect and set of prompts: leave one out"
    case .otherThanBefore(let line):
      "another teacher or kind than line \(line) says of the same suspect, base and prompts: make them one"
    case .tooFewCandidates(let found, let needed):
      "answers of \(found) candidates, \(needed) are needed: a candidate is compared with others"
    }
  }
}
