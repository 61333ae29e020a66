import Foundation
import Statistics
import TestSupport
import Testing

struct NormalDistributionTests {
  @Test(
    "quantiles agree with SciPy in the middle and in the tails",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func quantiles() throws {
    let shares = [1e-300, 1e-12, 1e-4, 0.02, 0.02425, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99, 1 - 1e-9]
    let script =
      "import json, sys; from scipy.stats import norm; print(json.dumps(norm.ppf(json.load(sys.stdin)).tolist()))"
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: try JSONEncoder().encode(shares)))
    for (share, value) in zip(shares, expected) {
      #expect(abs(NormalDistribution.quantile(share) - value) <= 1e-9 * max(1, abs(value)), "\(share)")
    }
  }

  @Test("the quantile undoes the distribution; the ends are infinite")
  func ends() {
    for z in stride(from: -6.0, through: 6, by: 0.37) {
      #expect(abs(NormalDistribution.quantile(NormalDistribution.cumulative(z)) - z) < 1e-6)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity && NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN && NormalDistribution.quantile(.nan).isNaN)
  }
}
