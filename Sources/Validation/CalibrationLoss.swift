import Statistics

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Cllr − Cllr_min of ratios without any fault, simulated: few comparisons make it positive by chance alone, and a measured
/// loss is to be held against that.
///
/// The ratios are those of two normal distributions of equal variance: ln LR = d′x − d′²/2, x from N(d′, 1) where the
/// proposition is true and from N(0, 1) where it is not. Comparisons count as independent; where families repeat in them,
/// the true loss by chance is larger.
package enum CalibrationLoss {
  /// - Parameters:
  ///   - areaUnderCurve: fixes d′, by AUC = Φ(d′/√2).
  /// - Returns: mean and 95th percentile over the simulated sets.
  package static func byChance(
    areaUnderCurve: Double, ones: Int, zeros: Int, sets: Int = 400, seed: UInt64
  ) -> (mean: Double, upper: Double) {
    let distance = separation(areaUnderCurve)
    var generator = SeededGenerator(seed: seed)
    func ratios(_ count: Int, mean: Double) -> [Double] {
      (0..<count).map { _ in
        (distance * (mean + generator.nextNormal()) - distance * distance / 2) / Double.ln10
      }
    }
    let losses = (0..<sets).map { _ in
      let set = RatioEvaluation(trueLog10: ratios(ones, mean: distance), falseLog10: ratios(zeros, mean: 0))
      return set.cllr - set.minimalCllr
    }
    return (Moments(losses).mean, losses.quantiles([0.95])[0])
  }

  private static func separation(_ area: Double) -> Double {
    var low = 0.0
    var high = 12.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if (1 + erf(middle / 2)) / 2 < area { low = middle } else { high = middle }
    }
    return low
  }
}
