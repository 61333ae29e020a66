import Statistics

/// Calibrated likelihood ratios, each from a calibration that saw no family of its pair, in either role.
///
/// Scores are standardised by mean and standard deviation (n − 1) of the training pairs; the penalty acts on the slope of
/// the standardised score. Families are whatever names the caller gives: developers, families of models, training sets.
package struct LeaveFamiliesOut: Sendable {
  package struct Case: Hashable, Sendable {
    package let score: Double
    /// nil: neither is known; such a pair is scored, and nothing is learned from it.
    package let label: Bool?
    package let families: Set<String>
    /// Family of the student: what counts as one independent source.
    package let source: String

    package init(score: Double, label: Bool?, families: Set<String>, source: String) {
      self.score = score
      self.label = label
      self.families = families
      self.source = source
    }
  }

  package let prior: Double
  package let penalty: Double
  /// Fewest independent sources of label 1 from which anything is learned: fewer let one family set the scale.
  package let fewestSources: Int

  /// - Parameters:
  ///   - prior: π of `LogisticRegression`.
  ///   - penalty: λ of `LogisticRegression`; frozen before any case is looked at.
  package init(prior: Double = 0.5, penalty: Double = 0.01, fewestSources: Int = 5) {
    self.prior = prior
    self.penalty = penalty
    self.fewestSources = fewestSources
  }

  /// Natural logarithms of the likelihood ratios, in the order of the cases; nil where too little is left to learn from.
  package func logRatios(_ cases: [Case]) -> [Double?] {
    var known: [Set<String>: Calibrator?] = [:]
    return cases.map { one in
      let calibrator: Calibrator?
      if let found = known[one.families] {
        calibrator = found
      } else {
        calibrator = fit(cases.filter { $0.label != nil && $0.families.isDisjoint(with: one.families) })
        known[one.families] = calibrator
      }
      return calibrator.map { $0.logRatio(one.score) }
    }
  }

  private struct Calibrator {
    let moments: Moments
    let regression: LogisticRegression

    func logRatio(_ score: Double) -> Double {
      regression.logLikelihoodRatio([(score - moments.mean) / moments.standardDeviation])
    }
  }

  private func fit(_ training: [Case]) -> Calibrator? {
    let moments = Moments(training.map(\.score))
    let sources = Set(training.filter { $0.label == true }.map(\.source))
    guard sources.count >= fewestSources, moments.standardDeviation > 0,
      let regression = try? LogisticRegression.fit(
        training.map { [($0.score - moments.mean) / moments.standardDeviation] },
        labels: training.map { $0.label == true }, prior: prior, penalty: penalty)
    else { return nil }
    return Calibrator(moments: moments, regression: regression)
  }
}
