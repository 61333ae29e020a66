import Cases

/// Why an answer ended, in one vendor's words or another's.
///
/// - Source: the interfaces of the vendors and servers; see the table of quirks in `Reports/quirks`.
enum FinishWord {
  /// `stop`, `length` or `content_filter` for what means one of them, any other word as it is; nil where the endpoint gave no
  /// reason.
  static func canonical(_ native: String) -> String? {
    if FilterWord.isOne(native) { return "content_filter" }
    let word = FilterWord.folded(native)
    if lengths.contains(word) { return "length" }
    return switch native {
    case "eos", "end_turn", "eos_token", "STOP": "stop"
    case StreamedBody.doneMark: nil
    default: native
    }
  }

  /// Whether the answer broke off at the other end, or never began: what there is of it is none.
  static func isBroken(_ native: String) -> Bool { broken.contains(FilterWord.folded(native)) }

  static func isRefusal(_ native: String) -> Bool { FilterWord.folded(native) == "refusal" }

  private static let lengths: Set = [
    "length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens", "max_length",
    "model_length",
    "error_limit", "token_limit", "model_context_window_exceeded", "context_window_exceeded",
  ]
  /// DeepSeek's, Zhipu's, those of vLLM and TensorRT-LLM, and Ollama's for a model that was only loaded.
  private static let broken: Set = [
    "error", "insufficient_system_resource", "network_error", "abort", "aborted", "timeout", "timed_out", "cancelled",
    "canceled", "failed", "server_error", "internal_error", "load", "unload",
  ]
}
