/// Two answers side by side, with what stands in both marked: for a reader, not for a score.
///
/// Marked are the units with which both begin alike, and every run of at least 4 units (in scripts without spaces, 8
/// characters) that stands in both. Units are those of the channels; white space is shown as single spaces.
package struct MarkedAnswers: Hashable, Sendable {
  package struct Segment: Hashable, Sendable {
    package let text: String
    package let isShared: Bool
  }

  package struct Side: Hashable, Sendable {
    package let segments: [Segment]
    /// Whether the answer goes on after what is shown.
    package let isCut: Bool
    /// Units in marked runs, of all units of the whole answer.
    package let shared: Int
    package let units: Int
  }

  package let first: Side
  package let second: Side

  /// Shortest run that is marked.
  package static func seed(byCharacters: Bool) -> Int { byCharacters ? 8 : 4 }

  /// - Parameter limit: UTF-8 bytes of each answer that are shown.
  package init(_ first: String, _ second: String, limit: Int) {
    let answers = PromptAnswers([[first], [second]])
    let byCharacters = answers.isWrittenWithoutSpaces
    let both = answers.samples.compactMap(\.first)
    let units = both.map { $0.units(byCharacters: byCharacters) }
    let covered = SharedTokens(seed: Self.seed(byCharacters: byCharacters)).covered(units[0], units[1])
    var marks = [covered.first, covered.second]
    var opening = 0
    while opening < min(units[0].count, units[1].count), units[0][opening] == units[1][opening] {
      marks[0][opening] = true
      marks[1][opening] = true
      opening += 1
    }
    let sides = zip(both, marks).map { answer, marks in
      Self.side(TokenText(answer, byCharacters: byCharacters), marks, limit: limit)
    }
    (self.first, self.second) = (sides[0], sides[1])
  }

  private static func side(_ text: TokenText, _ marks: [Bool], limit: Int) -> Side {
    let shown = text.ranges.prefix { $0.upperBound <= limit }.count
    var segments: [Segment] = []
    var start = 0
    while start < shown {
      let end = marks[start..<shown].firstIndex { $0 != marks[start] } ?? shown
      segments.append(Segment(text: text.text(start..<end), isShared: marks[start]))
      if end < shown, text.ranges[end].lowerBound > text.ranges[end - 1].upperBound {
        // The space between a marked and an unmarked part belongs to the unmarked one.
        segments.append(Segment(text: " ", isShared: false))
      }
      start = end
    }
    return Side(
      segments: segments.reduce(into: []) { joined, next in
        if let last = joined.last, last.isShared == next.isShared {
          joined[joined.count - 1] = Segment(text: last.text + next.text, isShared: last.isShared)
        } else {
          joined.append(next)
        }
      }, isCut: shown < text.ranges.count, shared: marks.count { $0 }, units: marks.count)
  }
}
