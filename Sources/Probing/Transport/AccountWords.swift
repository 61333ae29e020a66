import Formats

/// What an error says of the account behind a request: that its quota is used up, its key refused, or a right is wanting.
///
/// The words decide, since vendors say each of these with several statuses.
///
/// - Source: the vendors' errors as reported in public; see the table of quirks in `Reports/quirks`.
enum AccountWords {
  /// Whether nothing is answered before somebody pays, or before another day.
  static func areExhausted(status: Int, _ said: ErrorWords) -> Bool {
    if status == 402 || said.names(oneOf: exhaustedWords) || said.names(partOf: exhaustedParts) { return true }
    if said.speaks(ofOneOf: exhaustedPhrases) { return true }
    let told = (200..<300).contains(status) ? said.innerStatus ?? status : status
    // A quota of a day is not there again before a run ends, however few seconds the answer asks to wait.
    if told == 429 || told == 403, said.details.holds("perday") { return true }
    // Of a limit by the minute some vendors say how one that pays is larger.
    if told != 429, said.speaks(ofOneOf: payingPhrases) { return true }
    // Where the message says how long to wait, waiting may do.
    return [400, 403, 429].contains(told) && said.speaks(ofOneOf: longPeriods) && said.speaks(ofOneOf: limitWords)
      && !said.speaks(ofOneOf: shortPeriods)
  }

  /// Whether a key is refused, with a status that others have for a bad request.
  static func refuseKey(_ said: ErrorWords) -> Bool { said.speaks(ofOneOf: refusedKeyPhrases) }

  /// Whether a 401 is about a right, and not about the key, which is known.
  static func deny(within401 said: ErrorWords) -> Bool { said.speaks(ofOneOf: knownKeyPhrases) }

  /// Whether a 403 is about something else than the key. Two words, such as "access denied", say nothing of what.
  static func deny(within403 said: ErrorWords) -> Bool {
    if said.names(oneOf: deniedWords) || said.speaks(ofOneOf: deniedPhrases) || keepOut(said) { return true }
    return !said.speaks(ofOneOf: keyWords) && said.text.split(separator: " ").count > 2
  }

  /// Whether every request is kept out, for a region, a right, or a model that is not switched on.
  static func keepOut(_ said: ErrorWords) -> Bool { said.speaks(ofOneOf: keptOutPhrases) }

  private static let exhaustedWords: Set = [
    "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "payment_required",
    "insufficient_credits",
    "billing_error", "quota_exhausted", "1113", "exceeded_current_quota_error", "credit_balance_exhausted",
    "creditserror", "billing_disabled",
  ]
  private static let exhaustedParts = [
    "insufficient_balance", "insufficient_user_quota", "arrear", "overdue", "credits_exhausted", "budget_exceeded",
    "freetieronly", "setlimitexceeded",
  ]
  private static let exhaustedPhrases = [
    "perday", "per-day", "limit: 0", "spend limit", "spending limit", "insufficient balance",
    "credit balance is too low",
    "insufficient credit", "insufficient fund", "not enough credit", "out of credit", "no credits", "more credits",
    "balance is insufficient", "balance is not enough", "credit limit exceeded", "key limit exceeded",
    "any credits yet",
    "all available credits", "monthly included credits", "requires billing", "billing to be enabled",
    "quota has been exhausted", "overdue payment", "account is in arrears", "daily quota", "monthly usage limit",
    "budget has been exceeded", "exceededbudget", "exceeded budget", "over budget", "free tier of the model",
    "trial has ended",
    "余额不足", "账户余额", "欠费", "额度不足", "额度已用", "额度失败", "剩余额度",
  ]
  private static let payingPhrases = [
    "valid credit card", "a credit card", "payment method", "enable billing", "billing details",
  ]
  private static let longPeriods = [
    "per day", "daily", "today", "/ day", "/day", "per week", "weekly", "per month", "monthly", "/ month", "/month",
    "usage limit", "今日", "当日", "每日", "本月", "每月",
  ]
  private static let limitWords = ["limit", "quota", "allocation", "allowance", "exceed", "too many", "限额", "次数", "用完"]
  private static let shortPeriods = [
    "per minute", "per min", "/min", "/ min", "per second", "try again in", "retry in", "retry after", "每分钟",
  ]
  private static let refusedKeyPhrases = [
    "api key not valid", "api key expired", "api_key_invalid", "invalid api key", "incorrect api key",
    "api key is invalid", "invalid_api_key",
  ]
  private static let knownKeyPhrases = [
    "not allowed to access model", "not allowed to access the model", "model_access_denied", "missing scopes",
    "ip_not_authorized", "ip address", "does not have access to model",
  ]
  private static let keyWords = [
    "api key", "api_key", "api-key", "apikey", "access key", "invalid key", "key is", "access token", "token is",
    "security token", "invalid token", "bearer", "credential", "authenticat", "authoriz", "unauthoris", "密钥", "令牌",
    "鉴权",
  ]
  private static let deniedWords: Set = [
    "unsupported_country_region_territory", "model_not_found", "model_not_allowed", "model_access_denied",
  ]
  private static let deniedPhrases = [
    "country, region", "region is not supported", "not available in your", "access to model", "access to the model",
    "blocked by cloudflare", "service_disabled", "has not been used in project", "request not allowed",
    "check your network settings", "virtual network", "public access is disabled", "requires a subscription",
    "ip address is not", "not on the allowlist", "not on the whitelist", "not authorized to perform", "model disabled",
    "model access denied",
  ]
  private static let keptOutPhrases = [
    "location is not supported", "must be verified", "model access is denied", "is not enabled for your",
    "accept the terms", "agree to the terms", "modelnotopen", "organization has been disabled",
  ]
}
