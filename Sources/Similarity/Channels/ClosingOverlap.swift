/// Cosine of tf-idf vectors of how two answers end: their last 10 units, as 1-, 2- and 3-grams; where most letters of all
/// answers to a prompt belong to scripts without spaces, the last 30 characters, as 2-, 3- and 4-grams. The counterpart of
/// `BeginningOverlap`.
///
/// - Range: a contribution of 0...1 a probe; the score is their mean.
/// - Note: The turn to the reader, the summary, the offer of more help. An answer that was cut at its limit of tokens ends
///   anywhere: cut answers are seldom alike.
/// - Source: measured in `Reports/validation`.
package struct ClosingOverlap: Channel {
  package let name = "closings"
  package let version = 1
  package var label: String { "closings" }
  package var explanation: String { "how alike their last ten words and marks are" }
  package var definition: String {
    """
    the same cosine, of the 1- to 3-grams of the last 10 units (without spaces: 2- to 4-grams of the last 30 characters)
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let byCharacters = answers.isWrittenWithoutSpaces
    return TermGram.contributions(answers) { answer in
      let units = Array(answer.units(byCharacters: byCharacters).suffix(byCharacters ? 30 : 10))
      return Grams.of(units, lengths: byCharacters ? 2...4 : 1...3)
    }
  }
}
