import Cases
import Formats
import Similarity
import Testing

@Suite("Stock openings")
struct StockOpeningTests {
  private static func transcript(_ name: String, _ texts: [String]) -> (ModelID, Transcript) {
    let id = ModelID(name)
    return (
      id,
      Transcript(
        model: id,
        responses: texts.enumerated().map { Response(prompt: PromptID("p\($0)"), sample: 0, text: $1) },
        source: Digest(of: name))
    )
  }

  private static func all(_ transcripts: [(ModelID, Transcript)]) -> [ModelID: Transcript] {
    Dictionary(uniqueKeysWithValues: transcripts)
  }

  @Test("the beginning that both use most is counted in each, and in the others")
  func shares() throws {
    let stock = "Well then, let us see"
    let found = try #require(
      StockOpening(
        ModelID("a"), ModelID("b"),
        among: Self.all([
          Self.transcript("a", ["\(stock) 1", "  WELL then , let us 2", "\(stock) 3", "It is so and so, four"]),
          Self.transcript("b", ["\(stock) 5", "\(stock) 6", "It is so and so, 7", "Nobody else says this so"]),
          Self.transcript("c", ["\(stock) 8", "x y z u v", "x y z u v", "x y z u v"]),
          Self.transcript("d", ["nothing of the kind at all"]), Self.transcript("e", ["\(stock) 9"]),
        ])))
    #expect(found.ofOne == 0.75 && found.ofOther == 0.5)
    #expect(found.others == 3 && found.othersAlike == 2)
    #expect(found.next?.model == ModelID("e") && found.next?.share == 1)
    #expect(
      StockOpening(
        ModelID("a"), ModelID("b"),
        among: Self.all([Self.transcript("a", ["one two three four five"]), Self.transcript("b", ["six"])])) == nil)
  }

  @Test("without spaces an opening is ten characters")
  func japanese() throws {
    let found = try #require(
      StockOpening(
        ModelID("a"), ModelID("b"),
        among: Self.all([
          Self.transcript("a", ["もちろんです。以下は案です。", "日本語の答えをここに書きます。"]),
          Self.transcript("b", ["もちろんです。以下は別の案です。", "別の答えをここに書いておきます。"]),
        ])))
    #expect(found.ofOne == 0.5 && found.ofOther == 0.5 && found.next == nil)
  }

  /// Sentences, marks and white space of about as much as is looked at before all is.
  private static let longBeginnings: [(String, String)] = (500..<524).flatMap(beginnings)

  private static func beginnings(_ length: Int) -> [(String, String)] {
    func many(_ text: String) -> String { String(repeating: text, count: length) }
    return [
      ("\(many("x")). Rest.", "Rest."), ("\(many("x"))。Rest.", "Rest."), ("x\(many("!"))) \n Rest.", "Rest."),
      ("\(many(" "))x. Rest.", "Rest."), ("\(many(". "))x y. Rest.", "Rest."), (many("x"), ""), (many("?"), ""),
    ]
  }

  @Test(
    "the first sentence or line is taken away, and nothing else",
    arguments: [
      ("One. Two. Three.", "Two. Three."), ("Line\n\nNext. More", "Next. More"), ("Only one", ""), ("", ""),
      ("\n\nFirst!\nSecond", "Second"), ("答えです。次です。", "次です。"), ("3.5 is it? Yes.", "Yes."), ("... !!", ""),
    ] + longBeginnings)
  func first(text: String, rest: String) {
    let others = Self.transcript("b", ["Another. Answer."])
    let table = AnswerTable(
      Dictionary(uniqueKeysWithValues: [Self.transcript("a", [text]), others]), passingFirstSentences: true)
    // An answer of which nothing is left is none, and a prompt that one model answered cannot be compared.
    #expect((table.prompts.isEmpty ? [""] : table.samples(prompt: 0, model: 0)) == [rest])
  }
}
