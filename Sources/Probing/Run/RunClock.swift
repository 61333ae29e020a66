package import FoundationEssentials

/// Time as a run sees it; tests bring their own.
package struct RunClock: Sendable {
  /// Monotonic time since some origin.
  package let now: @Sendable () -> Duration
  package let utc: @Sendable () -> Date
  /// Ends early, by throwing, when its task is cancelled.
  package let sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Duration, utc: @escaping @Sendable () -> Date,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.utc = utc
    self.sleep = sleep
  }

  package static var system: RunClock {
    let clock = ContinuousClock()
    let origin = clock.now
    return RunClock(
      now: { clock.now - origin }, utc: { Date() }, sleep: { try await clock.sleep(for: $0) })
  }
}
