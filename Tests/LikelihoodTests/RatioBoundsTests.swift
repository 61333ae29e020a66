import Foundation
import Likelihood
import Statistics
import Testing

/// Worked numbers: lir 1.8.0 for both kinds of bounds, SciPy for the exact limits.
@Suite("Bounds of ratios")
struct RatioBoundsTests {
  private func expect(
    _ found: RatioBounds.Bounds, _ lower: Double, _ upper: Double, within tolerance: Double = 1e-9
  ) {
    #expect(abs(found.lower - lower) < tolerance && abs(found.upper - upper) < tolerance, "\(found)")
  }

  @Test(
    "what a validation set without any error supports, by its number of independent sources",
    arguments: [
      (5, 5, -0.69, 0.69, -1.041, 1.041, 0.4507197283469412),
      (10, 10, -0.99, 1.00, -1.322, 1.322, 0.2588655508930523),
      (20, 20, -1.30, 1.30, -1.612, 1.612, 0.13910834066826516),
      (50, 50, -1.69, 1.69, -2.004, 2.004, 0.058155079116972264),
      (100, 100, -1.99, 1.99, -2.303, 2.303, 0.029513049607039932),
      (200, 200, -2.30, 2.30, -2.603, 2.603, 0.014867039231272083),
      (500, 500, -2.69, 2.69, -3.000, 3.000, 0.005973551516349596),
      (1000, 1000, -3.00, 3.00, -3.301, 3.301, 0.0029912495450953314),
      (20, 190, -1.31, 2.25, -1.622, 2.571, 0.015643363342307204),
      (20, 1000, -1.32, 2.97, -1.623, 3.290, 0.0029912495450953314),
    ])
  func ceiling(
    ones: Int, zeros: Int, empiricalLower: Double, empiricalUpper: Double, invarianceLower: Double,
    invarianceUpper: Double, rate: Double
  ) {
    let (high, low) = ([Double](repeating: 6, count: ones), [Double](repeating: -6, count: zeros))
    let empirical = RatioBounds.empirical(trueLog10: high, falseLog10: low)
    let invariance = RatioBounds.byInvariance(trueLog10: high, falseLog10: low)
    // At a ratio of n exactly both sides are worth the same: which step of the grid is taken is a matter of its last bit.
    expect(empirical, empiricalLower, empiricalUpper, within: 0.01 + 1e-9)
    expect(invariance, invarianceLower, invarianceUpper)
    #expect(abs(RatioBounds.bySources(zeros).upper - log10(Double(zeros))) < 1e-12)
    #expect(abs(ExactInterval.upperLimit(successes: 0, trials: zeros, confidence: 0.95) - rate) < 1e-12)
    let all = empirical.tightened(by: invariance).tightened(by: RatioBounds.bySources(min(ones, zeros)))
    #expect(
      all.upper <= log10(Double(min(ones, zeros))) && all.upper <= empirical.upper && all.lower >= empirical.lower)
  }

  @Test(
    "invariance on small sets",
    arguments: [
      ([0.0, 1, 2], [-2.0, -1], -0.823, 0.574), ([1, 2], [-2, -1, 0], -0.574, 0.823), ([-2, -1, 0], [1, 2], 0, 0),
      ([Double](repeating: 1, count: 10), [0], 0, 0.581),
      ([2.1, 1.5, 0.9, 0.3, -0.4, 3.2], [-2.5, -1.8, -0.6, 0.2, 0.7, -3.1, -1.1], -0.896, 0.535),
    ])
  func invariance(ones: [Double], zeros: [Double], lower: Double, upper: Double) {
    expect(RatioBounds.byInvariance(trueLog10: ones, falseLog10: zeros), lower, upper)
  }

  @Test("a set where one ratio of 10 is always right and the other side has one neutral ratio")
  func biased() {
    let found = RatioBounds.empirical(trueLog10: [Double](repeating: 1, count: 10), falseLog10: [0])
    expect(found, 0, 0.25)
  }
}
