/// Compares a rendering of a report with one that was computed anew, word for word and number for number.
///
/// Words, names and whole numbers must be equal, to the byte. A number with a fraction may differ by one unit of the last digit
/// of the one that has more of them, as far as the logarithms of two C libraries may disagree.
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
    text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
  }

  private static func isEqual(_ stated: String, _ computed: String) -> Bool {
    if stated.utf8.elementsEqual(computed.utf8) { return true }
    let (one, other) = (FigureToken.all(in: stated), FigureToken.all(in: computed))
    return one.count == other.count && zip(one, other).allSatisfy { $0.isClose(to: $1) }
  }
}
