package import Cases
import Likelihood
import Similarity

/// What was found in the reasoning of suspect and candidates: beside the likelihood ratio, and no part of it.
package struct ReasoningFinding: Sendable, Encodable {
  package struct Channel: Sendable, Encodable {
    package let name: String
    package let score: Figure
    package let normalised: Figure?
  }

  package struct WrongValues: Sendable, Encodable {
    package let prompt: PromptID
    package let values: [String]
    /// Other models that have the commonest of them, and those that told their reasoning.
    package let others: Int
    package let of: Int
  }

  package let candidate: ModelID
  package let prompts: Int
  package let cohort: Int
  package let channels: [Channel]
  package let wrongValues: [WrongValues]
  package let sentence: String

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
    sentence = ReasoningWording.sentence(comparison, suspect: suspect)
  }
}
