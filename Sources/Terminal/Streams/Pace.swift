/// When a line about work that goes on is due: at its beginning, and then every 10 seconds.
package struct Pace {
  private static let pause = Duration.seconds(10)
  private var said: ContinuousClock.Instant?

  package init() {}

  /// - Parameter isFirst: whether the work begins.
  package mutating func isDue(first isFirst: Bool) -> Bool {
    let now = ContinuousClock.now
    if !isFirst, let said, now - said < Self.pause { return false }
    said = now
    return true
  }
}
