/// What looking at several candidates costs: the ratio of each is its own, but the greatest of many is great by chance more
/// often than one.
///
/// Of calibrated ratios at most 1/x reach x where the alternative is true; so of M candidates, none of them the teacher, some
/// ratio reaches x at most M/x of the time, however the candidates depend on each other (Boole's inequality).
package struct SeveralCandidates: Hashable, Sendable {
  package let count: Int

  package init(count: Int) { self.count = count }

  /// Greatest chance that some ratio reaches `ratio` though none of the candidates is the teacher; at most 1.
  package func bound(ofAnyReaching ratio: Double) -> Double { min(Double(count) / ratio, 1) }

  /// The ratio that some candidate reaches with a chance of at most `chance`, if none is the teacher.
  package func ratio(reachedAtMost chance: Double) -> Double { Double(count) / chance }
}
