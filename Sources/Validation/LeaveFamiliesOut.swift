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

  /// Fitted on all labelled cases.
  ///
  /// - Parameter weight: of a case; a bootstrap over families counts cases by how often their family was drawn.
  /// - Returns: nil if they come from too few sources.
  package func line(_ cases: [Case], weight: (Case) -> Double = { _ in 1 }) -> Calibration.Line? {
    let training = cases.filter { $0.label != nil }
    let moments = Moments(training.map(\.score))
    let counts = Dictionary(training.map { (Side($0), 1.0) }, uniquingKeysWith: +)
    guard Set(training.filter { $0.label == true }.map(\.source)).count >= minimumSources,
      Set(training.map(\.source)).count >= minimumFamilies, moments.standardDeviation > 0,
      let regression = try? LogisticRegression.fit(
        scores: training.map { ($0.score - moments.mean) / moments.standardDeviation },
        labels: training.map { $0.label == true },
        weights: training.map { weight($0) * pow(counts[Side($0)] ?? 1, -evenness) },
        prior: prior, penalty: penalty),
      let slope = regression.slopes.first
    else { return nil }
    return Calibration.Line(
      slope: slope / moments.standardDeviation,
      intercept: regression.intercept - slope * moments.mean / moments.standardDeviation)
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
