import Formats
import Terminal

/// Whole numbers of the command line, each within the bounds that its help states.
enum OptionBounds {
  /// - Throws: `UsageError.badValue`
  static func check(_ value: Int?, _ option: String, in range: ClosedRange<Int>) throws {
    guard let value, !range.contains(value) else { return }
    throw UsageError.badValue(option: option, value: "\(value)", expected: Limits.words(range))
  }
}
