/// What an analysis asks of a case and of itself, as far as versions differ in it: evidence that an earlier one made is computed by
/// the rules that it had.
package struct AnalysisRules: Hashable, Sendable {
  /// Whether there is no ratio where the lineage is not stated.
  package let asksForLineage: Bool
  /// Random halves of the cohort.
  package let halves: Int

  package static let present = AnalysisRules(asksForLineage: true, halves: 200)
  /// Before 0.7.0.
  package static let withoutLineage = AnalysisRules(asksForLineage: false, halves: 100)
}
