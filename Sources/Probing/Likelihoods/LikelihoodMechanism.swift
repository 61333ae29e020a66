/// How an endpoint can be asked for the likelihood of a given answer.
package enum LikelihoodMechanism: Hashable, Sendable {
  /// The prompt's own log-probabilities, the answer being the end of it.
  case echo
  /// A grammar of the answer's tokens, which the server's own tokeniser gives: the server of llama.cpp.
  case grammar
}
