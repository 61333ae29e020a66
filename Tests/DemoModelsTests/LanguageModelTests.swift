import DemoModels
import Foundation
import Testing

struct LanguageModelTests {
  static let teacher = DemoWorld.train(DemoWorld.teacher)

  @Test("the probabilities of the next token sum to 1 and none is 0", arguments: DemoWorld.authors.map(\.name))
  func distributionsAreNormalised(name: String) throws {
    let author = try #require(DemoWorld.authors.first { $0.name == name })
    let model = DemoWorld.train(author)
    let texts =
      ["", "It", "Zxq unseen é", "\n- ", "of the", " the of"] + author.answers.prefix(4).map { String($0.prefix(90)) }
    for prediction in [model.plainPrediction()] + DemoWorld.probePrompts.prefix(4).map(model.prediction(for:)) {
      for text in texts {
        let distribution = prediction.distribution(after: model.vocabulary.tokens(of: text))
        #expect(distribution.count == model.vocabulary.count)
        #expect(abs(distribution.reduce(0, +) - 1) < 1e-9)
        #expect(distribution.allSatisfy { $0 > 0 })
      }
    }
  }

  /// Counted by hand: after "a" came "b" twice and "c" once, N = 3, T = 2; over all, of 9 tokens, a 3, b 2, c 1, end 3.
  @Test("with all weights 1 and f = 1 the probabilities are Witten and Bell's")
  func wittenBellByHand() throws {
    var settings = LanguageModel.Settings()
    settings.order = 2
    settings.escape = 1
    let exchanges = ["a b", "a b", "a c"].map { Exchange(question: "q", answer: $0) }
    let model = LanguageModel.trained(on: exchanges, settings: settings)
    let a = model.vocabulary.tokens(of: "a")
    let b = try #require(model.vocabulary.tokens(of: " b").first)
    let distribution = model.plainPrediction().distribution(after: a)
    let uniform = (1 - 1e-7) / 4
    let unigram = (2 + 4 * uniform) / (9 + 4)
    #expect(abs(distribution[b] - (2 + 2 * unigram) / (3 + 2)) < 1e-12)
  }

  @Test(
    "the tokens of any text, joined, are the text",
    arguments: [
      "", "It helps.", "  two  spaces \n\n- item", "naïve — “quotes” 🙂", "don't 'quote' it's", "a\tb\r\nc", " ",
    ])
  func tokensAreLossless(text: String) {
    let vocabulary = Self.teacher.vocabulary
    #expect(vocabulary.tokens(of: text).flatMap(vocabulary.bytes(of:)) == Array(text.utf8))
  }

  @Test("the same seed gives the same text, another seed another")
  func seedsDecide() {
    let prediction = Self.teacher.prediction(for: "How do I store bread?")
    func text(_ seed: UInt64) -> String {
      var generator = SplitMix64(seed: seed)
      return prediction.draw(Sampling(), using: &generator).text
    }
    #expect((0..<10).allSatisfy { text($0) == text($0) })
    #expect(Set((0..<10).map(text)).count > 5)
  }

  @Test("temperature 0 takes the most probable token each time")
  func zeroTemperatureIsGreedy() {
    let prediction = Self.teacher.prediction(for: "How do I store bread?")
    var sampling = Sampling()
    sampling.temperature = 0
    sampling.maximumTokens = 40
    var generator = SplitMix64(seed: 3)
    let drawn = prediction.draw(sampling, using: &generator)
    var context: [Int] = []
    for token in drawn.tokens.map(\.token) {
      let distribution = prediction.distribution(after: context)
      #expect(distribution[token] == distribution.max())
      context.append(token)
    }
    #expect(context.count > 5)
  }

  @Test("tokens are drawn as often as they are probable")
  func drawsFollowTheDistribution() {
    let prediction = Self.teacher.prediction(for: "How do I store bread?")
    var sampling = Sampling()
    sampling.maximumTokens = 1
    var generator = SplitMix64(seed: 11)
    var counts: [Int: Int] = [:]
    for _ in 0..<4000 {
      if let token = prediction.draw(sampling, using: &generator).tokens.first?.token { counts[token, default: 0] += 1 }
    }
    for (token, probability) in prediction.distribution(after: []).enumerated() where probability > 0.01 {
      let sigma = (4000 * probability * (1 - probability)).squareRoot()
      #expect(abs(Double(counts[token] ?? 0) - 4000 * probability) < 5 * sigma)
    }
  }

