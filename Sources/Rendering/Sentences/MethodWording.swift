import Likelihood
import Reporting

/// The method in plain words.
enum MethodWording {
  static func method(_ method: Report.Method) -> String {
    func explained(_ channels: [Report.MethodChannel]) -> String {
      channels.map { "\($0.explanation) (\($0.label))" }.joined(separator: "; ")
    }
    let combined = method.channels.filter(\.isCombined)
    let others = method.channels.filter { !$0.isCombined }
    let adjusted = method.channels.filter { $0.lengthCoefficient != nil }.map(\.name)
    var parts = [
      """
      Every model answered the same prompts. \
      \(combined.count) channels compare the answers of two models to one prompt: \(explained(combined)). \
      A channel's score is its mean over prompts.
      """
    ]
    if !adjusted.isEmpty {
      parts.append("From \(adjusted.joined(separator: ", ")) the effect of unequal answer lengths is taken out.")
    }
    parts.append(normalisation)
    if !others.isEmpty { parts.append("Reported beside them, outside the combined score: \(explained(others)).") }
    if method.reference == .farHalf { parts.append(farHalf) }
    if method.strongestRivals != nil { parts.append(lead) }
    parts.append(rule)
    return parts.joined(separator: " ")
  }

  private static let normalisation = """
    A score is then measured in standard deviations of the cohort, from both sides: how far does the candidate stand out among the models that the suspect could have learned from but did not, and how far does the suspect stand out among models that did not learn from the candidate? \
    The mean of both sides and of all channels is the combined score.
    """

  private static let farHalf = """
    On each side only that half of the cohort counts that is least like the other model, for look-alikes of a candidate may have learned from it too.
    """

  private static let lead = """
    A likelihood ratio is read from these scores and from the candidate's lead: how far its score lies above the mean of the suspect's strongest rivals, models of the case that share no developer, family or base model with either side, documented students among them, scored in the candidate's place.
    """

  private static let rule = """
    Each cohort model is put in the candidate's place in the same way. \
    Intervals come from drawing the prompts anew with replacement. \
    Ranks and scores describe, and weigh nothing. \
    A link is indicated where the ratio for a link rather than no link is \(Figure(Conclusion.leastIndicating).text(decimals: 0)) or more and the lower end of its interval lies above 1.
    """
}
