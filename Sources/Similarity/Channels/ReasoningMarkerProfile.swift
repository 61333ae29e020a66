/// How near two models are in how they think aloud on one prompt: how often they doubt, turn, plan and check, by the turns
/// of phrase of `ReasoningMarkers`. Of reasoning text, not of answers.
///
/// With z(k) the occurrences of kind k in 1,000 characters, standardised over all models' reasoning on this prompt, every
/// model weighing the same, and clipped at ±3,
///
///     contribution = − mean over the kinds of |z_a(k) − z_b(k)|
///
/// Kinds that nobody or everybody uses alike are left out.
///
/// - Range: −6...0 a probe, 0 for models that think alike; the score is the mean.
/// - Note: Effort settings and system prompts change how a model thinks; summaries of thoughts that a provider writes in
///   place of the thoughts speak with the summariser's voice.
/// - Source: the word lists are this project's; the distance is that of Burrows, "'Delta': A Measure of Stylistic
///   Difference" (2002).
package struct ReasoningMarkerProfile: Channel {
  package let name = "reasoning_markers"
  package let version = 1
  /// Down to −6.
  package let gridBits = 27
  package var label: String { "turns of phrase" }
  package var explanation: String { "how often they doubt, turn, plan and check while they think" }
  package var definition: String {
    """
    minus the mean absolute difference of the standardised rates of the kinds of turns of phrase, clipped at ±3
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let rates = answers.samples.joined().map(ReasoningMarkers.rates)
    let weights = answers.samples.flatMap { samples in
      samples.map { _ in 1 / Double(samples.count * answers.samples.count) }
    }
    let profiles = Standardised.columns(rates, weights: weights).map { $0.map { min(max($0, -3), 3) } }
    let count = Double(max(profiles.first?.count ?? 0, 1))
    return PairMeans.manhattan(answers, profiles).map { -$0 / count }
  }
}
