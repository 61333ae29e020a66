/// Whether two models give the same short answer, beyond what the answers of all models make likely: a number, a name, a
/// choice; right, wrong or invented.
///
/// With π(o) the mean over all models of the share of their answers to this prompt that are o,
///
///     contribution = share of couples of answers that agree − Σ π(o)²
///
/// so that an answer which everybody gives, as the right one often is, adds next to nothing, and an invention that few
/// share adds nearly 1. Couples count if both answers are short (`ShortAnswer`); where a model gave no short answer the
/// contribution is 0.
///
/// - Range: −1...1 a probe, about 0 for models that answer like any two of them; the score is the mean.
/// - Note: Needs probes that are answered in a few words. Agreement on what most models get wrong alike, a popular
///   misconception, is in π too.
/// - Source: chance adjustment as in Goel and others, "Great Models Think Alike and this Undermines AI Oversight" (2025),
///   with the answers of all models in place of a uniform chance.
package struct AnswerAgreement: Channel {
  package let name = "short_answers"
  package let version = 1
  package var label: String { "short answers" }
  package var explanation: String { "whether they give the same short answer, beyond what all make likely" }
  package var definition: String {
    """
    share of couples of short answers that agree, less Σ π(o)²: π(o) is the mean over all models of the share of their short answers that are o
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let keys = answers.samples.map { $0.map { ShortAnswer.key($0.tokens) } }
    var shares: [UInt64: Double] = [:]
    var answering = 0
    for model in keys {
      let short = model.compactMap(\.self)
      guard !short.isEmpty else { continue }
      answering += 1
      for key in short { shares[key, default: 0] += 1 / Double(short.count) }
    }
    // Squares in an order of their own, or their sum would follow the dictionary's.
    let chance = shares.values.sorted().reduce(0) { $0 + $1 * $1 } / Double(max(answering * answering, 1))
    return PairMeans.equalCouples(keys) { $1 > 0 ? Double($0) / Double($1) - chance : 0 }
  }
}
