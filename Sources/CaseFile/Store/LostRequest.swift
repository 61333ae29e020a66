package import Cases

/// A request that was sent and whose response was lost: the program ended before it could be stored.
package struct LostRequest: Hashable, Sendable {
  package let item: PlannedItem
  /// The run that sent it.
  package let run: Int
  /// UTC, RFC 3339 with milliseconds.
  package let started: String
  /// Nanoseconds of a monotonic clock since that run began.
  package let startedNanoseconds: Int
  package let request: Attempt.Request
}
