package import Cases
import Similarity

/// Long answers that are the same byte for byte.
package enum IdenticalAnswersWording {
  package static func sentence(
    _ suspect: ModelID, _ shared: [IdenticalAnswersFinding.Shared], others: (pairs: Int, withAny: Int, most: Int)
  ) -> String {
    let least = IdenticalAnswers.minimumCharacters
    guard !shared.isEmpty else {
      return """
        No answer of \(suspect) of \(least) characters or more is byte for byte another model's answer to the same prompt.
        """
    }
    let shown = shared.prefix(4).map { "\($0.count) of \($0.of) with \($0.model)" }.joined(separator: ", ")
    let rest = shared.count > 4 ? ", fewer with \(shared.count - 4) more" : ""
    let compared =
      others.pairs == 0
      ? ""
      : """
      Of the \(others.pairs) other pairs of models in this case \(others.withAny) share any, none of them more than \(others.most). \

      """
    return """
      \(suspect) shares answers of \(least) characters or more, byte for byte and to the same prompts: \(shown)\(rest). \
      \(compared)Where a pair shares more of them than unrelated models do, copies or one model under two names are to be thought of.
      """
  }

  /// For the first page.
  package static func beyond(_ suspect: ModelID, _ shared: [IdenticalAnswersFinding.Shared], most: Int) -> String {
    let counts = shared.map { "\($0.count) of \($0.of) with \($0.model)" }.joined(separator: ", ")
    return """
      \(suspect) shares answers of \(IdenticalAnswers.minimumCharacters) characters or more byte for byte: \(counts), where no other two models of the case share more than \(most). \
      Copies, or one model under two names, have that effect rather than training on answers.
      """
  }
}
