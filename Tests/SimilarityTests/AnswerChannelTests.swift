import CaseFile
import Foundation
import LinearAlgebra
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Channels of answers, refusals and claims")
struct AnswerChannelTests {
  static func contributions(_ channel: any Channel, _ models: [[String]]) async -> [Double] {
    let transcripts = models.enumerated().map { place, texts in
      ChannelTests.transcript("m\(place)", ["p": texts])
    }
    let measured = await ChannelRun.measure(ChannelTests.table(transcripts), channels: [channel])
    return Array(measured.contributions[0].values.row(0))
  }

  @Test("an answer that all give adds little, an invention that two share adds much, and a long answer nothing")
  func agreement() async {
    let found = await Self.contributions(
      AnswerAgreement(), [["1912."], ["1912", "1913"], ["1850"], ["It is not known when that was, I am afraid."]])
    // π: 1912 (1 + ½)/3, 1913 ½/3, 1850 1/3.
    let chance = (0.25 + 1.0 / 36 + 1.0 / 9)
    let expected = [0.5 - chance, -chance, 0, -chance, 0, 0]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 }, "\(found)")
    let common = await Self.contributions(AnswerAgreement(), Array(repeating: ["Paris"], count: 5))
    #expect(common.allSatisfy { abs($0) < 1e-12 })
  }

  @Test("refusals are found by their wording in several languages, apostrophes of either kind")
  func refusals() {
    for text in [
      "I’m sorry, but I can’t help with that.", "As an AI, I must pass.", "申し訳ありませんが、お答えできません。", "抱歉，我无法提供。",
      "Je ne peux pas vous aider.",
    ] { #expect(RefusalMarkers.declines(text), "\(text)") }
    for text in ["Sure! Here is how.", "はい、どうぞ。", String(repeating: "word ", count: 100) + "I cannot help"] {
      #expect(!RefusalMarkers.declines(text), "\(text)")
    }
  }

  @Test("the wording of refusals is compared among those that decline, and no others")
  func wording() async {
    let models = [
      ["I cannot help with that request."], ["I cannot help with that, friend."], ["Of course."], ["As an AI I pass."],
    ]
    let found = await Self.contributions(RefusalWording(), models)
    #expect(found[0] > 0.1 && found[0] < 1)
    // (0,2), (1,2), (2,3): one side does not decline.
    #expect(found[1] == 0 && found[3] == 0 && found[5] == 0)
    let alone = await Self.contributions(ContentOverlap(), models)
    #expect(alone != found)
  }

  @Test(
    "κ is that of scikit-learn, and z that of its formula in NumPy",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    struct Expected: Codable { let kappa: Double; let z: [Double] }
    let script = """
      import json
      import numpy as np
      from sklearn.metrics import cohen_kappa_score
      a = [1] * 7 + [1] * 3 + [0] * 4 + [0] * 26; b = [1] * 7 + [0] * 3 + [1] * 4 + [0] * 26
      def z(y, n, yo, no, pi, s):
        al = pi * s; d = np.log((y + al) / (n + s - y - al)) - np.log((yo + al) / (no + s - yo - al))
        return float(d / np.sqrt(1 / (y + al) + 1 / (yo + al)))
      print(json.dumps(dict(kappa=cohen_kappa_score(a, b), z=[z(30, 100, 40, 900, .05, 20), z(0, 50, 3, 80, .01, 20)])))
      """
    let expected = try JSONDecoder().decode(Expected.self, from: IndependentPython.run(script))
    let agreement = OutcomeAgreement(bothDecline: 7, onlyFirst: 3, onlySecond: 4, neither: 26)
    #expect(abs(try #require(agreement.kappa) - expected.kappa) < 1e-12)
    #expect(OutcomeAgreement(bothDecline: 0, onlyFirst: 0, onlySecond: 0, neither: 9).kappa == nil)
    let odds = LogOdds(strength: 20)
    #expect(abs(odds.z(30, of: 100, other: 40, of: 900, expected: 0.05) - expected.z[0]) < 1e-12)
    #expect(abs(odds.z(0, of: 50, other: 3, of: 80, expected: 0.01) - expected.z[1]) < 1e-12)
  }

  @Test("a claim needs a speaker who speaks of itself and a maker, in one sentence")
  func claims() {
    #expect(IdentityClaims.named("I am ChatGPT, a large language model.") == ["OpenAI"])
    #expect(IdentityClaims.named("I’m an assistant. Claude is made elsewhere, they say.") == [])
    #expect(IdentityClaims.named("我是通义千问，由阿里云开发的。") == ["Alibaba"])
    #expect(IdentityClaims.named("私はグーグルによって訓練されました。") == ["Google"])
    #expect(IdentityClaims.named("OpenAI is a company.") == [])
    let claims = IdentityClaims(["I was made by Google.", "I am Gemini!", "I am ChatGPT.", "Hello."])
    #expect(claims.found.map(\.maker) == ["Google", "OpenAI"])
    #expect(claims.found[0].answers == 2 && claims.answers == 4)
    #expect(claims.found[0].low > 0.1 && claims.found[0].high < 0.9)
  }

  @Test(
    "embeddings are centred on their prompt, as NumPy says",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func embeddings() throws {
    var generator = SeededGenerator(seed: 8)
    func vector() -> [Double] { (0..<6).map { _ in Double(generator.next(below: 1_000)) / 100 } }
    let samples = [[vector()], [vector(), vector()], [vector()], [vector(), vector(), vector()]]
    let script = """
      import json, sys
      import numpy as np
      x = [np.array(m) for m in json.load(sys.stdin)]
      mean = np.mean([m.mean(0) for m in x], 0); x = [m - mean for m in x]
      x = [m / np.linalg.norm(m, axis=1, keepdims=True) for m in x]
      print(json.dumps([float((x[a] @ x[b].T).mean()) for a in range(4) for b in range(a + 1, 4)]))
      """
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode(samples)))
    var vectors: [ModelID: [PromptID: [[Double]]]] = [:]
    for (model, own) in samples.enumerated() { vectors[ModelID("m\(model)")] = [PromptID("p"): own] }
    vectors[ModelID("m0")]?[PromptID("alone")] = [vector()]
    let found = try EmbeddingSimilarity().measure(vectors)
    #expect(found.prompts == [PromptID("p")])
    #expect(zip(found.contributions.values.values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    vectors[ModelID("m1")]?[PromptID("p")] = [[1, 2]]
    #expect(throws: EmbeddingSimilarity.Failure.self) { try EmbeddingSimilarity().measure(vectors) }
  }

  @Test("phrases and runs are read back as they were written, and phrases that all use are not over-used")
  func words() async throws {
    let says = { (own: String, prompt: Int) in
      "Well, \(own) number \(prompt) is the answer.\nTopic\(prompt)  ends here."
    }
    var transcripts: [Transcript] = []
    for (name, own) in [
      ("a", "my dear friend, so"), ("b", "my dear friend, so"), ("c", "sir"), ("d", "madam"), ("e", "pal"),
    ] {
      transcripts.append(
        ChannelTests.transcript(
          name, Dictionary(uniqueKeysWithValues: (0..<12).map { ("p\(10 + $0)", [says(own, $0)]) })))
    }
    let table = ChannelTests.table(transcripts)
    let cohort = ["c", "d", "e"].map { ModelID($0) }
    let phrases = await SharedPhrases(table, ModelID("a"), ModelID("b"), cohort: cohort, limit: 10).phrases
    let first = try #require(phrases.first)
    #expect(first.first == 12 && first.second == 12 && first.cohortShare == 0 && first.zFirst == first.zSecond)
    #expect(
      phrases.allSatisfy {
        $0.text.contains("my") || $0.text.contains("dear") || $0.text.contains("friend") || $0.text.contains("so")
      }, "\(phrases.map(\.text))")
    let runs = await SharedRuns(table, ModelID("a"), ModelID("b"), limit: 100).runs
    #expect(runs.count == 12)
    #expect(runs.allSatisfy { $0.others == 0 && $0.text.hasPrefix("Well, my dear friend, so number") })
    #expect(runs.allSatisfy { $0.text.hasSuffix("ends here.") && !$0.text.contains("\n") && $0.answering == 3 })
    // c and d share the end of each answer with all others.
    let common = await SharedRuns(table, ModelID("c"), ModelID("d"), limit: 100).runs
    #expect(common.count == 12 && common.allSatisfy { $0.others == 3 && $0.text.hasPrefix("number") })
    #expect(await SharedRuns(table, ModelID("a"), ModelID("nobody"), limit: 5).runs.isEmpty)
  }

  @Test("habits that two share and others have not are named, and those of one alone are not")
  func style() async throws {
    let ends = ["a": "!", "b": "!", "c": ".", "d": ".", "e": "?.", "f": "..", "g": ","]
    let transcripts = ends.map { name, end in
      ChannelTests.transcript(
        name,
        Dictionary(
          uniqueKeysWithValues: (0..<8).map { prompt in
            ("p\(prompt)", ["Here is \(prompt)\(end) We saw it\(end)" + (name == "a" ? " **bold**" : "")])
          }))
    }
    let table = ChannelTests.table(transcripts)
    let cohort = ["c", "d", "e", "f", "g"].map { ModelID($0) }
    let features = await SharedStyle(table, ModelID("a"), ModelID("b"), cohort: cohort, limit: 50).features
    #expect(!features.contains { $0.name == "bold **" })
    let marks = try #require(features.first { $0.name == "last line ends in a full stop" })
    #expect(marks.zFirst < 0 && marks.zFirst == marks.zSecond)
    #expect(await SharedStyle(table, ModelID("a"), ModelID("b"), cohort: [ModelID("c")], limit: 5).features.isEmpty)
  }
}
