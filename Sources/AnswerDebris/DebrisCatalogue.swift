/// What servers and tools are known to leave in the text of answers. What is not known is found by `CommonBorder`.
///
/// - Source: chat templates of the models, and public reports; `Reports/quirks` has the table.
enum DebrisCatalogue {
  /// Special tokens of chat templates that follow no rule; those of the form `<|name|>` do.
  static let tokens = [
    "</s>", "<s>", "<bos>", "<eos>", "<pad>", "[/INST]", "[INST]", "<<SYS>>", "<</SYS>>", "<end_of_turn>",
    "<start_of_turn>model",
    "<start_of_turn>user", "<end_of_utterance>", "[EOS]", "[BOS]", "<|im_start|>assistant", "<|im_start|>user",
    "<|start_header_id|>assistant<|end_header_id|>", "<|start|>assistant", "[END FINAL RESPONSE]",
    "[BEGIN FINAL RESPONSE]",
  ]

  /// Names of roles and parts before an answer: debris where most answers of a model have them.
  static let labels = [
    "### Assistant:", "### Response:", "### Answer:", "ASSISTANT:", "Assistant:", "assistant:", "assistant\n",
    "model\n",
    "AI:", "Bot:", "bot:", "GPT:", "ANSWER:", "Answer:", "A:", "Response:", "RESPONSE:", "Output:", "Completion:",
    "Thinking:",
    "Thought:", "Final answer:", "Final Answer:",
  ]

  /// What is left where a turn goes on that is not the model's.
  static let turns = speakers + ["\nQ:", "###"]
  /// Those that nobody writes within an answer, but in a dialogue.
  static let speakers = ["\nUser:", "\nHuman:", "\nUSER:", "### Human:", "### User:", "### Instruction:"]

  /// Beginnings of texts that tools and servers give in place of an answer, in lower case.
  static let errors = [
    "error:", "error code:", "error occurred", "[error", "$error$", "**error", "an error occurred",
    "internal server error",
    "api error", "api request failed", "request failed", "request timed out", "timed out", "timeout", "rate limit",
    "too many requests", "service unavailable", "service temporarily unavailable", "bad gateway", "gateway timeout",
    "502 bad gateway", "503 service", "504 gateway", "429 too many", "exception:", "traceback (most recent call last)",
    "litellm.",
    "openai.", "anthropic.", "httpx.", "requests.exceptions", "connectionerror", "connection error", "readtimeout",
    "<!doctype html", "<html", "{\"error\"", "{'error'", "{\"detail\"", "failed to", "could not connect",
    "network error", "model is overloaded", "the server had an error", "upstream",
  ]
  /// Longest text in Unicode scalars that is taken for an error by its beginning.
  static let longestError = 600

  /// Whole texts that stand for nothing, in lower case.
  static let nothings: Set = [
    "", "none", "null", "nan", "undefined", "n/a", "[object object]", "<empty>", "(empty)", "[]", "{}",
  ]

  /// Bytes of one of them in letters of any case, and more.
  private static let longestNothing = 64

  /// Whether a text as a whole is an error or stands for nothing.
  static func isError(_ text: String) -> Bool {
    let trimmed = text.trimmed
    if trimmed.utf8.count <= longestNothing, nothings.contains(trimmed.lowercased()) { return true }
    // Most texts are longer than an error, and need not be made lower case; a scalar has at most four bytes.
    guard text.utf8.count <= 4 * longestError, text.unicodeScalars.count <= longestError else { return false }
    return errors.contains(where: text.lowercased().hasPrefix)
  }
}

extension String {
  /// Without white space and invisible code points at both ends.
  var trimmed: String {
    func isNothing(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF].contains(scalar.value)
    }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !isNothing($0) }),
      let last = scalars.lastIndex(where: { !isNothing($0) })
    else { return "" }
    return String(scalars[first...last])
  }
}
