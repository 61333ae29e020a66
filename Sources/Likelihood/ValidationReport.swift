package import CaseFile
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Labelled pairs with their scores and their ratios, and the figures that tell how good they are.
package struct ValidationReport: Sendable {
  package struct Pair: Sendable {
    package let labelled: LabelledPair
    package let score: CorpusScoring.PairScore
    /// Whether the suspect stands out towards the candidate, by the rule of the report; nil where it was not evaluated.
    package let standsOut: Bool?
    /// Natural logarithm of the likelihood ratio, leave families out; nil where too little was left to learn from.
    package let logRatio: Double?
    package let families: Set<String>
  }

  package struct Figures: Sendable {
    package let ones: Int
    package let zeros: Int
    package let areaUnderCurve: Double
    package let withinStudent: Double
    package let withinTeacher: Double
    package let cllr: Double
    package let minimalCllr: Double
  }

  package let pairs: [Pair]
  package let calibration: LeaveFamiliesOut

  /// - Parameter scored: labelled and unlabelled pairs with their scores.
  package init(
    _ scored: [(LabelledPair, CorpusScoring.PairScore, standsOut: Bool?)], lineage: [String: Lineage],
    calibration: LeaveFamiliesOut = LeaveFamiliesOut()
  ) {
    self.calibration = calibration
    let families = scored.map { pair, _, _ in Self.families(pair, lineage[pair.studentCorpus]) }
    let ratios = calibration.logRatios(
      zip(scored, families).map {
        .init(
          score: $0.1.combined, label: $0.0.label.map { $0 == 1 }, families: $1, source: $0.0.studentFamily)
      })
    pairs = zip(scored, zip(ratios, families)).map {
      Pair(labelled: $0.0, score: $0.1, standsOut: $0.2, logRatio: $1.0, families: $1.1)
    }
  }

  /// Developers and families of both models, and the student's family as the table of pairs names it.
  private static func families(_ pair: LabelledPair, _ lineage: Lineage?) -> Set<String> {
    var names: Set<String> = ["family \(pair.studentFamily)", "developer \(pair.teacherDeveloper)"]
    for model in [pair.teacher, pair.student] {
      if let family = lineage?[model]?.family { names.insert("family \(family)") }
      if let developer = lineage?[model]?.developer { names.insert("developer \(developer)") }
    }
    return names
  }

  /// Figures of the labelled pairs that `isIncluded` takes.
  ///
  /// - Parameter weight: of a pair; a bootstrap over families counts pairs by how often their families were drawn.
  package func figures(
    weight: (Pair) -> Double = { _ in 1 }, of isIncluded: (Pair) -> Bool = { _ in true }
  ) -> Figures {
    let chosen = pairs.filter { $0.labelled.label != nil && isIncluded($0) }
    func ranked(_ group: (LabelledPair) -> String) -> Double {
      RankingAccuracy.areaUnderCurve(
        chosen.map {
          .init(
            score: $0.score.combined, label: $0.labelled.label == 1, group: group($0.labelled), weight: weight($0))
        })
    }
    let ratios = RatioEvaluation(
      chosen.map { (($0.logRatio ?? 0) / 2.302585092994046, $0.labelled.label == 1, weight($0)) })
    return Figures(
      ones: chosen.count { $0.labelled.label == 1 }, zeros: chosen.count { $0.labelled.label == 0 },
      areaUnderCurve: ranked { _ in "" }, withinStudent: ranked { "\($0.studentCorpus)/\($0.student)" },
      withinTeacher: ranked { "\($0.studentCorpus)/\($0.teacher)" }, cllr: ratios.cllr,
      minimalCllr: ratios.minimalCllr)
  }

  /// Percentile intervals of a bootstrap over the students' families: a pair weighs as often as its family was drawn.
  package func familyIntervals(replicates: Int, confidence: Double, seed: UInt64) -> [Interval] {
    let families = Set(pairs.filter { $0.labelled.label != nil }.map(\.labelled.studentFamily)).sorted()
    var generator = SeededGenerator(seed: seed)
    var draws: [[Double]] = [[], [], [], []]
    for _ in 0..<replicates {
      var counts: [String: Double] = [:]
      for _ in families { counts[families[generator.next(below: families.count)], default: 0] += 1 }
      let found = figures(weight: { counts[$0.labelled.studentFamily] ?? 0 })
      for (index, value) in [found.areaUnderCurve, found.withinStudent, found.withinTeacher, found.cllr].enumerated()
      where value.isFinite { draws[index].append(value) }
    }
    let tail = (1 - confidence) / 2
    return draws.map {
      let ends = $0.quantiles([tail, 1 - tail])
      return Interval(low: ends[0], high: ends[1])
    }
  }

  /// How often the report says that a suspect stands out, among pairs of one label or relation, and the exact 95 % limits of
  /// that rate, pairs taken as if they were independent.
  package func standingOut(
    of isIncluded: (LabelledPair) -> Bool
  ) -> (count: Int, of: Int, low: Double, high: Double) {
    let chosen = pairs.filter { isIncluded($0.labelled) }.compactMap(\.standsOut)
    let count = chosen.count { $0 }
    let limits = ExactInterval.twoSided(successes: count, trials: max(chosen.count, 1), confidence: 0.95)
    return (count, chosen.count, limits.low, limits.high)
  }

  /// How often the ratio of a pair without a link exceeds `ratio`, and the exact limits of that rate, pairs taken as if
  /// they were independent.
  package func misleading(above ratio: Double) -> (count: Int, of: Int, low: Double, high: Double) {
    let zeros = pairs.filter { $0.labelled.label == 0 }
    let count = zeros.count { ($0.logRatio ?? 0) > log(ratio) }
    let limits = ExactInterval.twoSided(successes: count, trials: max(zeros.count, 1), confidence: 0.95)
    return (count, zeros.count, limits.low, limits.high)
  }
}
