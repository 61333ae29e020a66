/// When a failed attempt is repeated, and when an endpoint is given up. Bounded by tries and by time: there are servers
/// that answer 500 for ever.
package struct RetryPolicy: Hashable, Sendable {
  /// Attempts of one item in one run.
  package let tries: Int
  /// The same while the endpoint says that it is asked too often.
  package let throttledTries: Int
  /// From the first attempt of an item in this run; nothing is repeated after it.
  package let itemTime: Duration
  /// Wait after the first failure; it doubles with each further one.
  package let firstDelay: Duration
  package let longestDelay: Duration
  /// A server that asks to wait longer than this is left alone: a later run goes on.
  package let longestWait: Duration
  /// Failures of one endpoint, in a row and all alike, after which it is given up as soon as an item has had all its
  /// tries.
  package let identicalFailures: Int

  package init(
    tries: Int = 5, throttledTries: Int = 10, itemTime: Duration = .seconds(900), firstDelay: Duration = .seconds(1),
    longestDelay: Duration = .seconds(60), longestWait: Duration = .seconds(600), identicalFailures: Int = 8
  ) {
    self.tries = tries
    self.throttledTries = throttledTries
    self.itemTime = itemTime
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.longestWait = longestWait
    self.identicalFailures = identicalFailures
  }

  package enum Verdict: Hashable, Sendable {
    case retry(after: Duration)
    /// The item stays without an answer in this run.
    case giveUp
    case stopEndpoint(EndpointTrouble.Reason)
    /// All endpoints of the host that are asked with the same key.
    case stopKey
  }

  /// - Parameters:
  ///   - failures: of this item in this run, this one included.
  ///   - elapsed: since the item's first attempt in this run.
  ///   - hint: how long the server asks to wait.
  ///   - jitter: in `0..<1`, from the seeded generator.
  package func verdict(
    _ failure: FailureClass, failures: Int, elapsed: Duration, hint: Duration?, jitter: Double
  ) -> Verdict {
    switch failure {
    case .authentication: return .stopKey
    case .denied: return .stopEndpoint(.denied)
    case .parameter: return .stopEndpoint(.parameterRefused)
    case .exhausted: return .stopEndpoint(.exhausted)
    case .configuration: return .giveUp
    case .throttle, .transient: break
    }
    if let hint, hint > longestWait { return .stopEndpoint(.asksToWait(hint)) }
    guard failures < (failure == .throttle ? throttledTries : tries) else { return .giveUp }
    let wait = hint.map { $0 + firstDelay * (jitter * 0.1) } ?? delay(failures: failures, jitter: jitter)
    guard elapsed + wait <= itemTime else { return .giveUp }
    return .retry(after: wait)
  }

  /// `firstDelay · 2^(failures − 1)`, at most `longestDelay`, times a random factor of 0.5 to 1: clients that failed
  /// together do not come back together.
  private func delay(failures: Int, jitter: Double) -> Duration {
    let doubled = firstDelay * Double(1 << min(max(failures - 1, 0), 20))
    return min(doubled, longestDelay) * (0.5 + jitter / 2)
  }
}
