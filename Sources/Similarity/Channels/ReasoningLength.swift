import Statistics

/// Whether two models think longer, or shorter, than others on the same prompts: length given difficulty. Of reasoning text,
/// not of answers.
///
/// With y the mean over samples of the natural logarithm of the characters of a model's reasoning, and m and s mean and
/// standard deviation (n in the denominator) of y over all models that reasoned on this prompt,
///
///     contribution = (y_a − m)/s · (y_b − m)/s
///
/// so that a hard prompt, on which all think long, weighs nothing.
///
/// - Range: −(n − 1)...(n − 1) a probe for n models, −1/(n − 1) in the mean over all pairs; 0 where all are equally long. The
///   score is the mean.
/// - Note: A model that thinks longer than all others on every prompt is near to every other such model: an effort setting
///   does that, and so does a limit of tokens.
package struct ReasoningLength: Channel {
  package let name = "reasoning_length"
  package let version = 1
  /// Up to the number of models.
  package let gridBits = 20
  package var label: String { "length given difficulty" }
  package var explanation: String { "whether they think longer or shorter than others on the same prompts" }
  package var definition: String {
    """
    product of the two standardised mean logarithms of the characters of their reasoning, over all models that reasoned on the probe
    """
  }

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let lengths = answers.samples.map { samples in
      samples.reduce(0) { $0 + Double.logOnGrid(Double(max($1.text.characters, 1))) } / Double(samples.count)
    }
    let mean = lengths.reduce(0, +) / Double(max(lengths.count, 1))
    let variance = lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(lengths.count, 1))
    var contributions: [Double] = []
    for a in lengths.indices {
      for b in lengths.indices.dropFirst(a + 1) {
        contributions.append(variance > 1e-18 ? (lengths[a] - mean) * (lengths[b] - mean) / variance : 0)
      }
    }
    return contributions
  }
}
