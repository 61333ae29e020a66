package import CaseFile
package import FoundationEssentials

/// What an endpoint says of its limits with an answer, before it has to refuse one.
///
/// Limits are announced as `x-ratelimit-remaining-requests`, `anthropic-ratelimit-requests-remaining`,
/// `ratelimit-remaining` and the like; a limit of 0 or −1 is a placeholder and counts for nothing.
package struct RateWindow: Hashable, Sendable {
  /// Requests that may still be sent; nil if no limit of requests is announced.
  package let remainingRequests: Int?
  /// How long to send nothing, since something is used up; nil if nothing is.
  package let pause: Duration?

  /// - Returns: nil if the headers announce neither.
  package init?(_ headers: [Attempt.Header], now: Date) {
    let values = Dictionary(headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    pause = WaitHint.ofUsedUpLimits(values, now: now)
    remainingRequests =
      values.compactMap { name, value in
        guard name.contains("ratelimit"), name.contains("remaining"), !name.contains("token"),
          !["0", "-1"].contains(values[name.replacing("remaining", with: "limit")]), let left = Int(value), left >= 0
        else { return nil }
        return left
      }.min()
    if pause == nil, remainingRequests == nil { return nil }
  }
}
