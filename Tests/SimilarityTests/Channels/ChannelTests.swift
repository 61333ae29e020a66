import Cases
import Formats
import Foundation
import LinearAlgebra
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Channels")
struct ChannelTests {
  static func transcript(_ model: String, _ answers: [String: [String]]) -> Transcript {
    Transcript(
      model: ModelID(model),
      responses: answers.flatMap { prompt, texts in
        texts.enumerated().map { Response(prompt: PromptID(prompt), sample: $0, text: $1) }
      }, source: Digest(of: model))
  }

  static func table(_ transcripts: [Transcript]) -> AnswerTable {
    AnswerTable(Dictionary(uniqueKeysWithValues: transcripts.map { ($0.model, $0) }))
  }

  /// The score of one pair.
  static func score(_ channel: any Channel, _ transcripts: [Transcript], _ a: String, _ b: String) async throws
    -> Double
  {
    let measurement = try await ChannelRun.measure(table(transcripts), channels: [channel])
    let pair = try #require(measurement.pairs.index(ModelID(a), ModelID(b)))
    return measurement.scores()[0][pair]
  }

  // MARK: Openings

  @Test("an answer with fewer tokens agrees only with its equal")
  func shortOpening() async throws {
    let transcripts = [
      Self.transcript("a", ["1": ["Yes"], "2": ["Yes"], "3": ["Well, then"]]),
      Self.transcript("b", ["1": ["yes"], "2": ["Yes, of course"], "3": ["well , now"]]),
    ]
    #expect(try await Self.score(OpeningAgreement(length: 2), transcripts, "a", "b") == 2.0 / 3)
    #expect(try await Self.score(OpeningAgreement(length: 3), transcripts, "a", "b") == 1.0 / 3)
  }

  @Test("with several samples a contribution is the share of agreeing pairs")
  func samples() async throws {
    let transcripts = [
      Self.transcript("a", ["1": ["In short, no.", "It depends."]]),
      Self.transcript("b", ["1": ["In short: yes.", "In short, well.", "It depends on it."]]),
    ]
    #expect(try await Self.score(OpeningAgreement(length: 2), transcripts, "a", "b") == 3.0 / 6)
  }

  @Test("in Japanese an opening is counted in characters")
  func japanese() async throws {
    let transcripts = [
      Self.transcript("a", ["1": ["これは良い考えです。"], "2": ["はい、そうです。"]]),
      Self.transcript("b", ["1": ["これは 悪い考えです。"], "2": ["はい、そうかも。"]]),
    ]
    // "これは良" against "これは悪" differ; "はい、そ" agree.
    #expect(try await Self.score(OpeningAgreement(length: 2), transcripts, "a", "b") == 0.5)
  }

  @Test("prompts that one of the two left unanswered, or answered with nothing, do not count")
  func unanswered() async throws {
    let transcripts = [
      Self.transcript("a", ["1": ["One two"], "2": ["One two"], "3": [" \n"]]),
      Self.transcript("b", ["1": ["One two"], "3": ["One two"]]),
      Self.transcript("c", ["2": ["No no"], "3": ["One two"]]),
    ]
    #expect(try await Self.score(OpeningAgreement(length: 2), transcripts, "a", "b") == 1)
    #expect(try await Self.score(OpeningAgreement(length: 2), transcripts, "a", "c") == 0)
    #expect(try await Self.score(ContentOverlap(), transcripts, "b", "c") == 0)  // equal, but both owe it to the prompt
  }

  /// The numbers of issue 2: all prompts that both answered, openings of 3 tokens.
  @Test(
    "openings of real students agree with their teachers as measured elsewhere",
    .enabled(if: ReferenceCorpus.isHere, "\(ReferenceCorpus.note)"),
    arguments: [
      ("claude2-alpaca-13b", "claude-2", 0.452), ("claude2-alpaca-13b", "text_davinci_003", 0.053),
      ("alpaca-7b", "text_davinci_003", 0.214), ("platolm-7b", "gpt-3.5-turbo-0613", 0.397),
    ])
  func realOpenings(student: String, teacher: String, expected: Double) async throws {
    let transcripts = try [student, teacher].map { try ReferenceCorpus.transcript($0, of: "alpaca_eval") }
    let score = try await Self.score(OpeningAgreement(length: 3), transcripts, student, teacher)
    #expect(abs(score - expected) < 0.001)
  }

  // MARK: Content overlap

