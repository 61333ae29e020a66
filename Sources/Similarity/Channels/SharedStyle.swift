package import Cases
import Statistics

/// Habits of style that two models have in common and others have not.
package struct SharedStyle: Sendable {
  package struct Feature: Hashable, Sendable {
    /// One of `StyleFeatures.names`.
    package let name: String
    /// Standard deviations of the cohort from its mean.
    package let zFirst: Double
    package let zSecond: Double
  }

  /// Features in which both lie on the same side of the cohort, those first in which the nearer one is farthest out.
  package let features: [Feature]

  /// - Parameter cohort: models that have nothing to do with either; with fewer than three there are no features.
  package init(_ table: AnswerTable, _ first: ModelID, _ second: ModelID, cohort: [ModelID], limit: Int) async {
    let wanted = ([first, second] + cohort).compactMap { table.models.firstIndex(of: $0) }
    guard wanted.count >= 5 else {
      features = []
      return
    }
    let means = await Self.means(table, wanted)
    let found = StyleFeatures.names.indices.compactMap { feature -> Feature? in
      let spread = Moments(means.dropFirst(2).map { $0[feature] })
      guard spread.standardDeviation > 1e-9 else { return nil }
      let z = means.prefix(2).map { ($0[feature] - spread.mean) / spread.standardDeviation }
      return z[0] * z[1] > 0 ? Feature(name: StyleFeatures.names[feature], zFirst: z[0], zSecond: z[1]) : nil
    }
    func strength(_ feature: Feature) -> Double { min(abs(feature.zFirst), abs(feature.zSecond)) }
    features = Array(found.sorted { (strength($1), $0.name) < (strength($0), $1.name) }.prefix(limit))
  }

  /// Mean of each feature over a model's answers, in the order of `models`.
  private static func means(_ table: AnswerTable, _ models: [Int]) async -> [[Double]] {
    await concurrentMap(models.count, blocksOf: 1) { one in
      one.map { place in
        var sums = [Double](repeating: 0, count: StyleFeatures.count)
        var answers = 0
        for row in table.prompts.indices {
          for text in table.samples(prompt: row, model: models[place]) {
            answers += 1
            for (feature, value) in StyleFeatures(PromptAnswers.Answer(text)).values.enumerated() {
              sums[feature] += value
            }
          }
        }
        return sums.map { $0 / Double(max(answers, 1)) }
      }
    }.flatMap(\.self)
  }
}
