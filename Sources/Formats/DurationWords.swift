/// Durations as people write them: `120s`, `5m`, `2h` or `250ms`, with a decimal part if wanted.
package enum DurationWords {
  private static let units: [(name: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600)]

  /// More than nothing and at most a year; nil for anything else.
  package static func parse(_ text: String) -> Duration? {
    guard let seconds = seconds(text), seconds > 0, seconds <= 31_536_000 else { return nil }
    return .milliseconds(Int((seconds * 1_000).rounded(.up)))
  }

  /// Whether the text is a duration, if perhaps too short or too long.
  static func isDuration(_ text: String) -> Bool { seconds(text) != nil }

  private static func seconds(_ text: String) -> Double? {
    for unit in units where text.hasSuffix(unit.name) {
      if let count = Double(text.dropLast(unit.name.count)), count.isFinite { return count * unit.seconds }
    }
    return nil
  }
}
