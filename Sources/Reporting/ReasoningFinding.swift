import Cases
import Likelihood
import Similarity

/// What was found in the reasoning of suspect and candidates: beside the likelihood ratio, and no part of it.
struct ReasoningFinding: Sendable, Encodable {
  struct Channel: Sendable, Encodable {
    let name: String
    let score: Figure
    let normalised: Figure?
  }

  struct WrongValues: Sendable, Encodable {
    let prompt: PromptID
    let values: [String]
    /// Other models that have the commonest of them, and those that told their reasoning.
    let others: Int
    let of: Int
  }

  let candidate: ModelID
  let prompts: Int
  let cohort: Int
  let channels: [Channel]
  let wrongValues: [WrongValues]
  let sentence: String

  enum CodingKeys: String, CodingKey {
    case candidate, prompts, cohort, channels, sentence
    case wrongValues = "wrong_values"
  }

  init(_ comparison: ReasoningComparison, suspect: ModelID) {
    candidate = comparison.candidate
    prompts = comparison.prompts
    cohort = comparison.cohort
    channels = comparison.channels.map {
      Channel(name: $0.name, score: Figure($0.score.value), normalised: $0.normalised.map { Figure($0.value) })
    }
    wrongValues = comparison.wrongValues.map {
      WrongValues(prompt: $0.prompt, values: $0.values, others: $0.others, of: $0.reasoning)
    }
    sentence = Self.sentence(suspect, candidate, prompts, cohort, channels, wrongValues)
  }

  private static func sentence(
    _ suspect: ModelID, _ candidate: ModelID, _ prompts: Int, _ cohort: Int, _ channels: [Channel],
    _ wrong: [WrongValues]
  ) -> String {
    let scores = channels.map {
      "\(words($0.name)) \($0.score.text(decimals: 3))"
        + ($0.normalised.map { " (\($0.text(decimals: 2)) standard deviations of the cohort)" } ?? "")
    }.joined(separator: "; ")
    let rare = wrong.filter { $0.others == 0 && $0.of > 0 }.count
    return
      "Reasoning of \(suspect) and \(candidate), on \(prompts) prompts on which both told it, beside \(cohort) unrelated "
      + "models that did: \(scores). "
      + (wrong.isEmpty
        ? "No number that most do not have is in both. "
        : "Both come by numbers that most do not have on \(wrong.count) of the prompts shown, \(rare) of them by such as no other "
          + "model has. ")
      + "No calibration has seen reasoning: this is no part of a likelihood ratio."
  }

  private static func words(_ channel: String) -> String {
    switch channel {
    case "reasoning_markers": "turns of phrase"
    case "reasoning_length": "length given difficulty"
    case "reasoning_wrong_values": "wrong values beyond chance"
    default: channel
    }
  }
}
