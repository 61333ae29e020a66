#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Student's t distribution.
package enum StudentT {
  /// P(T ≤ t) for `degrees` > 0 degrees of freedom, accurate to about 1e-13.
  package static func cumulative(_ t: Double, degrees: Double) -> Double {
    let tail = 0.5 * IncompleteBeta.regularised(degrees / (degrees + t * t), a: degrees / 2, b: 0.5)
    return t > 0 ? 1 - tail : tail
  }

  /// The t with P(T ≤ t) = `probability`, by bisection of `cumulative` to the last bits.
  ///
  /// - Parameter probability: in 0..<1, both ends excluded.
  package static func quantile(_ probability: Double, degrees: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs a probability between 0 and 1")
    if probability < 0.5 { return -quantile(1 - probability, degrees: degrees) }
    var high = 1.0
    while cumulative(high, degrees: degrees) < probability { high *= 2 }
    var low = 0.0
    for _ in 0..<200 where low < high {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { break }
      if cumulative(middle, degrees: degrees) < probability { low = middle } else { high = middle }
    }
    return high
  }
}

/// The regularised incomplete beta function I_x(a, b).
package enum IncompleteBeta {
  /// For x in 0...1, a > 0, b > 0: by the continued fraction DLMF 8.17.22, evaluated with Lentz's method.
  package static func regularised(_ x: Double, a: Double, b: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // The fraction converges fast for x < (a + 1) / (a + b + 2); the other half follows by symmetry (DLMF 8.17.4).
    if x > (a + 1) / (a + b + 2) { return 1 - regularised(1 - x, a: b, b: a) }
    let logFactor = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)
    let tiny = 1e-300
    var c = 1.0
    var d = 1 / guarded(1 - (a + b) * x / (a + 1), tiny)
    var fraction = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d, tiny)
      c = guarded(1 + even / c, tiny)
      fraction *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d, tiny)
      c = guarded(1 + odd / c, tiny)
      let step = d * c
      fraction *= step
      if abs(step - 1) < 1e-16 { break }
    }
    return exp(logFactor) * fraction / a
  }

  private static func guarded(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
