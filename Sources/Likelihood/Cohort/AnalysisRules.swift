/// What an analysis asks of a case and of itself, as far as versions differ in it: evidence that an earlier one made is computed by
/// the rules that it had.
package struct AnalysisRules: Hashable, Sendable {
  /// Whether there is no ratio where the lineage is not stated.
  package let asksForLineage: Bool
  /// Random halves of the cohort.
  package let halves: Int
  /// Whether a ratio stands in the answer that can leave the middle of the scale on one side alone.
  package let tellsOneSide: Bool
  /// Pairs that a line of length is fitted on at most.
  package let lengthPairs: Int

  package static let present = AnalysisRules(
    asksForLineage: true, halves: 200, tellsOneSide: false, lengthPairs: LengthAdjustment.maximumPairs)
  /// Of versions before 0.7.0.
  package static let before0_7 = AnalysisRules(
    asksForLineage: false, halves: 100, tellsOneSide: true, lengthPairs: .max)
}
