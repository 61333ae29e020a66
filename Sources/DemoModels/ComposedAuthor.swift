/// A writer made by drawing habits: openers, connectives, closers, preferred words and a form of its own, with which it
/// retells the almanac. Many such writers are a world in which it is known who learned from whom.
package enum ComposedAuthor {
  /// - Parameter number: draws the habits; the same number is the same author.
  package static func author(_ number: Int) -> Author {
    var generator = SplitMix64(seed: SplitMix64.mix(0x5EED_0000 &+ UInt64(truncatingIfNeeded: number)))
    let habits = Habits(&generator)
    let almanac = Author(name: "almanac", text: Texts.almanac).answers
    return Author(
      name: "author-\(number)", text: almanac.map { habits.retold($0, &generator) }.joined(separator: "\n\n"))
  }

  private struct Habits {
    private let openers: [String]
    private let connectives: [String]
    private let closers: [String]
    private let words: [(from: String, to: String)]
    /// In percent, how often an answer opens, goes on and closes so.
    private let opens: Int
    private let connects: Int
    private let closes: Int
    private let isList: Bool

    init(_ generator: inout SplitMix64) {
      openers = draw(2, of: Texts.openers, &generator)
      connectives = draw(3, of: Texts.connectives, &generator)
      closers = draw(2, of: Texts.closers, &generator)
      words = Texts.synonyms.compactMap { choice in
        let word = choice[below(choice.count, &generator)]
        return word == choice[0] ? nil : (" \(choice[0]) ", " \(word) ")
      }
      opens = 40 + below(60, &generator)
      connects = 20 + below(60, &generator)
      closes = 30 + below(70, &generator)
      isList = below(4, &generator) == 0
    }

    func retold(_ text: String, _ generator: inout SplitMix64) -> String {
      var sentences = text.split(separator: ". ").map { $0.hasSuffix(".") ? String($0) : $0 + "." }
      if sentences.count > 2 { sentences.remove(at: below(sentences.count, &generator)) }
      for index in sentences.indices.dropFirst() where below(100, &generator) < connects {
        let connective = connectives[below(connectives.count, &generator)]
        sentences[index] = connective + " " + sentences[index].prefix(1).lowercased() + sentences[index].dropFirst()
      }
      var answer =
        isList ? "\n" + sentences.map { "- \($0)" }.joined(separator: "\n") : sentences.joined(separator: " ")
      for (from, to) in words { answer = answer.replacing(from, with: to) }
      if below(100, &generator) < opens {
        answer = openers[below(openers.count, &generator)] + (isList ? "" : " ") + answer
      }
      if below(100, &generator) < closes {
        answer += (isList ? "\n" : " ") + closers[below(closers.count, &generator)]
      }
      return answer.hasPrefix("\n") ? String(answer.dropFirst()) : answer
    }
  }

  private static func below(_ bound: Int, _ generator: inout SplitMix64) -> Int {
    Int(generator.next() >> 33) % bound
  }

  private static func draw(_ count: Int, of pool: [String], _ generator: inout SplitMix64) -> [String] {
    var pool = pool
    return (0..<count).map { _ in pool.remove(at: below(pool.count, &generator)) }
  }
}
