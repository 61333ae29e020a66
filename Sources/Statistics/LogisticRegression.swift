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
    precondition(
      rows.count == labels.count && rows.allSatisfy { $0.count == rows[0].count }, "a row of regressors for each label")
    return try fit(
      values: rows.flatMap { $0 }, size: rows.first?.count ?? 0, labels: labels, weights: weights, prior: prior,
      penalty: penalty)
  }

  /// Of one regressor: `scores` and `labels` go together.
  package static func fit(
    scores: [Double], labels: [Bool], weights: [Double]? = nil, prior: Double = 0.5, penalty: Double
  ) throws(Failure) -> LogisticRegression {
    try fit(values: scores, size: 1, labels: labels, weights: weights, prior: prior, penalty: penalty)
  }

  private static func fit(
    values: [Double], size: Int, labels: [Bool], weights: [Double]?, prior: Double, penalty: Double
  ) throws(Failure) -> LogisticRegression {
    let weights = weights ?? Array(repeating: 1, count: labels.count)
    var totals = [0.0, 0.0]
    for (label, weight) in zip(labels, weights) { totals[label ? 1 : 0] += weight }
    guard size > 0, totals[0] > 0, totals[1] > 0, values.allSatisfy(\.isFinite) else { throw .notDetermined }
    let offset = log(prior / (1 - prior))
    let shares = zip(labels, weights).map { $0 ? prior * $1 / totals[1] : (1 - prior) * $1 / totals[0] }
    let cases = Cases(values, size, labels, shares)
    func objective(_ b: [Double]) -> Double {
      cases.objective(b, offset) + penalty / 2 * b.dropLast().reduce(0) { $0 + $1 * $1 }
    }
    var beta = [Double](repeating: 0, count: size + 1)
    var value = objective(beta)
    for _ in 0..<200 {
      var (gradient, hessian) = cases.derivatives(beta, offset)
      for i in 0..<size {
        gradient[i] += penalty * beta[i]
        hessian[i, i] += penalty
      }
      guard gradient.reduce(0, { $0 + abs($1) }) > 1e-13 else { break }
      guard let step = PositiveDefinite.solve(hessian, gradient) else { break }
      var length = 1.0
      var next = beta
      var improved = value
      repeat {
        next = zip(beta, step).map { $0 - length * $1 }
        improved = objective(next)
        length /= 2
      } while improved > value && length > 1e-12
      let isDone = value - improved <= 1e-17
      beta = next
      value = improved
      if isDone { break }
    }
    if penalty == 0, cases.areSeparated(by: beta) { throw .separable }
    return LogisticRegression(slopes: Array(beta.dropLast()), intercept: beta[size])
  }

  /// a·x + b: the natural logarithm of the likelihood ratio.
  package func logLikelihoodRatio(_ row: [Double]) -> Double { Self.dot(slopes + [intercept], row) }

  private static func dot(_ beta: [Double], _ row: [Double]) -> Double {
    zip(beta, row).reduce(beta[beta.count - 1]) { $0 + $1.0 * $1.1 }
  }

  /// Those that weigh anything, in one array each: a calibration fits thousands of lines, and rows of their own would take longer
  /// than the logarithms.
  private struct Cases {
    /// Regressors of a case and the 1 of the intercept, case by case.
    private var extended: [Double] = []
    private var labels: [Bool] = []
    private var shares: [Double] = []
    /// Of regressors and intercept.
    private let width: Int

    /// - Parameter values: of the regressors, `size` for each case.
    init(_ values: [Double], _ size: Int, _ labels: [Bool], _ shares: [Double]) {
      width = size + 1
      extended.reserveCapacity(labels.count * width)
      for (place, (label, share)) in zip(labels, shares).enumerated() where share > 0 {
        extended += values[place * size..<(place + 1) * size]
        extended.append(1)
        self.labels.append(label)
        self.shares.append(share)
      }
    }

    /// Σ share · softplus(∓(b · x + offset)).
    func objective(_ b: [Double], _ offset: Double) -> Double {
      var sum = 0.0
      for place in labels.indices {
        let score = score(place, b) + offset
        sum += shares[place] * Self.softplus(labels[place] ? -score : score)
      }
      return sum
    }

    /// The gradient and the Hessian of `objective` at `b`.
    func derivatives(_ b: [Double], _ offset: Double) -> (gradient: [Double], hessian: Matrix) {
      var gradient = [Double](repeating: 0, count: width)
      var hessian = [Double](repeating: 0, count: width * width)
      for place in labels.indices {
        let p = 1 / (1 + exp(-(score(place, b) + offset)))
        let share = shares[place]
        let slope = share * (p - (labels[place] ? 1 : 0))
        let curvature = share * p * (1 - p)
        let start = place * width
        for i in 0..<width {
          gradient[i] += slope * extended[start + i]
          let product = curvature * extended[start + i]
          for j in 0..<width { hessian[i * width + j] += product * extended[start + j] }
        }
      }
      return (gradient, Matrix(rows: width, columns: width, values: hessian))
    }

    func areSeparated(by b: [Double]) -> Bool {
      var (least, greatest) = (Double.infinity, -Double.infinity)
      for place in labels.indices {
        let score = score(place, b)
        if labels[place] { least = min(least, score) } else { greatest = max(greatest, score) }
      }
      return greatest < least
    }

    private func score(_ place: Int, _ b: [Double]) -> Double {
      let start = place * width
      var sum = b[width - 1]
      for i in 0..<width - 1 { sum += b[i] * extended[start + i] }
      return sum
    }

    private static func softplus(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }
  }
}
