import Cases
import Formats
import Similarity
import Testing

@Suite("In which language a set of answers is")
struct MainLanguageTests {
  @Test(
    "English is told by its words, other languages by their script",
    arguments: [
      ("The cat sat on the mat, and it was not of the opinion that this is a chair.", MainLanguage.english),
      ("Die Katze saß auf der Matte und hielt sie für einen Stuhl.", .otherLatin),
      ("猫は敷物の上に座っていました。", .japanese), ("猫坐在垫子上，觉得那是一把椅子。", .chinese),
      ("고양이가 매트 위에 앉아 있었다.", .korean), ("Кот сидел на коврике.", .cyrillic),
      ("Η γάτα καθόταν στο χαλί.", .greek), ("", .otherLatin), ("123 !?", .otherLatin),
    ])
  func languages(text: String, expected: MainLanguage) {
    let model = ModelID("m")
    let transcript = Transcript(
      model: model, responses: [Response(prompt: PromptID("p"), sample: 0, text: text)], source: Digest(of: text))
    #expect(MainLanguage.of([model: transcript]) == expected)
  }

  @Test("names in another script do not make an answer of that script")
  func foreignNames() {
    let model = ModelID("m")
    let responses = ["Кот по-английски — cat, а сайт — example.com.", "東京 (Tokyo) のタワーは高いです。"].map {
      Transcript(
        model: model, responses: [Response(prompt: PromptID("p"), sample: 0, text: $0)], source: Digest(of: $0))
    }
    #expect(responses.map { MainLanguage.of([model: $0]) } == [.cyrillic, .japanese])
  }

  @Test("nobody's answers are in no language that is told from others")
  func nothing() { #expect(MainLanguage.of([:]) == .otherLatin) }
}
