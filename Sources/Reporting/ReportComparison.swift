/// Compares a rendering of a report with one that was computed anew, word for word and number for number.
///
/// Words and whole numbers must be equal. A number with a fraction may differ by one unit of its last digit, or by one in
/// a hundred thousand: as far as the kernels of two processors may disagree.
package enum ReportComparison {
  package struct Difference: Hashable, Sendable {
    /// From 1.
    package let line: Int
    package let stated: String
    package let computed: String
  }

  /// The first line that differs; nil if none does.
  package static func difference(stated: String, computed: String) -> Difference? {
    let (a, b) = (lines(stated), lines(computed))
    for index in 0..<max(a.count, b.count) {
      let one = index < a.count ? a[index] : ""
      let other = index < b.count ? b[index] : ""
      if index >= a.count || index >= b.count || !isEqual(one, other) {
        return Difference(line: index + 1, stated: one, computed: other)
      }
    }
    return nil
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isEqual(_ stated: String, _ computed: String) -> Bool {
    if stated == computed { return true }
    let (a, b) = (withoutGaps(stated), withoutGaps(computed))
    let (one, other) = (tokens(a), tokens(b))
    return one.count == other.count && zip(one, other).allSatisfy { $0 == $1 || isClose($0, $1) }
  }

  /// Without spaces of no width, which say nothing: older versions wrote none into addresses.
  private static func withoutGaps(_ line: String) -> String {
    line.replacingScalars { scalar, _ in scalar == "\u{200B}" ? "" : nil }
  }

  /// Numbers, each from its first digit to its last, and everything between them.
  private static func tokens(_ text: String) -> [Substring] {
    var tokens: [Substring] = []
    var rest = text[...]
    func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
    while !rest.isEmpty {
      let word = rest.prefix { !isDigit($0) }
      let number = rest.dropFirst(word.count).prefix { isDigit($0) || $0 == "." }
      tokens += [word, number]
      rest = rest.dropFirst(word.count + number.count)
    }
    return tokens
  }

  private static func isClose(_ a: Substring, _ b: Substring) -> Bool {
    guard a.contains(".") || b.contains("."), let x = Double(a), let y = Double(b) else { return false }
    /// Of the last digit that is written.
    func unit(_ number: Substring) -> Double {
      guard let point = number.firstIndex(of: ".") else { return 1 }
      return number[point...].dropFirst().reduce(1) { value, _ in value / 10 }
    }
    // A little more than the unit: decimals are not exact in binary.
    return abs(x - y) <= max(max(unit(a), unit(b)) * 1.001, 1e-5 * abs(x))
  }
}
