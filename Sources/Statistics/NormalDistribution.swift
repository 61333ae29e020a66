#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The standard normal distribution, both ways.
package enum NormalDistribution {
  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The z below which a share `p` lies: the probit. −∞ at 0, ∞ at 1, nan outside 0...1.
  ///
  /// Relative error below 1e-14: the rational approximation is improved by one step of Halley's method.
  ///
  /// - Source: Acklam, "An algorithm for computing the inverse normal cumulative distribution function" (2003).
  package static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let start = p < 0.5 ? lowerHalf(p) : -lowerHalf(1 - p)
    let error = cumulative(start) - p
    let step = error * (2 * Double.pi).squareRoot() * exp(start * start / 2)
    return start - step / (1 + start * step / 2)
  }

  /// For p up to .5, with a relative error of at most 1.15e-9.
  private static func lowerHalf(_ p: Double) -> Double {
    func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
    guard p < 0.02425 else {
      let q = p - 0.5
      let r = q * q
      return q
        * polynomial(
          [
            -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.3577518672690, -30.66479806614716,
            2.506628277459239,
          ], r)
        / polynomial(
          [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1], r)
    }
    let q = (-2 * log(p)).squareRoot()
    return polynomial(
      [
        -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
        2.938163982698783,
      ], q)
      / polynomial([0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1], q)
  }
}
