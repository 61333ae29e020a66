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
  /// Whether a case with debris is analysed with it also where suspect and candidates do not both have some, so that no likeness of
  /// theirs can hang on it.
  package let weighsAllDebris: Bool
  /// Whether prompts that were given back, ends of objects, numbers of servers and turns of others are debris.
  package let findsEchoes: Bool
  /// Whether what an answer says of its maker is read by words, and what it denies is no claim.
  package let readsDenials: Bool

  package static let present = AnalysisRules(
    asksForLineage: true, halves: 200, tellsOneSide: false, lengthPairs: LengthAdjustment.maximumPairs,
    weighsAllDebris: false, findsEchoes: true, readsDenials: true)
  /// Of versions 0.8.0 and 0.9.0.
  package static let before0_10 = AnalysisRules(
    asksForLineage: true, halves: 200, tellsOneSide: false, lengthPairs: LengthAdjustment.maximumPairs,
    weighsAllDebris: false, findsEchoes: false, readsDenials: false)
  /// Of version 0.7.0.
  package static let before0_8 = AnalysisRules(
    asksForLineage: true, halves: 200, tellsOneSide: false, lengthPairs: LengthAdjustment.maximumPairs,
    weighsAllDebris: true, findsEchoes: false, readsDenials: false)
  /// Of versions before 0.7.0.
  package static let before0_7 = AnalysisRules(
    asksForLineage: false, halves: 100, tellsOneSide: true, lengthPairs: .max, weighsAllDebris: true,
    findsEchoes: false, readsDenials: false)
}
