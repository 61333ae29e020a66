package import Cases

/// Which of many prompts are border inputs: asked a little, and more where that is promising.
///
/// At temperature 0 nearly every prompt has one first token, whatever is asked again. Two answers each show the few that have two
/// about every second time; ten more say how near the tie is.
package enum BorderSearch {
  /// Answers to each candidate, and further ones to those whose answers differ.
  package static let answers = (first: 2, more: 10)
  /// The second most common answer of a near tie has this share at least.
  private static let leastShare = 1.0 / 6

  /// Those that are worth ten more answers.
  package static func promising(_ first: [PromptID: [String]]) -> [PromptID] {
    first.filter { Set($0.value).count > 1 }.keys.sorted()
  }

  /// The nearest ties, by all their answers.
  package static func nearest(_ answers: [PromptID: [String]], most: Int) -> [PromptID] {
    let shares = answers.compactMapValues { answers -> Double? in
      let counts = answers.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }.values.sorted(by: >)
      guard counts.count > 1, answers.count > Self.answers.first else { return nil }
      let share = Double(counts[1]) / Double(answers.count)
      return share >= leastShare ? share : nil
    }
    let sorted = shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.prefix(most).map(\.key).sorted()
  }
}
