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

  package init() {}

  package func contributions(_ answers: PromptAnswers) -> [Double] {
    let profiles = standardised(answers)
    return PairMeans.ofSamples(answers) { a, b in
      guard let count = profiles.first?.count, count > 0 else { return 0 }
      var sum = 0.0
      for (one, other) in zip(profiles[a], profiles[b]) { sum += abs(one - other) }
      return -sum / Double(count)
    }
  }

  /// Standardised features of every answer, in the order of models and samples.
  private func standardised(_ answers: PromptAnswers) -> [[Double]] {
    let features = answers.samples.joined().map { StyleFeatures($0).values }
    let weights = answers.samples.flatMap { samples in
      samples.map { _ in 1 / Double(samples.count * answers.samples.count) }
    }
    var profiles = features.map { _ in [Double]() }
    for feature in 0..<StyleFeatures.count {
      var mean = 0.0
      for (answer, weight) in weights.enumerated() { mean += weight * features[answer][feature] }
      var variance = 0.0
      for (answer, weight) in weights.enumerated() {
        let distance = features[answer][feature] - mean
        variance += weight * distance * distance
      }
      let deviation = variance.squareRoot()
      guard deviation > 1e-9 else { continue }
      for answer in features.indices {
        profiles[answer].append(min(max((features[answer][feature] - mean) / deviation, -3), 3))
      }
    }
    return profiles
  }
}
