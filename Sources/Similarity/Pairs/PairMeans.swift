/// Means over the samples of pairs of models.
enum PairMeans {
  /// For each pair of models, (0, 1), (0, 2) … (1, 2) …, the mean of `value` over all pairs of one answer of each.
  ///
  /// - Parameter value: of two answers, numbered through all models' samples; the first number is the lower.
  static func ofSamples(_ answers: PromptAnswers, _ value: (Int, Int) -> Double) -> [Double] {
    let counts = answers.samples.map(\.count)
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    var means: [Double] = []
    means.reserveCapacity(counts.count * max(counts.count - 1, 0) / 2)
    for a in counts.indices {
      for b in (a + 1)..<max(counts.count, a + 1) {
        var sum = 0.0
        for first in starts[a]..<starts[a + 1] {
          for second in starts[b]..<starts[b + 1] { sum += value(first, second) }
        }
        means.append(sum / Double(counts[a] * counts[b]))
      }
    }
    return means
  }
}
