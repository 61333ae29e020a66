/// Why there is nothing to analyse.
package enum LikelihoodError: Error, Hashable {
  case cohortTooSmall(given: Int, needed: Int)
  case noCommonPrompts
  /// Too few models have prompts in common for a tree.
  case tooFewModels(given: Int, needed: Int)
  /// A calibration's file that cannot be read as one; `what` is a sentence without its full stop.
  case calibrationDefective(file: String, what: String)
  /// A calibration of other channels, or of other versions of them.
  case calibrationOfOtherChannels(file: String, method: Int)
}
