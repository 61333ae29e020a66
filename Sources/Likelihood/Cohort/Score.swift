/// What a channel measured for a pair of models: a mean over probes, in the channel's own unit.
///
/// A score is not evidence: it says nothing of how usual it is. Only a calibration makes a likelihood ratio, from
/// normalised scores.
package struct Score: Hashable, Sendable {
  package let value: Double
  package init(_ value: Double) { self.value = value }
}

/// How far a score stands out from those of the cohort, in standard deviations of the cohort.
package struct NormalisedScore: Hashable, Sendable {
  /// From the suspect's side: the candidate among models that this suspect could have been trained on but was not.
  package let suspectSide: Double
  /// From the candidate's side: the suspect among models that were not trained on this candidate.
  package let candidateSide: Double

  package init(suspectSide: Double, candidateSide: Double) {
    self.suspectSide = suspectSide
    self.candidateSide = candidateSide
  }

  /// S-norm: the mean of both sides.
  package var value: Double { (suspectSide + candidateSide) / 2 }
}

/// A percentile interval of the bootstrap over probes.
package struct Interval: Hashable, Sendable {
  package let low: Double
  package let high: Double

  package init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}
