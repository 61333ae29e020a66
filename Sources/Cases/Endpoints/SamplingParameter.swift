/// A parameter of requests that can be left out: some models refuse one whatever its value is.
package enum SamplingParameter: String, CaseIterable, Hashable, Sendable {
  case temperature
  case topP = "top_p"
  case maxTokens = "max_tokens"
  case seed
  case several = "n"
  case logprobs
  case streamOptions = "stream_options"

  /// Members of requests that carry it, in the words of all dialects.
  package var members: Set<String> {
    switch self {
    case .temperature: ["temperature"]
    case .topP: ["top_p", "topP"]
    case .maxTokens:
      ["max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens", "num_predict", "n_predict"]
    case .seed: ["seed"]
    case .several: ["n", "candidateCount"]
    case .logprobs: ["logprobs", "top_logprobs", "responseLogprobs", "n_probs"]
    case .streamOptions: ["stream_options"]
    }
  }

  /// The one that a member of a request carries.
  package static func carried(by member: String) -> Self? {
    // Messages have names in lower case.
    allCases.first { $0.members.contains { $0 == member || $0.lowercased() == member } }
  }
}
