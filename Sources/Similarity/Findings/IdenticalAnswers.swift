package import Cases
import Formats

/// Long answers that two models gave byte for byte alike to the same prompts.
///
/// Models that were trained apart hardly ever write the same long text; copies of one model's answers, or one model
/// behind two names, do. A prompt counts once for a pair, however many samples of it are the same.
///
/// - Complexity: O(answers), and the pairs of those that are the same.
package struct IdenticalAnswers: Sendable {
  /// Fewest Unicode scalars of an answer that counts: short answers are forced by their prompts.
  package static let minimumCharacters = 100

  /// A text that more models give alike is forced by its prompt, and counts for none of them.
  package static let maximumGivers = 4

  package struct Pair: Hashable, Sendable {
    package let a: ModelID
    package let b: ModelID
    /// Prompts with the same long answer.
    package let count: Int
    /// Prompts that both answered at length.
    package let of: Int
  }

  /// Pairs with at least one such prompt: most first, then by name.
  package let pairs: [Pair]

  package init(_ transcripts: [ModelID: Transcript]) {
    let models = transcripts.keys.sorted()
    // By prompt: the models that answered at length, and by text those that gave it.
    var long: [PromptID: Set<Int>] = [:]
    var givers: [PromptID: [Digest: Set<Int>]] = [:]
    for (index, model) in models.enumerated() {
      for response in transcripts[model]?.responses ?? []
      where response.text.unicodeScalars.dropFirst(Self.minimumCharacters - 1).first != nil {
        long[response.prompt, default: []].insert(index)
        givers[response.prompt, default: [:]][Digest(of: response.text), default: []].insert(index)
      }
    }
    struct Key: Hashable { let a: Int, b: Int }
    var counts: [Key: Int] = [:]
    for texts in givers.values {
      let same = Set(
        texts.values.lazy.filter { (2...Self.maximumGivers).contains($0.count) }.flatMap { group -> [Key] in
          let sorted = group.sorted()
          return sorted.indices.flatMap { a in sorted[(a + 1)...].map { Key(a: sorted[a], b: $0) } }
        })
      for key in same { counts[key, default: 0] += 1 }
    }
    pairs = counts.map { key, count in
      Pair(
        a: models[key.a], b: models[key.b], count: count,
        of: long.values.count { $0.contains(key.a) && $0.contains(key.b) })
    }.sorted { ($1.count, $0.a, $0.b) < ($0.count, $1.a, $1.b) }
  }
}
