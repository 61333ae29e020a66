package import Cases
package import FoundationEssentials

/// What an endpoint says of its limits with an answer, before it has to refuse one.
package struct RateWindow: Hashable, Sendable {
  /// Requests that may still be sent; nil if no limit of requests is announced.
  package let remainingRequests: Int?
  /// How long to send nothing, since something is used up; nil if nothing is.
  package let pause: Duration?

  /// - Returns: nil if the headers announce neither.
  package init?(_ headers: [Attempt.Header], now: Date) {
    let limits = AnnouncedLimit.all(in: headers)
    pause = WaitHint.ofUsedUpLimits(limits, now: now)
    remainingRequests = limits.filter { !$0.isOfTokens }.compactMap { Int(exactly: $0.remaining) }.min()
    if pause == nil, remainingRequests == nil { return nil }
  }
}
