package import Cases
import Statistics

/// Phrases that two models both use more often than others do.
///
/// A phrase is a run of 1 to 4 tokens with at least one word (in scripts without spaces, of 2 to 6 characters); what is counted is
/// the prompts in whose first answer it is said, so that no single answer makes a phrase. Each side is set against the
/// cohort by log-odds with the cohort's own share as the prior (`LogOdds`), and a phrase weighs what the weaker side's z is.
package struct SharedPhrases: Sendable {
  package struct Phrase: Hashable, Sendable {
    /// As the first model first wrote it, in lower case.
    package let text: String
    /// Prompts on which it is said.
    package let first: Int
    package let second: Int
    /// Mean over the cohort of the share of its prompts on which it is said.
    package let cohortShare: Double
    /// In standard errors: how much more often than the cohort.
    package let zFirst: Double
    package let zSecond: Double
  }

  /// Strongest first. Of phrases that lie in each other only the strongest is kept.
  package let phrases: [Phrase]

  /// Prompts that the prior weighs as much as.
  private static let strength = 20.0
  /// Fewest prompts on which each of the two says a phrase.
  private static let fewest = 3

  /// - Parameter cohort: models that have nothing to do with either.
  package init(_ table: AnswerTable, _ first: ModelID, _ second: ModelID, cohort: [ModelID], limit: Int) async {
    let places = [first, second].compactMap { table.models.firstIndex(of: $0) }
    let others = cohort.compactMap { table.models.firstIndex(of: $0) }
    guard places.count == 2, !others.isEmpty else {
      phrases = []
      return
    }
    let counts = await Self.counts(table, places[0], places[1], others)
    let prompts = counts.prompts
    let odds = LogOdds(strength: Self.strength)
    var scored: [(phrase: Phrase, weight: Double, key: UInt64)] = []
    for (key, said) in counts.said {
      let expected = (Double(said.others) + 0.5) / (Double(prompts.others) + 1)
      func z(_ count: Int, _ n: Int) -> Double {
        odds.z(count, of: n, other: said.others, of: prompts.others, expected: expected)
      }
      let zs = (z(said.first, prompts.first), z(said.second, prompts.second))
      scored.append(
        (
          Phrase(
            text: said.text, first: said.first, second: said.second,
            cohortShare: Double(said.others) / Double(max(prompts.others, 1)), zFirst: zs.0, zSecond: zs.1),
          min(zs.0, zs.1), key
        ))
    }
    var chosen: [Phrase] = []
    var chosenWords: [String] = []
    for entry in scored.filter({ $0.weight > 0 }).sorted(by: { ($1.weight, $0.key) < ($0.weight, $1.key) }) {
      guard chosen.count < limit else { break }
      let words = Self.words(entry.phrase.text)
      guard !chosenWords.contains(where: { $0.contains(words) || words.contains($0) }) else { continue }
      chosenWords.append(words)
      chosen.append(entry.phrase)
    }
    phrases = chosen
  }

  /// The letters and digits of a phrase, each other run as one space: marks make no other phrase.
  private static func words(_ text: String) -> String {
    " " + text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") + " "
  }

  private struct Said: Sendable {
    var first = 0
    var second = 0
    var others = 0
    var text = ""
  }

  private struct Counts: Sendable {
    var said: [UInt64: Said] = [:]
    var prompts: (first: Int, second: Int, others: Int) = (0, 0, 0)
  }

  private static func counts(_ table: AnswerTable, _ a: Int, _ b: Int, _ others: [Int]) async -> Counts {
    var counts = Counts()
    // What the two say, then how often the others say it: nearly all phrases of others are never looked at.
    for row in table.prompts.indices {
      for (side, model) in [a, b].enumerated() {
        guard let answer = answer(table, row, model) else { continue }
        if side == 0 { counts.prompts.first += 1 } else { counts.prompts.second += 1 }
        for key in Set(grams(answer)) {
          if side == 0 { counts.said[key, default: Said()].first += 1 } else { counts.said[key]?.second += 1 }
        }
      }
    }
    counts.said = counts.said.filter { $0.value.first >= fewest && $0.value.second >= fewest }
    for row in table.prompts.indices {
      guard let answer = answer(table, row, a) else { continue }
      let text = TokenText(answer.answer, byCharacters: answer.byCharacters)
      forEachGram(answer) { key, range in
        guard counts.said[key]?.text == "" else { return }
        guard range.contains(where: text.isWord) else {
          counts.said[key] = nil
          return
        }
        counts.said[key]?.text = text.text(range).lowercased()
      }
    }
    let keys = Array(counts.said.keys)
    let wanted = WantedKeys(keys)
    await withTaskGroup(of: (said: [Int], prompts: Int).self) { group in
      for model in others {
        group.addTask {
          var said = [Int](repeating: 0, count: keys.count)
          var last = [Int](repeating: -1, count: keys.count)
          var prompts = 0
          for row in table.prompts.indices {
            guard let answer = answer(table, row, model) else { continue }
            prompts += 1
            forEachGram(answer) { key, _ in
              guard let number = wanted[key], last[number] != row else { return }
              last[number] = row
              said[number] += 1
            }
          }
          return (said, prompts)
        }
      }
      for await part in group {
        counts.prompts.others += part.prompts
        for (key, count) in zip(keys, part.said) where count > 0 { counts.said[key]?.others += count }
      }
    }
    return counts
  }

  /// Numbers of keys, of which it says fast that it has none: nearly all that it is asked for are not in it.
  private struct WantedKeys: Sendable {
    private static let bits: UInt64 = 18
    private let numbers: WordIndex
    private var mayHold = [Bool](repeating: false, count: 1 << bits)

    init(_ keys: [UInt64]) {
      numbers = WordIndex(Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) }))
      for key in keys { mayHold[Self.place(key)] = true }
    }

    subscript(key: UInt64) -> Int? { mayHold[Self.place(key)] ? numbers[key] : nil }

    private static func place(_ key: UInt64) -> Int { Int(key & ((1 << bits) - 1)) }
  }

  private struct FirstAnswer {
    let answer: PromptAnswers.Answer
    let byCharacters: Bool
    let units: [UInt64]
  }

  private static func answer(_ table: AnswerTable, _ row: Int, _ model: Int) -> FirstAnswer? {
    guard let text = table.samples(prompt: row, model: model).first else { return nil }
    let answers = PromptAnswers([[text]])
    guard let answer = answers.samples.first?.first else { return nil }
    let byCharacters = answers.isWrittenWithoutSpaces
    return FirstAnswer(
      answer: answer, byCharacters: byCharacters, units: answer.units(byCharacters: byCharacters))
  }

  private static func grams(_ answer: FirstAnswer) -> [UInt64] {
    var keys: [UInt64] = []
    forEachGram(answer) { key, _ in keys.append(key) }
    return keys
  }

  private static func forEachGram(_ answer: FirstAnswer, _ body: (UInt64, Range<Int>) -> Void) {
    let lengths = answer.byCharacters ? 2...6 : 1...4
    for start in answer.units.indices {
      var hash: UInt64 = 0
      for length in 1...lengths.upperBound where start + length <= answer.units.count {
        hash = TokenHash.sequence(hash, then: answer.units[start + length - 1])
        if length >= lengths.lowerBound { body(hash, start..<start + length) }
      }
    }
  }
}
