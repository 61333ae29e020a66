/// How alike two models word their refusals: cosine of tf-idf vectors of the 1- to 3-grams of their tokens (in scripts without
/// spaces, 2- to 4-grams of characters), of those answers to a prompt that decline (`RefusalMarkers`).
///
/// Weights are those of `ContentOverlap`, over all answers to the prompt, whether they decline or not: where two models alone
/// decline, what both say is rare, and tells the most.
///
/// - Range: a contribution of 0...1 a probe, 0 unless both decline; the score is the mean over all probes. So it grows with
///   how often both decline as well as with how alike they say it.
/// - Note: Boilerplate of a refusal is a vendor's policy as much as a teacher's voice.
/// - Source: weights as in `ContentOverlap`.
package struct RefusalWording: Channel {
  package let name = "refusal_wording"
  package let version = 2
  package var label: String { "refusal wording" }
  package var explanation: String { "how alike they word their refusals" }
  package var definition: String {
    """
    the same cosine, of 1- to 3-grams of units (without spaces: 2- to 4-grams of characters), where both answers decline; else 0
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let all = Array(answers.samples.joined())
    let declines = all.map { RefusalMarkers.declines($0.text) }
    guard declines.count(where: \.self) > 1 else { return PairMeans.ofSamples(answers) { _, _ in 0 } }
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers, counts: declines) {
      Grams.of($0.units(byCharacters: byCharacters), lengths: byCharacters ? 2...4 : 1...3)
    }
  }
}
