import Formats

/// A parameter of sampling that an endpoint will not take, whatever its value or unless it has the one of the server's own.
struct RefusedParameter: Hashable, Sendable {
  /// As the request has it, such as `top_p`.
  let name: String

  private static let names = [
    "temperature", "top_p", "topp", "seed", "logprobs", "top_logprobs", "max_tokens", "max_completion_tokens",
    "max_output_tokens", "stream_options", "top_k", "min_p", "n",
  ]
  private static let phrases = [
    "unsupported parameter", "unsupported value", "unsupported_parameter", "unsupported_value", "not supported",
    "unsupported",
    "is deprecated", "unrecognized request argument", "extra inputs are not permitted", "unknown name",
    "unknown parameter",
    "unexpected keyword", "does not support", "cannot both be specified", "only the default", "not permitted",
    "not allowed",
  ]

  init?(_ said: ErrorWords) {
    guard said.speaks(ofOneOf: Self.phrases) else { return nil }
    if let named = said.parameter, Self.names.contains(named.lowercased()) {
      name = named
      return
    }
    // Quoted in the message: a word alone may be a word.
    let quotes = ["'", "`", "\"", "‘", "“"]
    let found = Self.names.first { name in quotes.contains { said.text.contains($0 + name) } }
    guard let found else { return nil }
    name = found
  }
}
