import Formats

/// The label of another speaker behind an answer: a model without the right end token goes on with turns of both sides.
enum FurtherTurn {
  /// Labels that at least half of the answers have, with their share of them.
  static func labels(in answers: [String]) -> [(label: String, share: Double)] {
    guard answers.count >= CommonBorder.minimumAnswers else { return [] }
    // One that half of the answers have stands in some of a few.
    let some = stride(from: 0, to: answers.count, by: max(1, answers.count / 32)).map { answers[$0] }
    return DebrisCatalogue.speakers.compactMap { label in
      guard some.contains(where: { start(of: label, in: $0) != nil }) else { return nil }
      let share = Double(answers.count { start(of: label, in: $0) != nil }) / Double(answers.count)
      return share >= CommonBorder.minimumShareOfMarks ? (label, share) : nil
    }
  }

  /// Where the first one begins; nil where there is none, or nothing before it.
  static func start(of label: String, in answer: String) -> String.Index? {
    guard answer.holds(label) else { return nil }
    let bytes = answer.utf8
    let sought = label.utf8
    guard let first = sought.first else { return nil }
    var place = bytes.startIndex
    while let found = bytes[place...].firstIndex(of: first) {
      if bytes[found...].starts(with: sought) {
        return bytes[..<found].contains { $0 > 0x20 } ? found : nil
      }
      place = bytes.index(after: found)
    }
    return nil
  }
}