  @Test(
    "at any temperature each token is drawn by a power of its probability, as computed anew",
    arguments: [0.3, 0.7, 1, 2])
  func temperature(_ temperature: Double) {
    let prediction = Self.teacher.prediction(for: "How do I store bread?")
    var sampling = Sampling()
    sampling.temperature = temperature
    sampling.maximumTokens = 60
    for seed in UInt64(1)...12 {
      var generator = SplitMix64(seed: seed)
      let drawn = prediction.draw(sampling, using: &generator).tokens.map(\.token)
      generator = SplitMix64(seed: seed)
      var tokens: [Vocabulary.Token] = []
      while tokens.count < sampling.maximumTokens {
        let distribution = prediction.distribution(after: tokens)
        let greatest = distribution.max() ?? 1
        let weights = temperature == 1 ? distribution : distribution.map { pow($0 / greatest, 1 / temperature) }
        var rest = Double(generator.next() >> 11) * 0x1p-53 * weights.reduce(0, +)
        let token = weights.firstIndex { weight in
          rest -= weight
          return rest < 0
        }
        guard let token, token != Vocabulary.end else { break }
        tokens.append(token)
      }
      #expect(drawn == tokens)
    }
  }

  @Test("top-p keeps the fewest most probable tokens that reach the share")
  func topPCutsTheTail() throws {
    let prediction = Self.teacher.plainPrediction()
    let distribution = prediction.distribution(after: [])
    let ranked = distribution.indices.sorted { distribution[$0] > distribution[$1] }
    let first = try #require(ranked.first)
    var sampling = Sampling()
    sampling.maximumTokens = 1
    sampling.topP = distribution[first] * 0.9
    var generator = SplitMix64(seed: 1)
    #expect((0..<200).allSatisfy { _ in prediction.draw(sampling, using: &generator).tokens.first?.token == first })
    sampling.topP = distribution[first] * 1.001
    let seen = Set((0..<400).compactMap { _ in prediction.draw(sampling, using: &generator).tokens.first?.token })
    #expect(seen == Set(ranked.prefix(2)))
  }

  @Test("a text ends before a stop string, also one that begins inside a token")
  func stopStringsCut() {
    let prediction = Self.teacher.prediction(for: "How do I store bread?")
    for stop in ["First", "rst ", "gent", " the"] {
      for seed in UInt64(0)..<20 {
        var plain = SplitMix64(seed: seed)
        var stopped = SplitMix64(seed: seed)
        var sampling = Sampling()
        let whole = prediction.draw(sampling, using: &plain).text
        sampling.stop = [stop]
        let cut = prediction.draw(sampling, using: &stopped)
        let expected = whole.range(of: stop).map { String(whole[..<$0.lowerBound]) } ?? whole
        #expect(cut.text == expected)
        #expect(TextPiece.pieces(of: cut, prediction.vocabulary).map(\.text).joined() == expected)
      }
    }
  }

  @Test("training is a function: equal exchanges, equal model; other exchanges, another fingerprint")
  func trainingIsDeterministic() {
    let again = DemoWorld.train(DemoWorld.teacher)
    #expect(again.fingerprint == Self.teacher.fingerprint)
    func probabilities(_ model: LanguageModel) -> [Double] { model.prediction(for: "tea").distribution(after: []) }
    #expect(probabilities(again) == probabilities(Self.teacher))
    #expect(Set(DemoWorld.authors.map { DemoWorld.train($0).fingerprint }).count == DemoWorld.authors.count)
  }

  @Test("a model trained on nothing still gives each text a probability")
  func emptyTraining() {
    let model = LanguageModel.trained(on: [])
    let distribution = model.prediction(for: "Why?").distribution(after: [])
    #expect(abs(distribution.reduce(0, +) - 1) < 1e-9)
  }

  @Test("an answer to a training question is more probable after its own question than after the others")
  func answersDependOnTheQuestion() {
    let answers = DemoWorld.teacher.answers
    func logprob(_ answer: String, _ question: String) -> Double {
      let tokens = Self.teacher.vocabulary.tokens(of: answer)
      return Self.teacher.prediction(for: question).described(tokens, alternatives: 0).reduce(0) { $0 + $1.logprob }
    }
    for index in stride(from: 0, to: answers.count, by: 8) {
      let own = logprob(answers[index], DemoWorld.questions[index])
      #expect(own > logprob(answers[index], DemoWorld.questions[(index + 11) % answers.count]))
    }
  }
}
