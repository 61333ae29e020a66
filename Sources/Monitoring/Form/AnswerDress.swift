package import Cases

/// How the answers to a probe are dressed: what `AnswerKey` takes no notice of, and whoever reads answers by a program may.
package struct AnswerDress: Hashable, Sendable {
  package enum Feature: String, CaseIterable, Hashable, Sendable {
    /// A stop at its end.
    case stop
    /// Something in bold.
    case bold
    /// A code fence.
    case fence = "code_fence"
    /// Letters, and none of them a capital.
    case lowerCase = "lower_case"
    /// Letters, and all of them capitals.
    case upperCase = "upper_case"
    /// Cut at the limit of tokens.
    case cut

    fileprivate func isIn(_ answer: RecordedAnswer) -> Bool {
      let text = answer.response.text
      switch self {
      case .stop: return text.last { !$0.isWhitespace && !"*_\"'`”’»".contains($0) }.map { ".。".contains($0) } ?? false
      case .bold: return text.contains("**") || text.contains("__")
      case .fence: return text.contains("```")
      case .lowerCase: return text.contains(where: \.isLowercase) && !text.contains(where: \.isUppercase)
      case .upperCase: return text.contains(where: \.isUppercase) && !text.contains(where: \.isLowercase)
      case .cut: return answer.outcome == .truncated
      }
    }
  }

  package let answers: Int
  /// Answers with each feature; those that no answer has are left out.
  package let counts: [Feature: Int]
  /// Answers by their length in characters; see `lengthClass`.
  package let lengths: [Int: Int]

  package init(answers: Int, counts: [Feature: Int], lengths: [Int: Int]) {
    self.answers = answers
    self.counts = counts
    self.lengths = lengths
  }

  package init(_ recorded: [RecordedAnswer]) {
    var counts: [Feature: Int] = [:]
    for feature in Feature.allCases {
      let count = recorded.count(where: feature.isIn)
      if count > 0 { counts[feature] = count }
    }
    self.init(
      answers: recorded.count, counts: counts,
      lengths: recorded.reduce(into: [:]) { $0[Self.lengthClass($1.response.text.count), default: 0] += 1 })
  }

  /// The length of a short text; of a longer one the least of those within a fifth of it.
  static func lengthClass(_ length: Int) -> Int {
    var least = 32
    guard length >= least else { return length }
    while least * 6 / 5 <= length { least = least * 6 / 5 }
    return least
  }

  package func adding(_ other: AnswerDress) -> AnswerDress {
    AnswerDress(
      answers: answers + other.answers, counts: counts.merging(other.counts, uniquingKeysWith: +),
      lengths: lengths.merging(other.lengths, uniquingKeysWith: +))
  }

  /// How many answers are longer than this.
  func longer(than length: Int) -> Int { lengths.reduce(0) { $0 + ($1.key > length ? $1.value : 0) } }
}