  @Test("contributions lie in 0...1, and do not change with the order of models or with shards of prompts")
  func properties() async throws {
    let words = ["kettle", "boil", "water", "the", "then", "lid", "pour", "slowly", "and", "wait"]
    func text(_ seed: Int) -> String {
      (0..<30).map { words[($0 * $0 * (seed + 3) + seed * 7 + $0) % words.count] }.joined(separator: " ") + "."
    }
    let prompts = (0..<40).map { "p\($0)" }
    let transcripts = ["m", "k", "z", "a"].enumerated().map { place, name in
      Self.transcript(name, Dictionary(uniqueKeysWithValues: prompts.enumerated().map { ($1, [text($0 * 5 + place)]) }))
    }
    let channels: [any Channel] = [ContentOverlap(), OpeningAgreement(length: 2)]
    let whole = try await ChannelRun.measure(Self.table(transcripts), channels: channels)
    let again = try await ChannelRun.measure(Self.table(transcripts.reversed()), channels: channels)
    for (one, other) in zip(whole.contributions, again.contributions) {
      #expect(one.values == other.values)
      #expect(one.values.values.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
    let shards = [prompts.prefix(13), prompts.dropFirst(13)].map { Set($0.map { PromptID($0) }) }
    var sums = [Double](repeating: 0, count: whole.pairs.count)
    for shard in shards {
      let part = try await ChannelRun.measure(
        Self.table(
          transcripts.map { t in
            Transcript(model: t.model, responses: t.responses.filter { shard.contains($0.prompt) }, source: t.source)
          }), channels: [ContentOverlap()])
      for (pair, score) in part.scores()[0].enumerated() { sums[pair] += score * Double(shard.count) }
    }
    for (sum, score) in zip(sums, whole.scores()[0]) { #expect(abs(sum / 40 - score) < 1e-12) }
  }

  @Test(
    "cosines are those of scikit-learn's TfidfVectorizer on real answers",
    .enabled(
      if: IndependentPython.isHere && ReferenceCorpus.isHere, "\(IndependentPython.note); \(ReferenceCorpus.note)"))
  func scikitLearn() async throws {
    let models = ["alpaca-7b", "claude-2", "gpt4_0613", "vicuna-7b", "text_davinci_003"].sorted()
    let prompts = (1...12).map { PromptID("ae-00" + ($0 < 10 ? "0\($0)" : "\($0)")) }
    let transcripts = try models.map { name in
      let whole = try ReferenceCorpus.transcript(name, of: "alpaca_eval")
      return Transcript(
        model: whole.model, responses: whole.responses.filter { prompts.contains($0.prompt) }, source: whole.source)
    }
    let texts = prompts.map { prompt in
      transcripts.map { t in t.responses.first { $0.prompt == prompt }?.text ?? "" }
    }
    let expected = try JSONDecoder().decode(
      [[Double]].self, from: IndependentPython.run(Self.tfidf, input: JSONEncoder().encode(texts)))
    let measured = try await ChannelRun.measure(Self.table(transcripts), channels: [ContentOverlap()])
    #expect(measured.prompts == prompts)
    for (row, values) in expected.enumerated() {
      for (pair, value) in values.enumerated() {
        #expect(abs(measured.contributions[0].values[row, pair] - value) < 1e-9)
      }
    }
  }

  @Test(
    "cosines of many answers are those of scikit-learn too, where some features are common and most are not",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func manyAnswers() async throws {
    let texts = Self.manyTexts(prompts: 2)
    let transcripts = (0..<40).map { model in
      Self.transcript("m\(10 + model)", ["p0": [texts[0][model]], "p1": [texts[1][model]]])
    }
    let expected = try JSONDecoder().decode(
      [[Double]].self, from: IndependentPython.run(Self.tfidf, input: JSONEncoder().encode(texts)))
    let measured = try await ChannelRun.measure(Self.table(transcripts), channels: [ContentOverlap()])
    for (row, values) in expected.enumerated() {
      for (pair, value) in values.enumerated() {
        #expect(abs(measured.contributions[0].values[row, pair] - value) < 1e-9)
      }
    }
  }

  private static let tfidf = """
    import json, re, sys, unicodedata
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    def features(text):
      tokens = re.findall(r"\\w+|[^\\w\\s]", unicodedata.normalize("NFC", text).lower())
      words = [t for t in tokens if re.match(r"\\w", t)]
      grams = [" ".join(words[i:i + n]) for n in (2, 3, 4) for i in range(len(words) - n + 1)]
      return grams + ["mark " + t for t in tokens if not re.match(r"\\w", t)]
    out = []
    for texts in json.load(sys.stdin):
      counts = CountVectorizer(analyzer=features).fit_transform(texts).toarray().astype(float)
      idf = np.log(len(texts) / (counts > 0).sum(0))
      weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * idf
      weights /= np.linalg.norm(weights, axis=1, keepdims=True)
      gram = weights @ weights.T
      out.append([gram[i, j] for i in range(len(texts)) for j in range(i + 1, len(texts))])
    print(json.dumps(out))
    """

  /// Answers of 40 models, of rare words and common ones, some said by all.
  static func manyTexts(prompts: Int) -> [[String]] {
    var generator = SeededGenerator(seed: 11)
    return (0..<prompts).map { _ in
      (0..<40).map { _ in
        (0..<240).map { place in
          let word = generator.next(below: 3) == 0 ? generator.next(below: 400) : generator.next(below: 6)
          return "w\(word)" + (place % 12 == 11 ? [".", "!", ";", "…"][generator.next(below: 4)] : "")
        }.joined(separator: " ")
      }
    }
  }
}
