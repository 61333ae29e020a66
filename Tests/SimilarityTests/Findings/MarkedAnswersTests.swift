import Similarity
import Testing

@Suite("Answers side by side")
struct MarkedAnswersTests {
  private static func text(_ side: MarkedAnswers.Side) -> String {
    side.segments.map { $0.isShared ? "⟦\($0.text)⟧" : $0.text }.joined()
  }

  @Test(
    "what both say in runs of four units or more is marked, and how both begin",
    arguments: [
      (
        "Sure! Here is a list of five things.", "Sure! I think: here is a list of six.",
        "⟦Sure! Here is a list of⟧ five things.", "⟦Sure!⟧ I think: ⟦here is a list of⟧ six."
      ),
      ("one two three", "four five six", "one two three", "four five six"),
      ("the same words again", "the same words again", "⟦the same words again⟧", "⟦the same words again⟧"),
      ("a b c d", "x a b c y", "a b c d", "x a b c y"),
      ("", "x", "", "x"),
      (
        "機械学習とはデータから学ぶ技術です", "深層学習とはデータから学ぶ方法だ", "機械⟦学習とはデータから学ぶ⟧技術です",
        "深層⟦学習とはデータから学ぶ⟧方法だ"
      ),
    ])
  func marks(first: String, second: String, one: String, other: String) {
    let marked = MarkedAnswers(first, second, limit: 1_000)
    #expect(Self.text(marked.first) == one)
    #expect(Self.text(marked.second) == other)
    #expect(!marked.first.isCut && !marked.second.isCut)
  }

  @Test("segments alternate, and together are the answer with single spaces")
  func whole() {
    let first = "Well,  let us\n\nsee: (a) one, two, three, four; (b) five. In the end\tall is one, two, three, four."
    let second = "No. (a) one, two, three, four; and all is one, two, three, four, I say."
    let marked = MarkedAnswers(first, second, limit: 1_000)
    for (side, text) in [(marked.first, first), (marked.second, second)] {
      #expect(zip(side.segments, side.segments.dropFirst()).allSatisfy { $0.isShared != $1.isShared })
      #expect(
        side.segments.map(\.text).joined() == text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
      #expect(side.shared > 10 && side.shared < side.units)
    }
  }

  @Test("what one says once and the other more often than places are looked at is counted in both")
  func loops() {
    let said = "one two three four five"
    let loop = (0..<200).map { "\(said) x\($0)" }.joined(separator: " ")
    for (first, second) in [(said, loop), (loop, said)] {
      let marked = MarkedAnswers(first, second, limit: 100)
      let sides = first == said ? [marked.first, marked.second] : [marked.second, marked.first]
      #expect(sides[0].shared == 5 && sides[0].units == 5)
      #expect(sides[1].shared == 1_000 && sides[1].units == 1_200)
    }
  }

  @Test("a long answer is cut between two units, and its share is still that of all of it")
  func cut() {
    let long = (0..<500).map { "word\($0)" }.joined(separator: " ")
    let marked = MarkedAnswers(long, long, limit: 100)
    #expect(marked.first.isCut && marked.first.shared == 500 && marked.first.units == 500)
    #expect(marked.first.segments.map(\.text).joined().utf8.count <= 100)
    #expect(marked.first.segments.last?.text.hasSuffix("word14") ?? false)
  }
}
