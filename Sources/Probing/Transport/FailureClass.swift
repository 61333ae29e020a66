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
  /// The key is refused: stop everything.
  case authentication

  /// The class of a response that says that it is an error.
  ///
  /// - Parameters:
  ///   - status: the HTTP status; 200 for an error inside a response that claims success.
  ///   - error: the error's object, wherever it stood.
  package static func of(status: Int, error: JSONValue?) -> FailureClass {
    let words = [error?["code"]?.string, error?["type"]?.string, error?["status"]?.string].compactMap {
      $0?.lowercased()
    }
    // What an error is stands at its beginning; the rest may be megabytes.
    let message = String(
      decoding: (error?["message"]?.string ?? error?.string ?? "").utf8.prefix(8_192), as: UTF8.self
    ).lowercased()
    func says(_ known: Set<String>) -> Bool { words.contains(where: known.contains) }

    if status == 402 || says(exhaustedWords) || exhaustedPhrases.contains(where: message.contains) { return .exhausted }
    if status == 401 || status == 403 { return .authentication }
    // Too large a request stays too large, whatever word goes with it.
    if status == 413 { return .configuration }
    if says(throttleWords) { return .throttle }
    if !(200..<300).contains(status) { return of(status: status) }

    // In-band: the inner code speaks.
    let inner = error?["code"]?.integer ?? error?["code"]?.string.flatMap { Int($0) } ?? error?["status"]?.integer
    if let inner, (300..<600).contains(inner) { return inner == 402 ? .exhausted : of(status: inner) }
    if says(authenticationWords) { return .authentication }
    if says(configurationWords) { return .configuration }
    return .transient
  }

  private static func of(status: Int) -> FailureClass {
    switch status {
    case 401, 403: .authentication
    case 429, 529: .throttle
    case 408, 409, 425: .transient
    case 501, 505: .configuration
    case 500...: .transient
    default: .configuration
    }
  }

  private static let exhaustedWords: Set = [
    "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance",
    "payment_required",
  ]
  private static let exhaustedPhrases = ["perday", "limit: 0", "spend limit", "spending limit", "insufficient balance"]
  private static let throttleWords: Set = [
    "slow_down", "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "overloaded_error",
    "server_is_overloaded",
    "too_many_requests",
  ]
  private static let authenticationWords: Set = [
    "invalid_api_key", "authentication_error", "permission_error", "unauthenticated", "permission_denied",
  ]
  private static let configurationWords: Set = [
    "invalid_request_error", "not_found_error", "model_not_found", "context_length_exceeded", "invalid_prompt",
    "not_supported_error", "exceed_context_size_error", "invalid_argument",
  ]
}
