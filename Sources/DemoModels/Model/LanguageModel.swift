/// A word n-gram model of one author's answers, trained by counting.
///
/// For each context of up to `order - 1` tokens it keeps which tokens followed it, and in which training answer. The
/// probabilities come from a ``Prediction``, which weighs the training answers by how near their questions are to the
/// question asked. Training is a pure function: equal exchanges give an equal model.
package struct LanguageModel: Sendable {
  /// What is chosen, not learned.
  package struct Settings: Sendable {
    /// The longest context is one token shorter. At least 1.
    package var order = 5
    /// `f` in ``Prediction``: 1 is Witten and Bell's method; less trusts long contexts more.
    package var escape = 0.35
    /// How sharply training answers to near questions are preferred; 0 makes the answers independent of the question.
    package var relevance = 6.0

    package init() {}
  }

  package let vocabulary: Vocabulary
  /// Ten hexadecimal digits that name what was learned: equal for equal models.
  package let fingerprint: String
  let settings: Settings
  let questions: QuestionIndex
  let contexts: ContextTree

  /// - Parameter exchanges: may be empty: then every text is improbable and answers are noise.
  package static func trained(on exchanges: [Exchange], settings: Settings = Settings()) -> LanguageModel {
    let vocabulary = Vocabulary(texts: exchanges.map(\.answer))
    let answers = exchanges.map { vocabulary.tokens(of: $0.answer) + [Vocabulary.end] }
    var hash = StableHash()
    for (exchange, answer) in zip(exchanges, answers) {
      hash.combine(exchange.question.utf8)
      hash.combine(exchange.answer.utf8)
      hash.combine(UInt32(answer.count))
    }
    hash.combine("\(settings.order) \(settings.escape) \(settings.relevance)".utf8)
    let digits = String(hash.value, radix: 16)
    return LanguageModel(
      vocabulary: vocabulary,
      fingerprint: String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(10)),
      settings: settings,
      questions: QuestionIndex(questions: exchanges.map(\.question)),
      contexts: ContextTree(answers: answers, order: max(1, settings.order)))
  }

  /// Next-token probabilities for an answer to a question.
  package func prediction(for question: String) -> Prediction {
    Prediction(model: self, weights: questions.weights(for: question, sharpness: settings.relevance))
  }

  /// Next-token probabilities for a text that answers no question: each training answer weighs the same.
  package func plainPrediction() -> Prediction {
    Prediction(model: self, weights: Array(repeating: 1, count: questions.count))
  }
}
