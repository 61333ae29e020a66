#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How much more often something is said on one side than on the other, with a prior that keeps the rare from shouting.
///
/// With y of n on one side, y′ of n′ on the other, and a prior that expects α = π·strength of `strength` on both,
///
///     δ = logit((y + α) / (n + strength)) − logit((y′ + α) / (n′ + strength))
///     z = δ / √(1/(y + α) + 1/(y′ + α))
///
/// - Source: Monroe, Colaresi and Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content
///   of Political Conflict", Political Analysis 16 (2008), equations 16 and 20 to 22.
package struct LogOdds: Sendable {
  /// Observations that the prior weighs as much as.
  package let strength: Double

  /// - Precondition: `strength > 0`.
  package init(strength: Double) {
    precondition(strength > 0, "a prior weighs something")
    self.strength = strength
  }

  /// - Parameters:
  ///   - count: y, 0...n.
  ///   - expected: π, the share that the prior expects, between 0 and 1.
  /// - Returns: z, in standard errors; positive where side one says it more often.
  package func z(_ count: Int, of n: Int, other: Int, of otherN: Int, expected: Double) -> Double {
    let alpha = expected * strength
    func logit(_ y: Int, _ n: Int) -> Double {
      log((Double(y) + alpha) / (Double(n) + strength - Double(y) - alpha))
    }
    let variance = 1 / (Double(count) + alpha) + 1 / (Double(other) + alpha)
    return (logit(count, n) - logit(other, otherN)) / variance.squareRoot()
  }
}
