package import Formats
package import Likelihood
import Statistics

/// Fits a calibration on pairs of known truth.
package struct CalibrationFit: Sendable {
  /// A pair with what is known of it.
  package struct Pair: Hashable, Sendable {
    package let labelled: LabelledPair
    package let fused: Double
    /// The same without the lead over rivals: what some alternatives read.
    package let fusedAlone: Double
    /// What the candidate brings to its group; nil where the method weighs none.
    package let grouped: Double?
    /// By which these are multiplied before anything is learned from them: the index of `Reliability`.
    package let weight: Double
    /// Developers, families and base models of each.
    package let names: NamesBySide

    package var families: Set<String> { names.all }

    package init(
      labelled: LabelledPair, fused: Double, fusedAlone: Double? = nil, grouped: Double? = nil, weight: Double = 1,
      names: NamesBySide
    ) {
      self.labelled = labelled
      self.fused = fused
      self.grouped = grouped
      self.weight = weight
      self.fusedAlone = fusedAlone ?? fused
      self.names = names
    }
  }

  package let learning: LeaveFamiliesOut
  package let replicates: Int
  package let seed: UInt64

  package init(learning: LeaveFamiliesOut = LeaveFamiliesOut(), replicates: Int = Calibration.draws, seed: UInt64) {
    self.learning = learning
    self.replicates = replicates
    self.seed = seed
  }

  /// Where the numbers of a calibration come from.
  package struct Sources: Sendable {
    package let tool: String
    package let pairs: Digest
    package let transcripts: Digest
    package let validity: Calibration.Validity

    package init(tool: String, pairs: Digest, transcripts: Digest, validity: Calibration.Validity) {
      self.tool = tool
      self.pairs = pairs
      self.transcripts = transcripts
      self.validity = validity
    }
  }

  /// - Throws: `FittingError` if a score is no number, if there is no penalty where one is needed, or too few families are there for the first alternative.
  package func calibration(
    _ pairs: [Pair], method: CohortMethod, sources: Sources
  ) throws(FittingError) -> Calibration {
    if let wrong = pairs.first(where: { !$0.fused.isFinite }) {
      throw .scoreNotANumber(teacher: wrong.labelled.teacher, student: wrong.labelled.student)
    }
    if learning.isSeparable(
      pairs.filter { Self.isComparison($0.labelled, .noLink) }.map { Self.comparison($0, .noLink) })
    {
      throw .separable
    }
    var fits: [Calibration.Fit] = []
    var refused: [Alternative: Int] = [:]
    for alternative in Alternative.allCases where !alternative.isArgued && !alternative.isOfDirection {
      let chosen = pairs.filter { Self.isComparison($0.labelled, alternative) }
      let cases = chosen.map { Self.comparison($0, alternative) }
      let counted = Self.families(cases)
      guard counted.ifTrue >= Calibration.minimumFamilies, counted.ifFalse >= Calibration.minimumFamilies,
        let fit = fit(alternative, cases, relations: chosen.map(\.labelled.relation))
      else {
        refused[alternative] = min(counted.ifTrue, counted.ifFalse)
        continue
      }
      fits.append(fit)
    }
    guard let noLink = fits.first(where: { $0.alternative == .noLink }) else {
      throw .tooFewFamilies(found: refused[.noLink] ?? 0, needed: Calibration.minimumFamilies)
    }
    return Calibration(
      tool: sources.tool, method: method.version,
      channels: method.combinedVersions, prior: learning.prior,
      penalty: learning.penalty, seed: seed, pairs: sources.pairs, transcripts: sources.transcripts,
      families: Set(pairs.filter { $0.labelled.label != nil }.map(\.labelled.studentFamily)).sorted(),
      validity: sources.validity, reliability: learning.reliability, fits: fits, refused: refused,
      known: KnownPairs(pairs, learning: learning, bounds: noLink.bounds))
  }

  /// For several candidates as one, against no link with any of them; nil where too few families stand behind it.
  package func groups(_ groups: [LabelledGroup]) -> Calibration.Fit? {
    let labelled = groups.filter { $0.label != nil }
    let cases = labelled.map(\.learned)
    let counted = Self.families(cases)
    guard min(counted.ifTrue, counted.ifFalse) >= Calibration.minimumFamilies else { return nil }
    return fit(.noLink, cases, relations: labelled.map { $0.members.count == 1 ? "one_member" : "several_members" })
  }

  /// Lines from families and developers drawn with replacement; a draw that leaves too few of them to fit a line on has none.
  func lines(drawnFrom cases: [LeaveFamiliesOut.Case]) -> [Calibration.Line] {
    learning.lines(drawnFrom: cases, replicates: replicates, seed: seed, sides: Self.sides)
  }

  /// What the ratios of unseen families support.
  ///
  /// - Parameters:
  ///   - ratios: log10, in the order of the cases.
  static func bounds(
    _ cases: [LeaveFamiliesOut.Case], _ ratios: [Double?], slope: Double
  ) -> (bounds: RatioBounds.Bounds, evaluation: RatioEvaluation) {
    let evaluation = RatioEvaluation(
      zip(cases, ratios).compactMap { one, ratio in ratio.map { ($0, one.label == true, 1) } })
    let counted = families(cases)
    let (ifTrue, ifFalse) = (evaluation.trueRatios.map(\.log10), evaluation.falseRatios.map(\.log10))
    // Give no ratio if the fit is uninformative (Cllr ≥ 1), or if it decreases with similarity.
    let supported =
      evaluation.cllr < 1 && slope > 0
      ? RatioBounds.empirical(trueLog10: ifTrue, falseLog10: ifFalse)
        .tightened(by: RatioBounds.byInvariance(trueLog10: ifTrue, falseLog10: ifFalse))
        .tightened(by: RatioBounds.bySources(min(counted.ifTrue, counted.ifFalse, developers(cases))))
      : RatioBounds.Bounds(lower: 0, upper: 0)
    return (
      RatioBounds.Bounds(lower: rounded(supported.lower, to: 3), upper: rounded(supported.upper, to: 3)), evaluation
    )
  }

  static func isComparison(_ pair: LabelledPair, _ alternative: Alternative) -> Bool {
    pair.label == 1 || alternative.covers(relation: pair.relation, label: pair.label)
  }

  static func comparison(_ pair: Pair, _ alternative: Alternative) -> LeaveFamiliesOut.Case {
    .init(
      score: pair.weight * (alternative.readsLead ? pair.fused : pair.fusedAlone), label: pair.labelled.label == 1,
      families: pair.families, source: pair.labelled.studentFamily,
      developer: pair.labelled.teacherDeveloper)
  }

  static func families(_ cases: [LeaveFamiliesOut.Case]) -> Calibration.Fit.Counts {
    func count(_ label: Bool) -> Int { Set(cases.filter { $0.label == label }.map(\.source)).count }
    return .init(ifTrue: count(true), ifFalse: count(false))
  }

  /// Teachers' developers behind the pairs with a link: as independent a source as a student's family, and fewer.
  private static func developers(_ cases: [LeaveFamiliesOut.Case]) -> Int {
    let named = cases.filter { $0.label == true }.compactMap(\.developer)
    return named.isEmpty ? .max : Set(named).count
  }

  /// The two sides of a pair that a bootstrap draws.
  private static func sides(_ one: LeaveFamiliesOut.Case) -> Set<String> {
    Set(["family \(one.source)"] + (one.developer.map { ["developer \($0)"] } ?? []))
  }

  private func fit(
    _ alternative: Alternative, _ cases: [LeaveFamiliesOut.Case], relations: [String]
  ) -> Calibration.Fit? {
    let ratios = learning.logRatios(cases).map { $0.map { $0 / Double.ln10 } }
    return fit(alternative, cases, ratios: ratios, relations: relations)
  }

  /// - Parameters:
  ///   - ratios: log10, of lines that saw no family of their case; in the order of the cases, as the relations are.
  ///   - relations: none where it is not told how many of each got a ratio above 2.
  func fit(
    _ alternative: Alternative, _ cases: [LeaveFamiliesOut.Case], ratios: [Double?], relations: [String]
  ) -> Calibration.Fit? {
    guard let line = learning.line(cases) else { return nil }
    let drawn = lines(drawnFrom: cases)
    let (bounds, evaluation) = Self.bounds(cases, ratios, slope: line.slope)
    func unseen(_ label: Bool) -> [String: [Double]] {
      zip(cases, ratios).reduce(into: [:]) { found, pair in
        guard pair.0.label == label, let ratio = pair.1 else { return }
        found[pair.0.source, default: []].append(Self.rounded(bounds.clipped(ratio), to: 3))
      }
    }
    let detected = zip(zip(cases, ratios), relations).filter { $0.0.0.label == true }.reduce(
      into: [String: LikelihoodRatio.Share]()
    ) { found, comparison in
      let before = found[comparison.1] ?? .init(count: 0, of: 0)
      let isAbove = (comparison.0.1 ?? 0) > Double.log10Of2
      found[comparison.1] = .init(count: before.count + (isAbove ? 1 : 0), of: before.of + 1)
    }
    return Calibration.Fit(
      alternative: alternative, line: Self.rounded(line), replicates: drawn.map(Self.rounded),
      bounds: bounds,
      pairs: .init(ifTrue: cases.count { $0.label == true }, ifFalse: cases.count { $0.label == false }),
      families: Self.families(cases), unseen: .init(ifTrue: unseen(true), ifFalse: unseen(false)), detected: detected,
      cllr: Self.rounded(evaluation.cllr, to: 6), minimalCllr: Self.rounded(evaluation.minimalCllr, to: 6))
  }

  /// Six digits, so that the last bits, in which processors differ, stay out of the file.
  private static func rounded(_ line: Calibration.Line) -> Calibration.Line {
    Calibration.Line(slope: rounded(line.slope, to: 6), intercept: rounded(line.intercept, to: 6))
  }

  static func rounded(_ value: Double, to decimals: Int) -> Double {
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let found = (value * scale).rounded() / scale
    return found == 0 ? 0 : found  // no "-0"
  }
}
