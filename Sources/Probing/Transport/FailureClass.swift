package import Formats

/// What a failed attempt calls for. Refusals, filtered and empty answers are no failures but data.
package enum FailureClass: String, CaseIterable, Hashable, Sendable {
  /// Too many requests: send fewer, wait, ask again.
  case throttle
  /// Chance or trouble at the other end: ask again, a bounded number of times.
  case transient
  /// The account has no quota left: stop asking this endpoint; a later run goes on.
  case exhausted
  /// The request is wrong and will stay so: never ask again.
  case configuration
  /// A parameter of every request is refused: stop asking this endpoint until it is left out.
  case parameter
  /// A web page, a region or a right stands before the model, whatever the key is: stop asking this endpoint.
  case denied
  /// The key is refused: stop asking its host with it.
  case authentication

  /// The class of a response that says that it is an error.
  ///
  /// - Parameters:
  ///   - status: the HTTP status; 200 for an error inside a response that claims success.
  ///   - error: the error's object, wherever it stood.
  package static func of(status: Int, error: JSONValue?) -> FailureClass {
    let said = ErrorWords(error)
    if status == 402 || said.names(oneOf: exhaustedWords) || said.speaks(ofOneOf: exhaustedPhrases) {
      return .exhausted
    }
    // A quota of a day is not there again before a run ends, however few seconds the answer asks to wait.
    if status == 429 || status == 403, said.details.contains("perday") { return .exhausted }
    if status == 401 { return .authentication }
    let isDenied = said.names(oneOf: deniedWords) || said.speaks(ofOneOf: deniedPhrases)
    if status == 403 { return isDenied ? .denied : .authentication }
    if status == 407 || status == 451 { return .denied }
    // A region, a right or a model that is not switched on keeps every request out, whatever the status says.
    if (status == 400 || status == 404) && said.speaks(ofOneOf: keptOutPhrases) { return .denied }
    // A request that is larger than a minute's allowance stays so, however long one waits.
    if status == 429, said.speaks(ofOneOf: tooLargePhrases) { return .configuration }
    // Too large a request stays too large, whatever word goes with it.
    if status == 413 { return .configuration }
    if status == 400 || status == 422 {
      // Google has a refused key as a bad request.
      if said.speaks(ofOneOf: refusedKeyPhrases) { return .authentication }
      if RefusedParameter(said) != nil { return .parameter }
    }
    if said.names(oneOf: throttleWords) { return .throttle }
    if !(200..<300).contains(status) { return of(status: status) }

    // In-band: the inner code speaks.
    if let inner = said.innerStatus { return of(status: inner, error: nil) }
    if said.names(oneOf: authenticationWords) { return .authentication }
    if said.names(oneOf: configurationWords) { return .configuration }
    return .transient
  }

  private static func of(status: Int) -> FailureClass {
    switch status {
    case 429, 529: .throttle
    case 408, 409, 425: .transient
    case 501, 505: .configuration
    case 500...: .transient
    default: .configuration
    }
  }

  private static let exhaustedWords: Set = [
    "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance",
    "payment_required", "arrearage", "insufficient_credits", "billing_error", "quota_exhausted", "credits_exhausted",
    "1113", "exceeded_current_quota_error", "credit_balance_exhausted", "accountoverdueerror", "creditserror",
    "billing_disabled",
  ]
  private static let exhaustedPhrases = [
    "perday", "per-day", "limit: 0", "spend limit", "spending limit", "insufficient balance",
    "credit balance is too low",
    "insufficient credit", "insufficient fund", "not enough credit", "out of credit", "no credits", "more credits",
    "balance is insufficient", "balance is not enough", "credit limit exceeded", "key limit exceeded",
    "any credits yet",
    "all available credits", "monthly included credits", "requires billing", "billing to be enabled",
    "quota has been exhausted", "overdue payment", "account is in arrears", "daily quota", "monthly usage limit",
    "余额不足", "账户余额", "欠费", "额度不足", "额度已用",
  ]
  private static let throttleWords: Set = [
    "slow_down", "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "overloaded_error",
    "server_is_overloaded",
    "too_many_requests",
  ]
  private static let tooLargePhrases = ["request too large", "request is too large", "single request exceeds"]
  private static let refusedKeyPhrases = ["api key not valid", "api key expired", "api_key_invalid", "invalid api key"]
  private static let deniedWords: Set = [
    "unsupported_country_region_territory", "model_not_found", "model_not_allowed", "model_access_denied",
  ]
  private static let deniedPhrases =
    [
      "country, region", "region is not supported", "not available in your", "access to model", "access to the model",
      "blocked by cloudflare", "service_disabled", "has not been used in project", "request not allowed",
      "check your network settings", "virtual network", "public access is disabled", "requires a subscription",
      "ip address is not", "not on the allowlist", "not on the whitelist",
    ] + keptOutPhrases
  private static let keptOutPhrases = [
    "location is not supported", "must be verified", "model access is denied", "is not enabled for your",
    "accept the terms", "agree to the terms", "modelnotopen",
  ]
  private static let authenticationWords: Set = [
    "invalid_api_key", "authentication_error", "permission_error", "unauthenticated", "permission_denied",
  ]
  private static let configurationWords: Set = [
    "invalid_request_error", "not_found_error", "model_not_found", "context_length_exceeded", "invalid_prompt",
    "not_supported_error", "exceed_context_size_error", "invalid_argument",
  ]
}
