/// How near two models are in the build of their answers to one prompt, whatever they say.
///
/// 72 features of structure, marks and words (`StyleFeatures`) of each answer are standardised over all models' answers
/// to this prompt, every model weighing the same, and clipped at ±3. The contribution is minus the mean absolute
/// difference of the standardised features. Features that do not vary are left out.
///
/// - Range: −6...0 a probe, 0 for answers built alike; the score is their mean.
/// - Complexity: O(models² × features) a probe.
/// - Note: A system prompt, a length limit or another decoder changes style as a teacher does.
/// - Source: the features are this project's; the distance is that of Burrows, "'Delta': A Measure of Stylistic
///   Difference" (2002), on other features.
package struct StyleProfile: Channel {
  package let name = "style"
  package let version = 1
  /// Down to −6.
  package let gridBits = 27
  package var label: String { "style" }
  package var explanation: String { "how they are built: lines, lists, sentences, marks, common words" }
  package var definition: String {
    """
    minus the mean absolute difference of 72 features of structure, marks and words, standardised over the answers to the probe, clipped at ±3
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let weights = answers.samples.flatMap { samples in
      samples.map { _ in 1 / Double(samples.count * answers.samples.count) }
    }
    let profiles = Standardised.columns(answers.samples.joined().map { StyleFeatures($0).values }, weights: weights)
    let rows = profiles.map { $0.map { min(max($0, -3), 3) } }
    let count = Double(max(profiles.first?.count ?? 0, 1))
    return PairMeans.manhattan(answers, rows).map { -$0 / count }
  }
}
