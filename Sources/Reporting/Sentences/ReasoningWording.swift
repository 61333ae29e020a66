import Cases
import Likelihood
import Similarity

/// What suspect and candidate have in common in what they thought.
enum ReasoningWording {
  package static func sentence(_ comparison: ReasoningComparison, suspect: ModelID) -> String {
    let scores = comparison.channels.map { channel in
      let normalised = channel.normalised.map {
        " (\(Figure($0.value).text(decimals: 2)) standard deviations of the cohort)"
      }
      return "\(channel.label) \(Figure(channel.score.value).text(decimals: 3))\(normalised ?? "")"
    }.joined(separator: "; ")
    let wrong = comparison.wrongValues
    let rare = wrong.count { $0.others == 0 && $0.reasoning > 0 }
    let numbers =
      wrong.isEmpty
      ? "No number that most do not have is in both."
      : """
      Both come by numbers that most do not have on \(wrong.count) of the prompts shown, \(rare) of which no other model uses.
      """
    return """
      Reasoning of \(suspect) and \(comparison.candidate), on \(comparison.prompts) prompts on which both told it, beside \(comparison.cohort) unrelated models that did: \(scores). \
      \(numbers) \
      No calibration has seen reasoning: this is no part of a likelihood ratio.
      """
  }
}
