package import Formats

/// Compares a document with one that was computed anew, without its sentences: every number, name and raw word of the one
/// that is stated must come out again. So a better sentence never spoils evidence that was made before it.
///
/// Names are equal to the byte and whole numbers are equal; one with a fraction may differ by 1 in 100,000, as far as the
/// logarithms of two C libraries may disagree.
package struct NumbersComparison: Sendable {
  package struct Difference: Hashable, Sendable {
    /// Members and places from the top, such as `candidates[0].combined.score`.
    package let path: String
    package let stated: String
    package let computed: String
  }

  /// Members that hold words for people, or excerpts of answers as they are shown: by their path without places. Whether
  /// there are any is compared, not how they read.
  private let words: Set<String>
  /// Members that documents did not always have: one that lacks them was made before.
  private let added: Set<String>
  /// Members that are texts with figures in them, which are compared as such.
  private let figures: Set<String>

  package init(words: Set<String>, added: Set<String>, figures: Set<String> = []) {
    self.words = words
    self.added = added
    self.figures = figures
  }

  /// The same, but that of some members nothing is compared but whether they are there.
  func passing(over paths: Set<String>) -> NumbersComparison {
    NumbersComparison(words: words.union(paths), added: added, figures: figures)
  }

  /// - Returns: the first difference in the order of the members' names; nil if there is none.
  package func difference(stated: JSONValue, computed: JSONValue) -> Difference? {
    difference(stated, computed, path: "", place: "")
  }

  private func difference(_ stated: JSONValue, _ computed: JSONValue, path: String, place: String) -> Difference? {
    func differs() -> Difference {
      Difference(path: place, stated: stated.canonical, computed: computed.canonical)
    }
    if words.contains(path) { return Self.isNothing(stated) == Self.isNothing(computed) ? nil : differs() }
    switch (stated, computed) {
    case (.object(let one), .object(let other)):
      for name in Set(one.keys).union(other.keys).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        let member = path.isEmpty ? name : "\(path).\(name)"
        if one[name] == nil, added.contains(member) { continue }
        let found = difference(
          one[name] ?? .null, other[name] ?? .null, path: member, place: place.isEmpty ? name : "\(place).\(name)")
        if let found { return found }
      }
      return nil
    case (.array(let one), .array(let other)):
      guard one.count == other.count else {
        return Difference(path: place, stated: "\(one.count) entries", computed: "\(other.count)")
      }
      for (index, pair) in zip(one, other).enumerated() {
        if let found = difference(pair.0, pair.1, path: path, place: "\(place)[\(index)]") { return found }
      }
      return nil
    case (.string(let one), .string(let other)):
      let isSame =
        figures.contains(path)
        ? ReportComparison.difference(stated: one, computed: other) == nil : one.utf8.elementsEqual(other.utf8)
      return isSame ? nil : differs()
    default:
      guard let one = stated.number, let other = computed.number else { return stated == computed ? nil : differs() }
      return Self.isClose(one, other) ? nil : differs()
    }
  }

  private static func isNothing(_ value: JSONValue) -> Bool { value == .null || value == .array([]) }

  /// - Parameter unit: of the last digit, where the figures are written with few.
  static func isClose(_ one: Double, _ other: Double, unit: Double = 0) -> Bool {
    if one == other { return true }
    // Counts, ranks and seeds are exact; a figure that happens to be whole on one side is not.
    if one == one.rounded(), other == other.rounded() { return false }
    // A little more than the unit: decimals are not exact in binary.
    return abs(one - other) <= 1.001 * max(unit, 1e-5 * max(abs(one), abs(other)))
  }
}
