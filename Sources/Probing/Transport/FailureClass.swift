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
    if AccountWords.areExhausted(status: status, said) { return .exhausted }
    if status == 401 { return AccountWords.deny(within401: said) ? .denied : .authentication }
    if [400, 403, 422].contains(status) || (status == 500 && said.speaks(ofOneOf: ["unexpected keyword"])) {
      if AccountWords.refuseKey(said) { return .authentication }
      if RefusedParameter(said) != nil { return .parameter }
    }
    if status == 403 { return AccountWords.deny(within403: said) ? .denied : .authentication }
    if status == 407 || status == 451 { return .denied }
    // A region, a right or a model that is not switched on keeps every request out, whatever the status says.
    if (status == 400 || status == 404) && AccountWords.keepOut(said) { return .denied }
    // A request that is larger than a minute's allowance stays so, however long one waits.
    if status == 429, said.speaks(ofOneOf: tooLargePhrases) { return .configuration }
    // Too large a request stays too large, whatever word goes with it.
    if status == 413 { return .configuration }
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
    // 498 is Groq's for a service at its capacity, 420 an old word for too many requests.
    case 420, 429, 498, 529: .throttle
    // 421 and 423 to 425: another connection, or later; 424 is a generation that failed (TGI, SageMaker); 499 a proxy's that gave up.
    case 408, 409, 421, 423, 424, 425, 499: .transient
    case 501, 505: .configuration
    case 500...: .transient
    default: .configuration
    }
  }

  private static let throttleWords: Set = [
    "slow_down", "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "overloaded_error",
    "server_is_overloaded",
    "too_many_requests",
  ]
  private static let tooLargePhrases = ["request too large", "request is too large", "single request exceeds"]
  private static let authenticationWords: Set = [
    "invalid_api_key", "authentication_error", "permission_error", "unauthenticated", "permission_denied",
  ]
  private static let configurationWords: Set = [
    "invalid_request_error", "not_found_error", "model_not_found", "context_length_exceeded", "invalid_prompt",
    "not_supported_error", "exceed_context_size_error", "invalid_argument",
  ]
}
