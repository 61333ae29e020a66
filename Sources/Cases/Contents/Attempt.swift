/// One request and what came of it, as it is stored: kept whole, failures included.
package struct Attempt: Hashable, Sendable {
  package let item: PlannedItem
  package let times: Times
  package let request: Request
  /// nil where no complete head of a response arrived.
  package let response: HTTPResponse?
  package let outcome: Outcome
  /// nil for a failed attempt.
  package let answer: Answer?
  /// nil unless `outcome` is `failed`.
  package let failure: Failure?
  /// Tokens that count against the budget: what the endpoint said, else an estimate.
  package let chargedTokens: Int

  package init(
    item: PlannedItem, times: Times, request: Request, response: HTTPResponse?, outcome: Outcome, answer: Answer?,
    failure: Failure?, chargedTokens: Int
  ) {
    self.item = item
    self.times = times
    self.request = request
    self.response = response
    self.outcome = outcome
    self.answer = answer
    self.failure = failure
    self.chargedTokens = chargedTokens
  }

  /// What came of an attempt. All but `failed` are answers, and count.
  package enum Outcome: String, CaseIterable, Hashable, Codable, Sendable {
    case ok
    /// A complete answer without text.
    case empty
    /// Cut at the limit of tokens; its text is kept.
    case truncated
    case refused
    /// Withheld by a content filter.
    case filtered
    case failed
  }

  package struct Times: Hashable, Sendable {
    /// UTC, RFC 3339 with milliseconds.
    package let started: String
    package let ended: String
    /// Nanoseconds of a monotonic clock since the run began. `firstByte` is the arrival of the response's head.
    package let startedNanoseconds: Int
    package let firstByteNanoseconds: Int?
    package let endedNanoseconds: Int

    package init(
      started: String, ended: String, startedNanoseconds: Int, firstByteNanoseconds: Int?, endedNanoseconds: Int
    ) {
      self.started = started
      self.ended = ended
      self.startedNanoseconds = startedNanoseconds
      self.firstByteNanoseconds = firstByteNanoseconds
      self.endedNanoseconds = endedNanoseconds
    }
  }

  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A POST request. Its headers hold no credentials; those that `HeaderAllowList` does not name are left out.
  package struct Request: Hashable, Sendable {
    package let url: String
    package let headers: [Header]
    package let body: [UInt8]

    package init(url: String, headers: [Header], body: [UInt8]) {
      self.url = url
      self.headers = headers
      self.body = body
    }
  }

  package struct HTTPResponse: Hashable, Sendable {
    package let status: Int
    package let headers: [Header]
    package let body: [UInt8]
    /// Body or headers held a key, in whatever form. It was masked before anything was stored: the digest is of what is
    /// stored, and the answer is what the masked body says. A body that could not be masked is the mark alone, and says
    /// nothing.
    package let isRedacted: Bool

    package init(status: Int, headers: [Header], body: [UInt8], isRedacted: Bool) {
      self.status = status
      self.headers = headers
      self.body = body
      self.isRedacted = isRedacted
    }
  }

  package struct Failure: Hashable, Sendable {
    /// Such as `throttle`, `transient` or `authentication`.
    package let kind: String
    package let detail: String

    package init(kind: String, detail: String) {
      self.kind = kind
      self.detail = detail
    }
  }
}

/// Headers that are stored; all others are left out, whatever they hold.
package enum HeaderAllowList {
  package static let names: Set<String> = [
    "content-type", "content-length", "content-encoding", "date", "server", "retry-after", "retry-after-ms",
    "x-request-id", "openai-processing-ms", "openai-version", "openai-model", "cf-ray", "via", "x-cache", "age",
    "user-agent",
    "accept", "location",
  ]

  /// Also every header whose name begins like this.
  package static let prefixes = ["x-ratelimit-", "ratelimit-", "anthropic-ratelimit-"]

  package static func keep(_ headers: [Attempt.Header]) -> [Attempt.Header] {
    headers.filter { header in
      let name = header.name.lowercased()
      return names.contains(name) || CacheSign.isOfCache(name) || prefixes.contains(where: name.hasPrefix)
    }
  }
}
