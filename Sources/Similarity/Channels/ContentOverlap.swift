/// Cosine of tf-idf vectors of two answers to the same prompt: what two models say alike beyond what all say.
///
/// Features are word 2-, 3- and 4-grams (of the runs of word characters, whatever marks stand between them) and single
/// punctuation marks; where most letters of all answers to a prompt belong to scripts without spaces, 3-, 4- and
/// 5-grams of the characters, white space within the text included. With tf the count of a feature in an answer, df the number of
/// answers to *this* prompt that hold it and N the number of answers to this prompt, its weight is
///
///     (1 + ln tf) · ln(N / df)
///
/// and vectors are scaled to length 1: what every answer owes to the prompt weighs nothing. With several samples a
/// contribution is the mean over pairs of samples; an answer without features has cosine 0 with all.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Complexity: O(features + Σ df²) a probe: features that a single answer holds cost no product.
/// - Note: Grows with the length of the answers; the effect of the models' mean lengths is taken out of the score later
///   (`LengthAdjustment`).
/// - Source: Salton and Buckley, "Term-weighting approaches in automatic text retrieval" (1988); idf over one prompt's
///   answers is the design's.
package struct ContentOverlap: Channel {
  package let name = "content_overlap"
  package let version = 1
  package var label: String { "content overlap" }
  package var explanation: String { "which rare word sequences and marks they share" }
  package var definition: String {
    """
    the same cosine, of 2- to 4-grams of words and of single marks (without spaces: 3- to 5-grams of characters)
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    TermGram.contributions(answers) { features(of: $0, byCharacters: answers.isWrittenWithoutSpaces) }
  }

  /// Hashes of the features of one answer, with repetitions.
  func features(of answer: PromptAnswers.Answer, byCharacters: Bool) -> [UInt64] {
    if byCharacters { return Grams.of(answer.units(byCharacters: true), lengths: 3...5) }
    return Grams.of(answer.tokens.words, lengths: 2...4) + answer.tokens.marks
  }
}
