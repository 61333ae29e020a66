package import Likelihood
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Calibrated likelihood ratios, each from a calibration that saw no family of its pair, in either role.
///
/// Scores are standardised by mean and standard deviation (n − 1) of the training pairs; the penalty acts on the slope of
/// the standardised score. Families are whatever names the caller gives: developers, families of models, base models.
///
/// A pair weighs n to the power −`evenness`, with n the pairs of its source and label: at 0 each pair weighs the same, at 1 each
/// family. Half-way, a family of thirty pairs weighs some five times as much as one of a single pair. On the reference corpus
/// ratios of unseen families were as good at 0 and ½ (Cllr .67 and .68), and worse at 1 (.72), for families of one or two pairs
/// then set the line; at ½ those of AlpacaEval were better than at 0 (.54 for .55).
package struct LeaveFamiliesOut: Sendable {
  package struct Case: Hashable, Sendable {
    package let score: Double
    /// nil: neither is known; such a pair is scored, and nothing is learned from it.
    package let label: Bool?
    package let families: Set<String>
    /// Family of the student: what counts as one independent source.
    package let source: String
    /// Developer of the teacher: an independent source on the other side; nil where none is named.
    package let developer: String?

    package init(
      score: Double, label: Bool?, families: Set<String>, source: String, developer: String? = nil
    ) {
      self.score = score
      self.label = label
      self.families = families
      self.source = source
      self.developer = developer
    }
  }

  package let prior: Double
  package let penalty: Double
  package let evenness: Double
  /// By which scores are weighed before anything is learned from them; nil for not at all.
  package let reliability: Reliability?
  /// Fewest independent sources of label 1 from which anything is learned: fewer let one family set the scale.
  package let minimumSources: Int
  /// Fewest independent sources of either label.
  package let minimumFamilies: Int

  /// - Parameters:
  ///   - prior: π of `LogisticRegression`.
  ///   - penalty: λ of `LogisticRegression`; frozen before any case is looked at.
  ///   - evenness: how much families, not pairs, are what counts.
  ///   - reliability: of scores; the caller weighs them, the calibration states it.
  package init(
    prior: Double = 0.5, penalty: Double = 0.03, evenness: Double = 0.5, reliability: Reliability? = nil,
    minimumSources: Int = 3, minimumFamilies: Int = 10
  ) {
    self.prior = prior
    self.penalty = penalty
    self.evenness = evenness
    self.reliability = reliability
    self.minimumSources = minimumSources
    self.minimumFamilies = minimumFamilies
  }

  /// Natural logarithms of the likelihood ratios, in the order of the cases; nil where too little is left to learn from.
  package func logRatios(_ cases: [Case]) -> [Double?] {
    zip(cases, lines(cases)).map { one, line in line?.logRatio(one.score) }
  }

  /// For each case the calibration that saw no family of it.
  package func lines(_ cases: [Case]) -> [Calibration.Line?] { lines(for: cases, learnedFrom: cases) }

  /// For each case that is asked for, the calibration of those others that share no family with it.
  package func lines(for asked: [Case], learnedFrom cases: [Case]) -> [Calibration.Line?] {
    let labelled = cases.filter { $0.label != nil }
    var holders: [String: [Int]] = [:]
    for (place, one) in labelled.enumerated() {
      for family in one.families { holders[family, default: []].append(place) }
    }
    var known: [Set<String>: Calibration.Line?] = [:]
    return asked.map { one in
      if let found = known[one.families] { return found }
      var isLeft = [Bool](repeating: true, count: labelled.count)
      for family in one.families { for place in holders[family] ?? [] { isLeft[place] = false } }
      let line = line(labelled.indices.filter { isLeft[$0] }.map { labelled[$0] })
      known[one.families] = line
      return line
    }
  }

  /// Whether there is no penalty and a threshold separates the cases, so that they determine no line.
  package func isSeparable(_ cases: [Case]) -> Bool {
    guard penalty == 0 else { return false }
    let ones = cases.filter { $0.label == true }.map(\.score)
    let zeros = cases.filter { $0.label == false }.map(\.score)
    guard let least = ones.min(), let greatest = zeros.max() else { return false }
    return greatest < least
  }

  /// Fitted on all labelled cases; nil if they come from too few sources.
  package func line(_ cases: [Case]) -> Calibration.Line? {
    Training(cases, self).flatMap { $0.line($0.cases.map { _ in 1 }) }
  }

  /// Lines of draws with replacement; a draw that leaves too little to fit a line on has none.
  ///
  /// - Parameter sides: what of a case is drawn; it counts the product of how often they were.
  func lines(
    drawnFrom cases: [Case], replicates: Int, seed: UInt64, sides: (Case) -> Set<String>
  ) -> [Calibration.Line] {
    guard let training = Training(cases, self) else { return [] }
    let names = cases.reduce(into: Set<String>()) { $0.formUnion(sides($1)) }.sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let drawn = training.cases.map { sides($0).compactMap { numbers[$0] } }
    var generator = SeededGenerator(seed: seed)
    return (0..<replicates).compactMap { _ in
      let draw = FamilyDraw(of: names, &generator)
      let counts = names.map { draw.weight($0) }
      return training.line(drawn.map { $0.reduce(1) { $0 * counts[$1] } })
    }
  }

  /// Labelled cases, made ready once for lines of thousands of draws.
  private struct Training {
    let cases: [Case]
    private let learning: LeaveFamiliesOut
    private let moments: Moments
    /// Standardised.
    private let scores: [Double]
    private let labels: [Bool]
    /// What a case weighs for the number of those that share its side.
    private let evening: [Double]

    /// nil if the cases come from too few sources.
    init?(_ all: [Case], _ learning: LeaveFamiliesOut) {
      let cases = all.filter { $0.label != nil }
      let moments = Moments(cases.map(\.score))
      let counts = Dictionary(cases.map { (Side($0), 1.0) }, uniquingKeysWith: +)
      guard Set(cases.filter { $0.label == true }.map(\.source)).count >= learning.minimumSources,
        Set(cases.map(\.source)).count >= learning.minimumFamilies, moments.standardDeviation > 0
      else { return nil }
      self.cases = cases
      self.learning = learning
      self.moments = moments
      scores = cases.map { ($0.score - moments.mean) / moments.standardDeviation }
      labels = cases.map { $0.label == true }
      evening = cases.map { pow(counts[Side($0)] ?? 1, -learning.evenness) }
    }

    /// - Parameter weights: of the cases; a bootstrap counts them by how often what stands behind them was drawn.
    func line(_ weights: [Double]) -> Calibration.Line? {
      guard
        let regression = try? LogisticRegression.fit(
          scores: scores, labels: labels, weights: zip(weights, evening).map { $0 * $1 }, prior: learning.prior,
          penalty: learning.penalty),
        let slope = regression.slopes.first
      else { return nil }
      return Calibration.Line(
        slope: slope / moments.standardDeviation,
        intercept: regression.intercept - slope * moments.mean / moments.standardDeviation)
    }
  }

  /// What pairs share a weight with.
  private struct Side: Hashable {
    let source: String
    let label: Bool?

    init(_ one: Case) {
      source = one.source
      label = one.label
    }
  }
}
