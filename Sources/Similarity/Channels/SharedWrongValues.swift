package import Cases

/// Whether two models come by the same wrong numbers while they think, beyond what the others make likely. Of reasoning text,
/// not of answers.
///
/// A value is a number of two digits or more, read as `1,234.50` and `1234.5` alike. W is the set of a model's values for
/// one prompt, all samples together, that at most half of the models which reasoned on it have: what most come by, right
/// steps and the numbers of the question, is left out. With f(v) the share of the models other than a and b that have v,
///
///     contribution = ( |W_a ∩ W_b| − ½ Σ f(v) over W_a − ½ Σ f(v) over W_b ) / √(|W_a| |W_b|)
///
/// where each half of the sum is what a stranger would share with that side; 0 where a side has no such value.
///
/// - Range: at most 1 a probe, about 0 for strangers; the score is the mean.
/// - Note: "Wrong" is what the majority does not have: a right step that few write down counts as well, and among few models
///   the majority may be wrong. Needs probes with numbers in them.
/// - Source: chance adjustment as in `AnswerAgreement`, by the models in place of a uniform chance.
package struct SharedWrongValues: Channel {
  package let name = "reasoning_wrong_values"
  package let version = 1
  /// Below −1 where one side has many values and the other few.
  package let gridBits = 20
  package var label: String { "wrong values beyond chance" }
  package var explanation: String { "whether they come by the same wrong numbers while they think" }
  package var definition: String {
    """
    shared values that at most half of the models have, less what a stranger would share, / √ of the product of their numbers
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let values = WrongValues(answers.samples.map { $0.map(\.text) })
    var contributions: [Double] = []
    for a in values.sets.indices {
      for b in values.sets.indices.dropFirst(a + 1) { contributions.append(values.agreement(a, b)) }
    }
    return contributions
  }

  /// A prompt on which two models share such values.
  package struct Shared: Hashable, Sendable {
    package let prompt: PromptID
    /// As they are written without separators, in byte order.
    package let values: [String]
    /// How many of the other models that reasoned on it have the commonest of them.
    package let others: Int
    package let reasoning: Int
  }

  /// - Parameter table: of reasoning texts.
  package static func shared(_ table: AnswerTable, _ first: ModelID, _ second: ModelID, limit: Int) -> [Shared] {
    guard let a = table.models.firstIndex(of: first), let b = table.models.firstIndex(of: second) else { return [] }
    let found = table.prompts.indices.compactMap { row -> Shared? in
      let present = table.models.indices.filter { table.answered(prompt: row, model: $0) }
      guard let one = present.firstIndex(of: a), let other = present.firstIndex(of: b) else { return nil }
      let values = WrongValues(present.map { table.samples(prompt: row, model: $0).map { NormalisedText($0) } })
      let both = values.sets[one].intersection(values.sets[other])
      guard !both.isEmpty else { return nil }
      return Shared(
        prompt: table.prompts[row], values: both.map { String(decoding: $0, as: UTF8.self) }.sorted(),
        others: both.map { (values.models[$0] ?? 2) - 2 }.max() ?? 0, reasoning: present.count - 2)
    }
    return Array(
      found.sorted { ($0.others, -$0.values.count, $0.prompt) < ($1.others, -$1.values.count, $1.prompt) }.prefix(limit)
    )
  }
}

/// The values of all models' reasoning on one prompt that are not the majority's.
private struct WrongValues {
  /// By model; a value is its digits without separators.
  let sets: [Set<[UInt8]>]
  /// How many models have a value.
  let models: [[UInt8]: Int]

  init(_ samples: [[NormalisedText]]) {
    let all = samples.map { texts in texts.reduce(into: Set<[UInt8]>()) { $0.formUnion(NumberText.values($1.utf8)) } }
    let counts = all.reduce(into: [[UInt8]: Int]()) { counts, values in
      for value in values { counts[value, default: 0] += 1 }
    }
    models = counts
    sets = all.map { $0.filter { 2 * (counts[$0] ?? 0) <= samples.count } }
  }

  func agreement(_ a: Int, _ b: Int) -> Double {
    guard !sets[a].isEmpty, !sets[b].isEmpty else { return 0 }
    let others = Double(sets.count - 2)
    // Counts are whole numbers: their sum is the same in any order.
    func expected(_ own: Set<[UInt8]>, _ other: Set<[UInt8]>) -> Double {
      let have = own.reduce(0) { $0 + (models[$1] ?? 1) - 1 - (other.contains($1) ? 1 : 0) }
      return others > 0 ? Double(have) / others : 0
    }
    let chance = (expected(sets[a], sets[b]) + expected(sets[b], sets[a])) / 2
    let shared = Double(sets[a].intersection(sets[b]).count)
    return (shared - chance) / Double(sets[a].count * sets[b].count).squareRoot()
  }
}

/// Numbers in a text, by their digits.
enum NumberText {
  /// Values of at least two digits: commas between groups of three, leading zeros, and zeros at the end of a fraction are left
  /// out. A digit that follows a letter, as in `x1`, begins no number.
  static func values(_ text: [UInt8]) -> [[UInt8]] {
    func isDigit(_ place: Int) -> Bool { place < text.count && text[place] >= 0x30 && text[place] <= 0x39 }
    var values: [[UInt8]] = []
    var place = 0
    while place < text.count {
      guard isDigit(place) else {
        place += 1
        continue
      }
      let isName = place > 0 && (text[place - 1] | 0x20 >= 0x61 && text[place - 1] | 0x20 <= 0x7A)
      var whole: [UInt8] = []
      var fraction: [UInt8] = []
      while isDigit(place) {
        whole.append(text[place])
        place += 1
      }
      // Groups of three after the first one to three digits.
      while whole.count <= 3 || whole.count % 3 != 1, place < text.count, text[place] == 0x2C,
        isDigit(place + 1), isDigit(place + 2), isDigit(place + 3), !isDigit(place + 4)
      {
        whole += text[place + 1...place + 3]
        place += 4
      }
      if place < text.count, text[place] == 0x2E, isDigit(place + 1) {
        place += 1
        while isDigit(place) {
          fraction.append(text[place])
          place += 1
        }
      }
      whole.removeFirst(min(whole.prefix { $0 == 0x30 }.count, whole.count - 1))
      while fraction.last == 0x30 { fraction.removeLast() }
      guard !isName, whole.count + fraction.count >= 2 else { continue }
      values.append(fraction.isEmpty ? whole : whole + [0x2E] + fraction)
    }
    return values
  }
}
