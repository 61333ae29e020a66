package import Cases
package import Likelihood
import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Labelled pairs with their scores and their ratios, and the figures that tell how good they are.
package struct ValidationReport: Sendable {
  /// What was measured of a pair.
  package struct Scored: Sendable {
    package let labelled: LabelledPair
    package let score: CorpusScoring.PairScore
    /// The fused score in the replicates of a bootstrap over probes; empty where it was not asked for, or lies too low to matter.
    package let replicates: [Double]
    /// Fused scores with fewer prompts, by their number, and with smaller cohorts, by their size.
    package let fewerPrompts: [Int: Double]
    package let smallerCohort: [Int: Double]

    package init(
      labelled: LabelledPair, score: CorpusScoring.PairScore, replicates: [Double] = [],
      fewerPrompts: [Int: Double] = [:],
      smallerCohort: [Int: Double] = [:]
    ) {
      self.labelled = labelled
      self.score = score
      self.replicates = replicates
      self.fewerPrompts = fewerPrompts
      self.smallerCohort = smallerCohort
    }
  }

  package struct Pair: Sendable {
    package let scored: Scored
    package let names: NamesBySide
    /// The calibration that saw no family of the pair, or the frozen one; nil where too little was left to learn from.
    package let line: Calibration.Line?
    /// One that saw no family of the pair and nothing of its set of answers.
    package let lineOfOtherSets: Calibration.Line?
    /// By which its calibration weighs scores.
    package let reliability: Reliability?
    /// Bounds of the frozen calibration; nil without one.
    package let bounds: RatioBounds.Bounds?

    package var families: Set<String> { names.all }
    package var labelled: LabelledPair { scored.labelled }
    package var score: CorpusScoring.PairScore { scored.score }

    /// What a calibration is fitted on, or read by.
    package var calibrationPair: CalibrationFit.Pair {
      .init(
        labelled: labelled, fused: score.fused, fusedAlone: score.fusedAlone, grouped: score.grouped, weight: weight,
        names: names)
    }

    /// Natural logarithm of the likelihood ratio; nil where there is none.
    package var logRatio: Double? { ratio(of: score.fused) }

    /// The ratio that this pair's calibration gives another fused score.
    ///
    /// - Parameter prompts: that it was measured over; nil for as many as the pair has.
    package func ratio(of fused: Double?, prompts: Int? = nil) -> Double? {
      let weight = reliability.index(probes: prompts ?? score.prompts)
      return Self.ratio(line, bounds, fused.map { weight * $0 })
    }

    /// By which its own scores are weighed.
    package var weight: Double { reliability.index(probes: score.prompts) }

    package var logRatioOfOtherSets: Double? { Self.ratio(lineOfOtherSets, nil, weight * score.fused) }

    /// Natural logarithm, within bounds where there are some.
    static func ratio(_ line: Calibration.Line?, _ bounds: RatioBounds.Bounds?, _ fused: Double?) -> Double? {
      guard let line, let fused, fused.isFinite else { return nil }
      let ratio = line.logRatio(fused)
      guard let bounds else { return ratio }
      // Beyond a bound the order is kept within a thousandth, or rankings would be of ties.
      let (lower, upper) = (bounds.lower * Double.ln10, bounds.upper * Double.ln10)
      if ratio > upper { return upper - 0.001 * exp(upper - ratio) }
      return ratio < lower ? lower + 0.001 * exp(ratio - lower) : ratio
    }
  }

  package struct Figures: Sendable {
    package let ones: Int
    package let zeros: Int
    package let areaUnderCurve: Double
    package let withinStudent: Double
    package let withinTeacher: Double
    package let cllr: Double
    package let minimalCllr: Double
    package let equalErrorRate: Double
    /// Shares of pairs with a ratio above 10.
    package let aboveTenOnes: Double
    package let aboveTenZeros: Double
  }

  package let pairs: [Pair]
  /// Drawn pairs without a link, in no table: judged by the same lines as the others, in no figure of theirs.
  package let planted: [Pair]
  package let learning: LeaveFamiliesOut
  package let frozen: Calibration?

  /// - Parameters:
  ///   - scored: labelled and unlabelled pairs with their scores.
  ///   - planted: pairs of `PlantedDraw`.
  ///   - lineage: of each set of answers; bases are followed through the tables of all of them.
  ///   - frozen: a calibration that was fitted elsewhere; nil fits one for each pair, without its families.
  package init(
    _ scored: [Scored], planted: [Scored] = [], lineage: [String: Lineage],
    learning: LeaveFamiliesOut = LeaveFamiliesOut(), frozen: Calibration? = nil
  ) {
    let ancestry = BaseAncestry(lineage.values)
    func withNames(_ one: Scored) -> (Scored, NamesBySide) {
      (one, Self.names(one.labelled, lineage[one.labelled.studentCorpus], ancestry))
    }
    self.init(scored.map(withNames), planted: planted.map(withNames), learning: learning, frozen: frozen)
  }

  /// - Parameter fitsOtherSets: whether anybody asks for `lineOfOtherSets`, which takes as long as the lines themselves.
  private init(
    _ pairsWithNames: [(Scored, NamesBySide)], planted: [(Scored, NamesBySide)] = [], learning: LeaveFamiliesOut,
    frozen: Calibration?, fitsOtherSets: Bool = true
  ) {
    self.learning = learning
    self.frozen = frozen
    let reliability = frozen == nil ? learning.reliability : frozen?.reliability
    let scored = pairsWithNames.map(\.0)
    let names = pairsWithNames.map(\.1)
    func learned(_ one: Scored, _ names: NamesBySide) -> LeaveFamiliesOut.Case {
      LeaveFamiliesOut.Case(
        score: reliability.index(probes: one.score.prompts) * one.score.fused,
        label: one.labelled.label.map { $0 == 1 }, families: names.all,
        source: one.labelled.studentFamily, developer: one.labelled.teacherDeveloper)
    }
    let cases = pairsWithNames.map { learned($0.0, $0.1) }
    let fit = frozen?.fits.first { $0.alternative == .noLink }
    func fitted(for asked: [LeaveFamiliesOut.Case]) -> [Calibration.Line?] {
      frozen == nil ? learning.lines(for: asked, learnedFrom: cases) : asked.map { _ in fit?.line }
    }
    let lines = fitted(for: cases)
    var ofOtherSets = [Calibration.Line?](repeating: nil, count: cases.count)
    for set in fitsOtherSets ? Set(scored.map(\.labelled.studentCorpus)) : [] {
      let places = cases.indices.filter { scored[$0].labelled.studentCorpus == set }
      let others = cases.indices.filter { scored[$0].labelled.studentCorpus != set }.map { cases[$0] }
      let found = learning.lines(for: places.map { cases[$0] }, learnedFrom: others)
      for (place, line) in zip(places, found) { ofOtherSets[place] = line }
    }
    pairs = scored.indices.map {
      Pair(
        scored: scored[$0], names: names[$0], line: lines[$0], lineOfOtherSets: ofOtherSets[$0],
        reliability: reliability, bounds: fit?.bounds)
    }
    let ofPlanted = fitted(for: planted.map { learned($0.0, $0.1) })
    self.planted = zip(planted, ofPlanted).map { one, line in
      Pair(
        scored: one.0, names: one.1, line: line, lineOfOtherSets: nil, reliability: reliability, bounds: fit?.bounds)
    }
  }

  /// Developers and families of both, the student's family as the table of pairs names it, and all base models of both, however far
  /// back: what has one of these names in common with a pair is no judge of it.
  static func names(_ pair: LabelledPair, _ lineage: Lineage?, _ ancestry: BaseAncestry) -> NamesBySide {
    func names(of model: ModelID, inTheTable own: String) -> Set<String> {
      var found: Set<String> = [own]
      if let family = lineage?[model]?.family { found.insert("family \(family)") }
      if let developer = lineage?[model]?.developer { found.insert("developer \(developer)") }
      for base in ancestry.bases(of: model) { found.insert("base \(base)") }
      return found
    }
    return NamesBySide(
      teacher: names(of: pair.teacher, inTheTable: "developer \(pair.teacherDeveloper)"),
      student: names(of: pair.student, inTheTable: "family \(pair.studentFamily)"))
  }

  /// Pairs for a calibration to be fitted on.
  package var calibrationPairs: [CalibrationFit.Pair] { pairs.map(\.calibrationPair) }

  /// Figures of the labelled pairs that `isIncluded` takes and that have a value.
  ///
  /// - Parameter value: natural logarithm of the ratio; for the ranking figures any score will do.
  package func figures(
    by value: (Pair) -> Double? = { $0.logRatio ?? 0 }, of isIncluded: (Pair) -> Bool = { _ in true }
  ) -> Figures {
    let ranked = Ranked(pairs.filter(isIncluded), by: value)
    let rankings = ranked.rankings(ranked.chosen.map { _ in 1 })
    let ratios = ranked.evaluation(ranked.chosen.map { _ in 1 })
    func aboveTen(_ label: Int) -> Double {
      let ones = ranked.chosen.filter { $0.pair.labelled.label == label }
      return Double(ones.count { $0.value > log(10) }) / Double(ones.count)
    }
    return Figures(
      ones: ratios.trueRatios.count, zeros: ratios.falseRatios.count, areaUnderCurve: rankings[0],
      withinStudent: rankings[1], withinTeacher: rankings[2], cllr: ratios.cllr, minimalCllr: ratios.minimalCllr,
      equalErrorRate: ratios.equalErrorRate, aboveTenOnes: aboveTen(1), aboveTenZeros: aboveTen(0))
  }

  /// Labelled pairs with their values, put in order once for many sets of weights.
  private struct Ranked {
    let chosen: [(pair: Pair, value: Double)]
    /// Of all pairs, within one student, and within one teacher.
    private let sorted: [RankingAccuracy.Sorted]

    /// - Parameter value: natural logarithm of the ratio; a pair without one is left out.
    init(_ pairs: [Pair], by value: (Pair) -> Double?) {
      let chosen: [(pair: Pair, value: Double)] = pairs.compactMap { pair in
        guard pair.labelled.label != nil, let found = value(pair) else { return nil }
        return (pair, found)
      }
      let groups: [(LabelledPair) -> String] = [
        { _ in "" }, { "\($0.studentCorpus)/\($0.student)" }, { "\($0.studentCorpus)/\($0.teacher)" },
      ]
      self.chosen = chosen
      sorted = groups.map { group in
        RankingAccuracy.Sorted(
          chosen.map {
            .init(score: $0.value, label: $0.pair.labelled.label == 1, group: group($0.pair.labelled))
          })
      }
    }

    func rankings(_ weights: [Double]) -> [Double] { sorted.map { $0.areaUnderCurve(weights) } }

    func evaluation(_ weights: [Double]) -> RatioEvaluation {
      RatioEvaluation(
        zip(chosen, weights).map { ($0.value / Double.ln10, $0.pair.labelled.label == 1, $1) })
    }
  }

  /// Each family by itself, of the pairs that `isIncluded` takes.
  package func familiesApart(
    by value: (Pair) -> Double?, of isIncluded: (Pair) -> Bool = { _ in true }
  ) -> FamiliesApart {
    let chosen = pairs.filter(isIncluded)
    return FamiliesApart(chosen.map(\.labelled)) { value(chosen[$0]) }
  }

  /// Percentile intervals of a bootstrap over families: a pair weighs as often as its families were drawn.
  ///
  /// - Parameter sides: whether only the student's family is drawn, which counts as one independent source, or the teacher's
  ///   developer too: then a developer who taught many weighs in as the one source that it is.
  /// - Returns: of AUC, within one student, within one teacher, and Cllr.
  package func familyIntervals(
    replicates: Int, confidence: Double, seed: UInt64, of sides: BootstrapSides = .student,
    by value: (Pair) -> Double? = { $0.logRatio ?? 0 }
  ) -> [Interval] {
    func names(_ pair: Pair) -> Set<String> {
      switch sides {
      case .student: [pair.labelled.studentFamily]
      case .both: ["family \(pair.labelled.studentFamily)", "developer \(pair.labelled.teacherDeveloper)"]
      }
    }
    let families = pairs.filter { $0.labelled.label != nil }.reduce(into: Set<String>()) { $0.formUnion(names($1)) }
      .sorted()
    let ranked = Ranked(pairs, by: value)
    let drawn = ranked.chosen.map { names($0.pair) }
    var generator = SeededGenerator(seed: seed)
    var draws: [[Double]] = [[], [], [], []]
    for _ in 0..<replicates {
      let draw = FamilyDraw(of: families, &generator)
      let weights = drawn.map { draw.weight($0) }
      for (index, figure) in (ranked.rankings(weights) + [ranked.evaluation(weights).cllr]).enumerated()
      where figure.isFinite { draws[index].append(figure) }
    }
    let tail = (1 - confidence) / 2
    return draws.map {
      let ends = $0.quantiles([tail, 1 - tail])
      return Interval(low: ends[0], high: ends[1])
    }
  }

  package enum BootstrapSides: Sendable { case student, both }

  /// How much the ratios of one family's students are alike among pairs without a link, and how many independent pairs so many
  /// weigh as much as; nil where no family has two.
  package var likeness: (intraclass: Double, pairs: Int, effective: Double)? {
    let zeros = pairs.filter { $0.labelled.label == 0 }.compactMap { pair in
      pair.logRatio.map { (family: pair.labelled.studentFamily, ratio: $0) }
    }
    let groups = Dictionary(grouping: zeros, by: \.family).sorted { $0.key < $1.key }.map { $0.value.map(\.ratio) }
    guard let intraclass = DesignEffect.intraclassCorrelation(groups) else { return nil }
    return (
      intraclass, zeros.count,
      groups.reduce(0) { $0 + DesignEffect.effectiveSize($1.count, intraclass: max(intraclass, 0)) }
    )
  }

  /// Ratios of the labelled pairs; a pair without one counts as ratio 1.
  package var evaluation: RatioEvaluation {
    RatioEvaluation(
      pairs.compactMap { pair in
        pair.labelled.label.map { ((pair.logRatio ?? 0) / Double.ln10, $0 == 1, 1) }
      })
  }

  /// The same pairs by some of the channels, with calibrations made anew, but for those of other sets.
  package func reduced(toChannels channels: [Int]) -> ValidationReport {
    ValidationReport(
      pairs.map { pair in
        (Scored(labelled: pair.labelled, score: pair.score.reduced(toChannels: channels)), pair.names)
      }, learning: learning, frozen: nil, fitsOtherSets: false)
  }

  /// In how many families of students some pair without a link has a ratio above `ratio`.
  package func familiesMisled(above ratio: Double) -> (count: Int, of: Int) {
    let zeros = Dictionary(grouping: pairs.filter { $0.labelled.label == 0 }, by: \.labelled.studentFamily)
    return (zeros.values.count { $0.contains { ($0.logRatio ?? 0) > log(ratio) } }, zeros.count)
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
