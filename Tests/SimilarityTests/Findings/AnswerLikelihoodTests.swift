import Cases
import Foundation
import Similarity
import Testing

@Suite("Likelihood of a given answer")
struct AnswerLikelihoodTests {
  private static func tokens(_ list: [(String, Double?)]) -> [TokenLogprob] {
    list.map { TokenLogprob(token: $0, logprob: $1) }
  }

  private let given = GivenAnswer(text: "a río", model: nil, prompt: PromptID("p"), sample: 0)

  @Test("an answer that was said token by token counts all its bytes, and not its end")
  func said() throws {
    let answer = Answer(text: "a río", tokens: Self.tokens([("a", -1), (" r", -0.5), ("ío", -0.25), ("", -3)]))
    let found = try #require(AnswerLikelihood(answer, of: given))
    #expect(found.bytes == 6 && abs(found.perByte + 1.75 / log(2) / 6) < 1e-12)
    let spaced = Answer(text: "a río", tokens: Self.tokens([(" ", -1), ("a río", -0.75)]))
    let same = try #require(AnswerLikelihood(spaced, of: given))
    #expect(same.bits == found.bits && same.bytes == found.bytes && same.tokens == 2)
    // Parts of a character come with their bytes.
    let split = [
      TokenLogprob(token: "a r", logprob: -1), TokenLogprob(token: "\u{FFFD}", bytes: [0xC3], logprob: -1),
      TokenLogprob(token: "\u{FFFD}", bytes: [0xAD, 0x6F], logprob: -1),
    ]
    #expect(AnswerLikelihood(Answer(text: "a río", tokens: split), of: given)?.bytes == 6)
  }

  @Test("of an echo the end is the answer; a token that begins in the prompt is left out with its bytes")
  func echoed() throws {
    let echo = Self.tokens([("Que", nil), (" hay", -9), ("?a", -7), (" r", -0.5), ("ío", -0.25)])
    let found = try #require(AnswerLikelihood(Answer(text: "", promptTokenLogprobs: echo), of: given))
    #expect(found.bytes == 5 && abs(found.bits + 0.75 / log(2)) < 1e-12)
    let whole = Self.tokens([("Q", nil), ("a", -1), (" río", -1)])
    #expect(AnswerLikelihood(Answer(text: "", promptTokenLogprobs: whole), of: given)?.bytes == 6)
  }

  @Test("what is kept of an answer to tell it tells the same, whatever else came")
  func kept() {
    typealias Pair = (String, Double?)
    let list: [Pair] = [("Que", nil), ("", -2), ("a", -1), ("", nil), (" r", -0.5), ("", -3), ("ío", -0.25)]
    let said: [Pair] = [("", -2), ("a", -1), (" r", -0.5), ("ío", -0.25), ("", nil)]
    let space: [Pair] = [(" ", -1)]
    let none: [Pair] = Array(repeating: ("", -1), count: 1_000)
    let letters: [Pair] = Array(repeating: ("a", -1), count: 1_000)
    let echoes: [[Pair]] = [list, list + none, letters + list, [], none, letters]
    let own: [[Pair]] = [said, none + said, said + none, space + said, said + letters, letters, none]
    let alternative = [TokenLogprob(token: "b", logprob: -2)]
    var answers = echoes.map { Answer(text: "", promptTokenLogprobs: Self.tokens($0)) }
    answers += own.map { tokens in
      let listed = Self.tokens(tokens).map { TokenLogprob(token: $0.token, logprob: $0.logprob, top: alternative) }
      return Answer(text: "a río", tokens: listed)
    }
    for answer in answers {
      for text in ["a río", " r", "", "a"] {
        let given = GivenAnswer(text: text, model: nil, prompt: PromptID("p"), sample: 0)
        let kept = answer.telling(given)
        for refuses in [true, false] {
          #expect(
            AnswerLikelihood(kept, of: given, refusesCertainty: refuses)
              == AnswerLikelihood(answer, of: given, refusesCertainty: refuses), "\(text): \(answer)")
        }
        #expect(kept.tokens?.count ?? 0 <= text.utf8.count + 2 && kept.tokens?.allSatisfy { $0.top == nil } != false)
        #expect(kept.promptTokenLogprobs?.count ?? 0 <= text.utf8.count)
      }
    }
    #expect(AnswerLikelihood(answers[0].telling(given), of: given)?.bytes == 6)
    #expect(AnswerLikelihood(answers[6].telling(given), of: given)?.bytes == 6)
  }

  @Test("another text, a missing number or none at all is no likelihood")
  func none() {
    for tokens: [(String, Double?)] in [
      [("a", -1), (" rio", -1)], [("a", -1), (" r", nil), ("ío", -1)], [], [("a", -1), (" r", -1)],
    ] {
      #expect(AnswerLikelihood(Answer(text: "a río", tokens: Self.tokens(tokens)), of: given) == nil)
    }
    let other = Self.tokens([("Q", nil), ("b", -1), (" río!", -1)])
    #expect(AnswerLikelihood(Answer(text: "", promptTokenLogprobs: other), of: given) == nil)
    #expect(AnswerLikelihood(Answer(text: "a río"), of: given) == nil)
  }

  @Test("who is certain of every token of a longer text, or more than certain, tells no likelihood")
  func certain() {
    func likelihood(_ logprob: Double, tokens: Int, refusesCertainty: Bool = true) -> AnswerLikelihood? {
      let given = GivenAnswer(
        text: String(repeating: "ab", count: tokens), model: nil, prompt: PromptID("p"), sample: 0)
      let list = Self.tokens(Array(repeating: ("ab", logprob), count: tokens))
      return AnswerLikelihood(
        Answer(text: given.text, tokens: list), of: given, refusesCertainty: refusesCertainty)
    }
    #expect(likelihood(0, tokens: 40) == nil && likelihood(-1e-6, tokens: 40) == nil)
    // As versions before 0.6.0 counted it.
    #expect(likelihood(0, tokens: 40, refusesCertainty: false)?.bits == 0)
    #expect(likelihood(0.5, tokens: 40) == nil && likelihood(0.5, tokens: 2) == nil)
    // A short answer may be the only one that there is, and a greedy one nearly so.
    #expect(likelihood(0, tokens: 3)?.bits == 0 && likelihood(1e-7, tokens: 3) != nil)
    #expect(likelihood(-0.001, tokens: 400) != nil)
  }
}
