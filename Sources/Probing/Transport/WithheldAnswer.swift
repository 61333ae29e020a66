import Formats

/// Errors by which a provider withholds an answer for what the prompt or the answer says: outcomes of the attempt, and no
/// trouble with key, account or request.
///
/// The body decides, and not the status: vendors say the same with 400, 403, 422 and 451, and inside of a 200. A refused key is
/// 401 everywhere, and never this.
///
/// - Source: the vendors' errors as reported in public; see the table of quirks in `Reports/quirks`.
enum WithheldAnswer {
  /// - Returns: the vendor's own word for it; nil for any other error.
  static func word(status: Int, error: JSONValue?) -> String? {
    guard status != 401 else { return nil }
    let said = ErrorWords(error)
    // A server in trouble may speak of its filter; only a name of its own says that the filter did its work.
    let isTold =
      said.names(partOf: codes)
      || (status < 500
        && (said.names(oneOf: numbers) || said.speaks(ofOneOf: phrases)
          || reasons.contains { said.details.holds($0) }))
    guard isTold else { return nil }
    return error?["code"]?.string ?? error?["innererror"]?["code"]?.string ?? error?["type"]?.string ?? "content_filter"
  }

  private static let codes = [
    "content_filter", "contentfilter", "content_policy", "contentpolicy", "data_inspection", "datainspection",
    "responsibleai", "responsible_ai", "sensitivecontent", "sensitive_content", "content_moderation",
    "moderation_blocked",
    "input_moderation", "output_moderation", "prohibited_content", "content_blocked", "guardrail", "risk_control",
    "jailbreak", "censor", "cyber_policy", "bio_policy", "policy_violation",
    "prompt_shield", "contentrisk", "content_risk", "unsafe",
  ]
  /// Zhipu's; iFlytek's for what is asked and answered; those of Cloudflare's gateway, for the same two.
  private static let numbers: Set = ["1301", "10013", "10014", "2016", "2017"]
  private static let phrases = [
    "content exists risk", "content management policy", "content violates", "violates our content", "safety_check",
    "violating our usage policy", "violates our usage polic", "prompt was flagged", "input was flagged",
    "flagged by moderation", "flagged by the moderation", "content moderation", "moderation policy",
    "inappropriate content", "sensitive content", "unsafe content", "unsafe or sensitive", "prohibited content",
    "safety filter", "safety system", "blocked by safety", "blocked due to safety", "harmful content",
    "content filter", "content policy", "prohibited_content", "sensitive information", "content_filter",
    "considered high risk", "new_sensitive", "safety polic", "guardrail", "detected as jailbreak", "sensitive words",
    "limited access to this content", "content was flagged", "flagged for possible", "flagged as potentially",
    "blocked output", "blocked input", "blocked due to security config", "did not pass the audit", "safety model",
    "prompt shield", "prompt attack", "unsafe prompt", "unsafe output", "outputted is blocked", "sensitive topic",
    "not allowed: unsafe",
    "敏感", "内容违规", "内容审核", "不适当的内容", "安全策略",
  ]
  /// Of Google's details.
  private static let reasons = ["error_unsafe_", "prohibited_content"]
}
