package import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How good a set of log10 likelihood ratios is whose truth is known.
///
/// Weights let families count, not pairs: a bootstrap over families weighs each pair by how often its families were drawn.
package struct RatioEvaluation: Sendable {
  /// log10 LR where the proposition is true, and where the alternative is; infinities are allowed.
  package let trueRatios: [(log10: Double, weight: Double)]
  package let falseRatios: [(log10: Double, weight: Double)]

  package init(trueLog10: [Double], falseLog10: [Double]) {
    trueRatios = trueLog10.map { ($0, 1) }
    falseRatios = falseLog10.map { ($0, 1) }
  }

  package init(_ ratios: [(log10: Double, isTrue: Bool, weight: Double)]) {
    trueRatios = ratios.filter(\.isTrue).map { ($0.log10, $0.weight) }
    falseRatios = ratios.filter { !$0.isTrue }.map { ($0.log10, $0.weight) }
  }

  /// ½ [mean₁ log₂(1 + 1/LR) + mean₀ log₂(1 + LR)]: 0 is perfect, 1 is no information.
  ///
  /// - Source: Brümmer and du Preez, "Application-independent evaluation of speaker detection" (2006).
  package var cllr: Double { empiricalCrossEntropy(log10PriorOdds: 0) }

  /// Cllr after the best monotone recalibration of the same data: what discrimination alone would give.
  package var minimalCllr: Double { recalibrated.cllr }

  /// Empirical cross-entropy in bits at given prior odds; at even odds it is Cllr.
  ///
  /// - Source: Ramos and Gonzalez-Rodriguez, "Reliable support: Measuring calibration of likelihood ratios", Forensic
  ///   Science International 230 (2013).
  package func empiricalCrossEntropy(log10PriorOdds: Double) -> Double {
    let odds = pow(10, log10PriorOdds)
    let prior = odds / (1 + odds)
    let shift = log10PriorOdds
    return prior * mean(trueRatios) { bits(-($0 + shift)) } + (1 - prior) * mean(falseRatios) { bits($0 + shift) }
  }

  /// Share of ratios of at least `threshold` (log10): the two curves of a Tippett plot.
  package func tippett(_ threshold: Double) -> (ifTrue: Double, ifFalse: Double) {
    (mean(trueRatios) { $0 >= threshold ? 1 : 0 }, mean(falseRatios) { $0 >= threshold ? 1 : 0 })
  }

  /// A point of the detection error trade-off: what is missed and what is falsely found if ratios above `threshold` (log10)
  /// count as found.
  ///
  /// - Source: Martin et al., "The DET curve in assessment of detection task performance" (1997): both axes in normal
  ///   deviates, `NormalDistribution.quantile`.
  package func detectionError(_ threshold: Double) -> (missed: Double, falselyFound: Double) {
    (mean(trueRatios) { $0 <= threshold ? 1 : 0 }, mean(falseRatios) { $0 > threshold ? 1 : 0 })
  }

  /// Where the two error rates are equal on the convex hull of the ROC.
  package var equalErrorRate: Double {
    let blocks = pooled
    let ones = blocks.reduce(0) { $0 + $1.ones }
    let zeros = blocks.reduce(0) { $0 + $1.zeros }
    var before = (miss: 0.0, falseAlarm: 1.0)
    for block in blocks {
      let next = (miss: before.miss + block.ones / ones, falseAlarm: before.falseAlarm - block.zeros / zeros)
      if next.miss >= next.falseAlarm {
        let share =
          (before.falseAlarm - before.miss)
          / ((before.falseAlarm - before.miss) + (next.miss - next.falseAlarm))
        return before.miss + share * (next.miss - before.miss)
      }
      before = next
    }
    return before.miss
  }

  /// The same data with ratios of the pooled blocks: share of class 1 over class 0, by the proportions of the data. The
  /// first and last block may have infinite ratios.
  package var recalibrated: RatioEvaluation {
    let blocks = pooled
    let odds = blocks.reduce(0) { $0 + $1.zeros } / blocks.reduce(0) { $0 + $1.ones }
    func ratio(_ value: Double) -> Double {
      guard let block = blocks.first(where: { $0.low <= value && value <= $0.high }) else { return value }
      return log10(block.ones / block.zeros * odds)
    }
    return RatioEvaluation(
      trueRatios.map { (ratio($0.log10), true, $0.weight) } + falseRatios.map { (ratio($0.log10), false, $0.weight) })
  }

  /// Blocks of isotonic regression, by ascending ratio.
  package var pooled: [IsotonicRegression.Block] {
    IsotonicRegression.blocks(
      trueRatios.map { ($0.log10, true, $0.weight) } + falseRatios.map { ($0.log10, false, $0.weight) })
  }

  /// log₂(1 + 10^x).
  private func bits(_ x: Double) -> Double {
    let natural = x * Double.ln10
    return (natural > 0 ? natural + log1p(exp(-natural)) : log1p(exp(natural))) / 0.6931471805599453
  }

  /// Weighted mean; terms of weight 0 do not count, whatever their value.
  private func mean(_ ratios: [(log10: Double, weight: Double)], _ term: (Double) -> Double) -> Double {
    var sum = 0.0
    var total = 0.0
    for ratio in ratios where ratio.weight > 0 {
      sum += ratio.weight * term(ratio.log10)
      total += ratio.weight
    }
    return sum / total
  }
}
