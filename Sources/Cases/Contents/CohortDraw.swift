/// Which models of a cohort are compared, where more are given than a question needs.
package struct CohortDraw: Hashable, Sendable {
  /// Models of the cohort as given, without those that are asked about.
  package let given: Int
  /// Those nearest to the suspect by a sketch of its words: rivals, and evidence against a candidate.
  package let nearest: Int
  /// Those drawn at random of the others.
  package let drawn: Int
  /// By which they were drawn.
  package let seed: UInt64

  package init(given: Int, nearest: Int, drawn: Int, seed: UInt64) {
    self.given = given
    self.nearest = nearest
    self.drawn = drawn
    self.seed = seed
  }
}
