import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Logistic regression with a ridge penalty and a prior that weighs the classes, as it is used to calibrate scores:
///
///     J(a, b) = π · mean₁ softplus(−(a·x + b + logit π)) + (1 − π) · mean₀ softplus(a·x + b + logit π) + λ/2 ‖a‖²
///
/// so that a·x + b is the natural logarithm of a likelihood ratio whatever the numbers of either class. b is not
/// penalised. Newton's method with step halving; the objective is convex.
///
/// - Source: Brümmer and du Preez, "Application-independent evaluation of speaker detection" (2006).
package struct LogisticRegression: Hashable, Sendable {
  package let slopes: [Double]
  package let intercept: Double

  package enum Failure: Error, Hashable {
    /// One class is empty, or a value is no number.
    case notDetermined
    /// λ = 0 and a threshold separates the classes: the slope would grow without end.
    case separable
  }

  /// - Parameters:
  ///   - rows: one vector of regressors for each case, all of one length.
  ///   - labels: true for class 1.
  ///   - weights: of the cases, 0 or more; nil for 1 each. The means of J are weighted.
  ///   - prior: π, between 0 and 1.
  ///   - penalty: λ, 0 or more.
  package static func fit(
    _ rows: [[Double]], labels: [Bool], weights: [Double]? = nil, prior: Double = 0.5, penalty: Double
  ) throws(Failure) -> LogisticRegression {
    let weights = weights ?? Array(repeating: 1, count: rows.count)
    let size = rows.first?.count ?? 0
    var totals = [0.0, 0.0]
    for (label, weight) in zip(labels, weights) { totals[label ? 1 : 0] += weight }
    guard size > 0, totals[0] > 0, totals[1] > 0, rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw .notDetermined
    }
    let offset = log(prior / (1 - prior))
    let shares = zip(labels, weights).map { $0 ? prior * $1 / totals[1] : (1 - prior) * $1 / totals[0] }
    func objective(_ b: [Double]) -> Double {
      var sum = 0.0
      for (row, (label, share)) in zip(rows, zip(labels, shares)) where share > 0 {
        let score = dot(b, row) + offset
        sum += share * softplus(label ? -score : score)
      }
      return sum + penalty / 2 * b.dropLast().reduce(0) { $0 + $1 * $1 }
    }
    var beta = [Double](repeating: 0, count: size + 1)
    var value = objective(beta)
    for _ in 0..<200 {
      var gradient = [Double](repeating: 0, count: size + 1)
      var hessian = Matrix(rows: size + 1, columns: size + 1)
      for (row, (label, share)) in zip(rows, zip(labels, shares)) where share > 0 {
        let p = 1 / (1 + exp(-(dot(beta, row) + offset)))
        let extended = row + [1]
        for i in 0...size {
          gradient[i] += share * (p - (label ? 1 : 0)) * extended[i]
          for j in 0...size { hessian[i, j] += share * p * (1 - p) * extended[i] * extended[j] }
        }
      }
      for i in 0..<size {
        gradient[i] += penalty * beta[i]
        hessian[i, i] += penalty
      }
      guard gradient.reduce(0, { $0 + abs($1) }) > 1e-13 else { break }
      guard let step = PositiveDefinite.solve(hessian, gradient) else { break }
      var length = 1.0
      var next = beta
      repeat {
        next = zip(beta, step).map { $0 - length * $1 }
        length /= 2
      } while objective(next) > value && length > 1e-12
      let improved = objective(next)
      let isDone = value - improved <= 1e-17
      beta = next
      value = improved
      if isDone { break }
    }
    if penalty == 0, isSeparated(rows, labels, weights, beta) { throw .separable }
    return LogisticRegression(slopes: Array(beta.dropLast()), intercept: beta[size])
  }

  /// a·x + b: the natural logarithm of the likelihood ratio.
  package func logLikelihoodRatio(_ row: [Double]) -> Double { Self.dot(slopes + [intercept], row) }

  private static func dot(_ beta: [Double], _ row: [Double]) -> Double {
    zip(beta, row).reduce(beta[beta.count - 1]) { $0 + $1.0 * $1.1 }
  }

  private static func softplus(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }

  private static func isSeparated(
    _ rows: [[Double]], _ labels: [Bool], _ weights: [Double], _ beta: [Double]
  ) -> Bool {
    let scores = zip(rows, zip(labels, weights)).filter { $0.1.1 > 0 }.map { (dot(beta, $0.0), $0.1.0) }
    let least = scores.filter(\.1).map(\.0).min() ?? 0
    let greatest = scores.filter { !$0.1 }.map(\.0).max() ?? 0
    return greatest < least
  }
}
