/// What an endpoint was seen to do with one thing that was asked of it, beside what was asked.
package struct CapabilityFinding: Hashable, Codable, Sendable {
  /// What is looked at, in the order in which it is told.
  package enum Aspect: String, CaseIterable, Hashable, Codable, Sendable {
    case answers
    case maxTokens = "max_tokens"
    case temperature
    case seed
    case several = "n"
    case logprobs
    case promptLogprobs = "prompt_logprobs"
    case stream
    case unknownField = "unknown_field"
    case tokenizer
    case usage
    case clock
  }

  package enum Standing: String, Hashable, Codable, Sendable {
    case obeyed
    /// The endpoint took the parameter and did something else.
    case ignored
    /// The endpoint answered with an error.
    case refused
    /// The dialect has no such thing.
    case notOffered = "not_offered"
    /// What was seen fits both.
    case unclear
  }

  package let aspect: Aspect
  package let standing: Standing
  package let requested: String
  package let observed: String

  package init(_ aspect: Aspect, _ standing: Standing, requested: String, observed: String) {
    self.aspect = aspect
    self.standing = standing
    self.requested = requested
    self.observed = observed
  }
}

/// One request of a capability check and its response, kept as attempts are; it answers no probe.
package struct CapabilityExchange: Hashable, Sendable {
  /// What it looks at, such as `same seed`.
  package let name: String
  package let started: String
  package let ended: String
  package let request: Attempt.Request
  package let response: Attempt.HTTPResponse?
  /// What kept a whole response from coming.
  package let problem: String?
  package let chargedTokens: Int

  package init(
    name: String, started: String, ended: String, request: Attempt.Request, response: Attempt.HTTPResponse?,
    problem: String?, chargedTokens: Int
  ) {
    self.name = name
    self.started = started
    self.ended = ended
    self.request = request
    self.response = response
    self.problem = problem
    self.chargedTokens = chargedTokens
  }
}

/// What a check of one endpoint sent, got and found.
package struct CapabilityCheck: Hashable, Sendable {
  package let model: ModelID
  package let exchanges: [CapabilityExchange]
  package let findings: [CapabilityFinding]

  package init(model: ModelID, exchanges: [CapabilityExchange], findings: [CapabilityFinding]) {
    self.model = model
    self.exchanges = exchanges
    self.findings = findings
  }
}
