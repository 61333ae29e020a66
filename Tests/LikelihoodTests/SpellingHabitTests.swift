import Cases
import Foundation
import Likelihood
import Similarity
import Testing

@Suite("One content in two spellings")
struct SpellingHabitTests {
  private static let (suspect, teacher) = (ModelID("s"), ModelID("t"))
  private static let cohort = ["a", "b", "c"].map { ModelID($0) }

  /// - Parameter nats: natural logarithm of the probability of a text under a model.
  private func found(prompts: Int = 6, _ nats: (ModelID, Int, _ isPlain: Bool) -> Double) -> [SpellingHabit] {
    let stated = GivenAnswer.Plain(spelling: "x", name: "a mark", marks: 2, usual: 0.1)
    var given: [(model: ModelID, given: GivenAnswer, answer: Answer)] = []
    for model in [Self.suspect, Self.suspect.base] + Self.cohort {
      for prompt in 0..<prompts {
        for plain in [nil, stated] {
          let text = plain == nil ? "as it was" : "plain"
          let token = TokenLogprob(token: text, logprob: nats(model, prompt, plain != nil))
          given.append(
            (
              model,
              GivenAnswer(text: text, model: Self.teacher, prompt: PromptID("p\(prompt)"), sample: 0, plain: plain),
              Answer(text: text, tokens: [token])
            ))
        }
      }
    }
    let contents = CaseContents(
      name: "c", suspect: Self.suspect, candidates: [Self.teacher], cohort: Self.cohort + [Self.suspect.base],
      transcripts: [:], lineage: Lineage([:]), seed: 1)
    return SpellingHabit.all(contents, given)
  }

  /// The suspect finds the marks 3 bits likelier each, its base 1 bit; the cohort −1, 0 and 4 bits.
  @Test("the difference of differences is what was planted, over the base and over the cohort, whatever the content")
  func planted() throws {
    let bits: [ModelID: Double] = [
      Self.suspect: 3, Self.suspect.base: 1, Self.cohort[0]: -1, Self.cohort[1]: 0, Self.cohort[2]: 4,
    ]
    let habit = try #require(
      found { model, prompt, isPlain in
        // Contents differ in likelihood from prompt to prompt, and from model to model.
        -7 * Double(prompt + 2) - Double(model.rawValue.count) - (isPlain ? 2 * (bits[model] ?? 0) * log(2) : 0)
      }.first)
    #expect(habit.answers == 6 && habit.marks == 12)
    #expect(abs(habit.suspect - 3) < 1e-9)
    #expect(abs((habit.overBase?.mean ?? 0) - 2) < 1e-9)
    #expect(abs((habit.overCohort?.mean ?? 0) - 2) < 1e-9)
    #expect(habit.cohort == 3 && habit.asMuch == 1)
  }

  @Test("where all find the marks equally likely there is no habit; of four answers nothing is said")
  func none() throws {
    let habit = try #require(found { _, prompt, isPlain in -Double(prompt) - (isPlain ? 1 : 0) }.first)
    #expect(abs(habit.overBase?.mean ?? 1) < 1e-9 && abs(habit.overCohort?.mean ?? 1) < 1e-9 && habit.asMuch == 3)
    #expect(found(prompts: 4) { _, _, _ in -1 }.isEmpty)
  }
}
