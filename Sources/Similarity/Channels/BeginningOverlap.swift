/// Cosine of tf-idf vectors of how two answers begin: their first 10 units, as 1-, 2- and 3-grams; where most letters of
/// all answers to a prompt belong to scripts without spaces, the first 30 characters, as 2-, 3- and 4-grams.
///
/// Weights are those of `ContentOverlap`: (1 + ln tf) · ln(N / df) over the answers to this prompt. Units are words and
/// marks. Softer than `OpeningAgreement`: it sees an opening that differs in one word.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Note: Says little of content; a fixed phrase that a system prompt asks for has the same effect as a teacher.
/// - Source: measured on the reference corpus with 10 and 20 units; see the validation figures in the README.
package struct BeginningOverlap: Channel {
  package let name = "beginnings"
  package let version = 1
  package var label: String { "beginnings" }
  package var explanation: String { "how alike their first ten words and marks are" }
  package var definition: String {
    """
    cosine of the 1- to 3-grams of the first 10 units (without spaces: 2- to 4-grams of the first 30 characters), each weighing (1 + ln tf) · ln(N / df) over the N answers to the probe
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers) { answer in
      let units = Array(answer.units(byCharacters: byCharacters).prefix(byCharacters ? 30 : 10))
      return Grams.of(units, lengths: byCharacters ? 2...4 : 1...3)
    }
  }
}
