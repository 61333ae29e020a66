package import Cases

/// Carries one request to an endpoint. Failing is a value: there is nothing to throw.
package protocol Transport: Sendable {
  func send(_ request: TransportRequest) async -> TransportReply
}

package struct TransportRequest: Sendable {
  package let request: Attempt.Request
  /// Sent in a header, to its host only.
  package let credentials: Attempt.Header?
  package let timeout: Duration
  /// Asks for what lies at the address, without a body: how servers tell their models.
  package let isLookup: Bool

  package init(request: Attempt.Request, credentials: Attempt.Header?, timeout: Duration, isLookup: Bool = false) {
    self.isLookup = isLookup
    self.request = request
    self.credentials = credentials
    self.timeout = timeout
  }
}

/// What came back, as far as it came.
package struct TransportReply: Hashable, Sendable {
  package struct Head: Hashable, Sendable {
    package let status: Int
    package let headers: [Attempt.Header]

    package init(status: Int, headers: [Attempt.Header]) {
      self.status = status
      self.headers = headers
    }
  }

  package enum Problem: Hashable, Sendable {
    case timeout
    /// Refused, reset, closed early, no such host, no TLS: the words are the system's.
    case connection(String)
    case bodyTooLarge(limit: Int)
    /// The request could not be formed.
    case invalidRequest(String)
    /// Nobody pastes answers any more.
    case inputEnded
  }

  package let head: Head?
  /// As much of the body as arrived.
  package let body: [UInt8]
  /// nil if the response is complete.
  package let problem: Problem?
  /// From sending to the head of the response.
  package let firstByte: Duration?

  package init(head: Head?, body: [UInt8], problem: Problem?, firstByte: Duration?) {
    self.head = head
    self.body = body
    self.problem = problem
    self.firstByte = firstByte
  }
}
