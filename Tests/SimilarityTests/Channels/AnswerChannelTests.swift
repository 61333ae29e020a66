import Cases
import Foundation
import LinearAlgebra
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Channels of answers, refusals and claims")
struct AnswerChannelTests {
  static func contributions(_ channel: any Channel, _ models: [[String]]) async throws -> [Double] {
    let transcripts = models.enumerated().map { place, texts in
      ChannelTests.transcript("m\(place)", ["p": texts])
    }
    let measured = try await ChannelRun.measure(ChannelTests.table(transcripts), channels: [channel])
    return Array(measured.contributions[0].values.row(0))
  }

  @Test("an answer that all give adds little, an invention that two share adds much, and a long answer nothing")
  func agreement() async throws {
    let found = try await Self.contributions(
      AnswerAgreement(), [["1912."], ["1912", "1913"], ["1850"], ["It is not known when that was, I am afraid."]])
    // π: 1912 (1 + ½)/3, 1913 ½/3, 1850 1/3.
    let chance = (0.25 + 1.0 / 36 + 1.0 / 9)
    let expected = [0.5 - chance, -chance, 0, -chance, 0, 0]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found)")
    let common = try await Self.contributions(AnswerAgreement(), Array(repeating: ["Paris"], count: 5))
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
  func wording() async throws {
    let models = [
      ["I cannot help with that request."], ["I cannot help with that, friend."], ["Of course."], ["As an AI I pass."],
    ]
    let found = try await Self.contributions(RefusalWording(), models)
    #expect(found[0] > 0.1 && found[0] < 1)
    // (0,2), (1,2), (2,3): one side does not decline.
    #expect(found[1] == 0 && found[3] == 0 && found[5] == 0)
    let alone = try await Self.contributions(ContentOverlap(), models)
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

  /// Short answers, refusals and long ones, some models with several samples, in two kinds of script.
  static let mixed: [[[String]]] = [
    [
      ["1912."], ["\"1912\"", "In 1913", "I cannot help with that; it is not mine to say at all, I am afraid."],
      ["*1850*", "1912"], ["I cannot help with that, since nobody knows it, and I am sorry for it."], ["…", "1912!"],
      ["As an AI, I cannot help with that request. Please ask somebody else who may know.", "Year 1912, in May"],
    ],
    [
      ["申し訳ありませんが、お答えできません。"], ["申し訳ありませんが、それはお答えできません。ほかの質問をどうぞ。", "はい"], ["はい。"], ["いいえ", "はい"],
    ],
    [["Ja"], ["ja.", "Nein"], ["Tut mir leid, aber das geht nicht."], ["JA"], ["Tut mir leid, aber nein."]],
  ]

  @Test(
    "agreement of short answers and wording of refusals are those of an independent implementation",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independentAgreementAndWording() async throws {
    let script = #"""
      import collections, json, math, re, sys, unicodedata
      TOKEN = re.compile(r"\w+|[^\w\s]")
      prompts, phrases = json.load(sys.stdin)
      def chars(texts):
        letters = [c for t in texts for c in t if c.isalpha()]
        return 2 * sum(0x3040 <= ord(c) <= 0x30ff or 0x4e00 <= ord(c) <= 0x9fff for c in letters) > len(letters)
      def agreement(models):
        keys = [[tuple(w) if 0 < len(w) <= 6 else None for t in m for w in [re.findall(r"\w+", t.lower())]] for m in models]
        short = [[k for k in m if k] for m in keys]; answering = [m for m in short if m]; pi = collections.Counter()
        for m in answering:
          for k in m: pi[k] += 1 / len(m) / len(answering)
        chance = sum(v * v for v in pi.values())
        def pair(a, b):
          couples = [x == y for x in short[a] for y in short[b]]
          return sum(couples) / len(couples) - chance if couples else 0
        return [pair(a, b) for a in range(len(models)) for b in range(a + 1, len(models))]
      def wording(models):
        texts = [(i, t) for i, m in enumerate(models) for t in m]
        by = chars([t for _, t in texts])
        declining = [k for k, (_, t) in enumerate(texts) if any(p in t.lower() for p in phrases)]
        def grams(t):
          u, n = (list(t.strip()), (2, 3, 4)) if by else (TOKEN.findall(t.lower()), (1, 2, 3))
          return collections.Counter((k, tuple(u[i:i + k])) for k in n for i in range(len(u) - k + 1))
        found = {k: grams(t) for k, (_, t) in enumerate(texts)}
        df = collections.Counter(g for c in found.values() for g in c)
        vectors = {k: {g: (1 + math.log(n)) * math.log(len(found) / df[g]) for g, n in c.items()} for k, c in found.items()}
        def cosine(x, y):
          norm = math.sqrt(sum(v * v for v in x.values()) * sum(v * v for v in y.values()))
          return sum(v * y.get(g, 0) for g, v in x.items()) / norm if norm else 0
        def pair(a, b):
          couples = [(x, y) for x, (i, _) in enumerate(texts) for y, (j, _) in enumerate(texts) if i == a and j == b]
          return sum(cosine(vectors[x], vectors[y]) for x, y in couples if x in declining and y in declining) / len(couples)
        return [pair(a, b) for a in range(len(models)) for b in range(a + 1, len(models))]
      print(json.dumps([[agreement(m), wording(m)] for m in prompts]))
      """#
    struct Input: Encodable {
      let prompts: [[[String]]]
      let phrases: [String]
      func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        try list.encode(prompts)
        try list.encode(phrases)
      }
    }
    let input = Input(prompts: Self.mixed, phrases: RefusalMarkers.phrases.values.flatMap(\.self))
    let expected = try JSONDecoder().decode(
      [[[Double]]].self, from: IndependentPython.run(script, input: JSONEncoder().encode(input)))
    for (models, values) in zip(Self.mixed, expected) {
      for (channel, own) in zip([AnswerAgreement(), RefusalWording()] as [any Channel], values) {
        let found = try await Self.contributions(channel, models)
        #expect(own.contains { abs($0) > 0.02 }, "nothing to compare: \(channel.name)")
        #expect(
          found.count == own.count && zip(found, own).allSatisfy { abs($0 - $1) < 1e-9 },
          "\(channel.name): \(found), \(own)")
      }
    }
  }

  @Test("a claim needs a speaker who speaks of itself and a maker, in one sentence")
  func claims() {
    #expect(IdentityClaims.named("I am ChatGPT, a large language model.") == ["OpenAI"])
    #expect(IdentityClaims.named("I’m an assistant. Claude is made elsewhere, they say.") == [])
    #expect(IdentityClaims.named("我是通义千问，由阿里云开发的。") == ["Alibaba"])
    #expect(IdentityClaims.named("私はグーグルによって訓練されました。") == ["Google"])
    #expect(IdentityClaims.named("OpenAI is a company.") == [])
    // What was made by a maker is not the speaker, words are whole, and a denial is no claim.
    for text in [
      "TensorFlow was developed by Google and released in 2015.", "Use soybean or palm oil for frying.",
      "React was created by Facebook.", "I am not ChatGPT, and I was not made by OpenAI.",
      "As an AI, I don't have access to Google", "No soy ChatGPT", "Ich bin nicht Claude", "私はChatGPTではありません。",
      "我不是由OpenAI开发的。",
    ] {
      #expect(IdentityClaims.named(text) == [], "\(text)")
      #expect(!IdentityClaims([text], readsDenials: false).found.isEmpty, "earlier versions counted \(text)")
    }
    for text in [
      "I was trained by Google", "As an AI language model made by Google, I don't have opinions.",
      "I don't have feelings, because I was built by Google.", "Soy Gemini2.5",
      "Thanks, Google created me: call me Gemini",
      "Ich bin Gemini, nicht ein Mensch.", "'I am Gemini'",
    ] {
      #expect(IdentityClaims.named(text) == ["Google"], "\(text)")
    }
    // Every name is seen in any case, one with a Kelvin sign for its K too.
    for (maker, names) in IdentityClaims.makers {
      for name in names {
        #expect(IdentityClaims.named("Well. I am \(name.uppercased()) 2") == [maker], "\(name)")
        #expect(IdentityClaims.named("I am \(name.dropLast()) 2").isSubset(of: [maker]))
      }
    }
    #expect(IdentityClaims.named("I am \u{212A}imi.") == ["Moonshot"])
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
    #expect(zip(found.contributions[0].values.values, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    vectors[ModelID("m1")]?[PromptID("p")] = [[1, 2]]
    #expect(throws: EmbeddingSimilarity.Failure.self) { try EmbeddingSimilarity().measure(vectors) }
  }

  @Test(
    "the same vector several times is the vector once; one whose square is no number is refused, however many there are"
  )
  func repeatedEmbeddings() throws {
    var generator = SeededGenerator(seed: 9)
    let once = (0..<4).map { _ in (0..<6).map { _ in Double(generator.next(below: 1_000)) / 100 } }
    func values(_ samples: [[[Double]]]) throws -> [Double] {
      var vectors: [ModelID: [PromptID: [[Double]]]] = [:]
      for (model, own) in samples.enumerated() { vectors[ModelID("m\(model)")] = [PromptID("p"): own] }
      return try EmbeddingSimilarity().measure(vectors).contributions[0].values.values
    }
    let single = try values(once.map { [$0] })
    let several = try values(once.enumerated().map { Array(repeating: $1, count: 1 + 2 * $0) })
    #expect(zip(single, several).allSatisfy { abs($0 - $1) <= 0x1p-29 } && Set(single).count == 6)
    let huge = [Double](repeating: 1e200, count: 6)
    #expect(throws: EmbeddingSimilarity.Failure.self) { try values([[once[0], huge], [once[1], once[2]]]) }
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

  @Test("a phrase counts once an answer, however often it is said in it")
  func repeatedPhrases() async throws {
    var transcripts: [Transcript] = []
    for name in ["a", "b", "c", "d", "e"] {
      let texts = (0..<12).map { prompt in
        let own = "\(name)x\(prompt)"
        return switch name {
        case "a", "b": "\(own) dear \(own)y"
        case "c" where prompt < 3: "\(own) dear \(own)y dear \(own)z dear"
        default: "\(own) \(own)y"
        }
      }
      transcripts.append(
        ChannelTests.transcript(
          name, Dictionary(uniqueKeysWithValues: texts.enumerated().map { ("p\(10 + $0)", [$1]) })))
    }
    let cohort = ["c", "d", "e"].map { ModelID($0) }
    let phrases = await SharedPhrases(
      ChannelTests.table(transcripts), ModelID("a"), ModelID("b"), cohort: cohort, limit: 10
    ).phrases
    let found = try #require(phrases.first)
    #expect(found.text == "dear" && found.first == 12 && found.second == 12, "\(found)")
    #expect(abs(found.cohortShare - 3.0 / 36) < 1e-12, "\(found.cohortShare)")
  }

  @Test(
    "habits that two share are told with the deviations that an independent implementation finds",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independentStyle() async throws {
    struct Expected: Decodable { let feature: Int; let first: Double; let second: Double }
    let texts: [String: [[String]]] = [
      "a": [["Sure! **Here** we go:\n- one\n- two!"], ["However, it is 1912…", "Sure, you may! (We do.)"]],
      "b": [["Sure! We think so:\n- one; two!"], ["However, you might; however: no!"]],
      "c": [["No.", "It is so."], ["The end of the day, and that is it."]],
      "d": [["Perhaps: A, B and C?"], ["I do not know 12 of them. They are what they are."]],
      "e": [["# Title\n\nText of some length, which ends here"], ["Overall, fine. In summary, it is important."]],
      "f": [["What is it?\nIt's that."], ["We can't say – or can we? \"No\"."]],
    ]
    let script =
      IndependentChannels.script.components(separatedBy: "out = []")[0]
      + IndependentChannels.sharedStyle
    let expected = try JSONDecoder().decode(
      [Expected].self, from: IndependentPython.run(script, input: JSONEncoder().encode(texts)))
    let table = ChannelTests.table(
      texts.map { name, prompts in
        ChannelTests.transcript(
          name, Dictionary(uniqueKeysWithValues: prompts.enumerated().map { ("p\($0)", $1) }))
      })
    let cohort = ["c", "d", "e", "f"].map { ModelID($0) }
    let found = await SharedStyle(table, ModelID("a"), ModelID("b"), cohort: cohort, limit: 200).features
    #expect(found.count == expected.count && found.count > 5)
    for own in expected {
      #expect(
        found.contains { abs($0.zFirst - own.first) < 1e-9 && abs($0.zSecond - own.second) < 1e-9 },
        "feature \(own.feature): \(own)")
    }
    let strengths = found.map { min(abs($0.zFirst), abs($0.zSecond)) }
    #expect(strengths == strengths.sorted(by: >))
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
