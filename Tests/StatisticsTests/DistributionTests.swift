import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Distributions and quantiles against SciPy and NumPy")
struct DistributionTests {
  /// Critical values of Student's t as printed in tables (two-sided 95 %: probability 0.975).
  @Test("quantiles are those of the printed tables", arguments: [(1.0, 12.706), (2, 4.303), (5, 2.571), (30, 2.042)])
  func printedTable(degrees: Double, critical: Double) {
    #expect(abs(StudentT.quantile(0.975, degrees: degrees) - critical) < 5e-4)
  }

  @Test("Student's t agrees with SciPy", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func studentT() throws {
    let probabilities = [0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.99875, 0.9999]
    let degrees = [1.0, 2, 3.5, 10, 155, 5_000]
    let script = """
      import json, sys
      from scipy.stats import t
      q = json.load(sys.stdin)
      print(json.dumps([[t.ppf(p, d) for p in q["p"]] + [t.cdf(x, d) for x in q["x"]] for d in q["d"]]))
      """
    let points = [-30.0, -2, -1e-3, 0, 0.7, 4, 60]
    let input = try JSONEncoder().encode(["p": probabilities, "x": points, "d": degrees])
    let expected = try JSONDecoder().decode([[Double]].self, from: IndependentPython.run(script, input: input))
    for (row, degree) in zip(expected, degrees) {
      let own =
        probabilities.map { StudentT.quantile($0, degrees: degree) }
        + points.map { StudentT.cumulative($0, degrees: degree) }
      for (found, reference) in zip(own, row) {
        #expect(abs(found - reference) <= 1e-9 * max(1, abs(reference)), "\(degree) degrees")
      }
    }
  }

  @Test("quantiles agree with NumPy", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func quantiles() throws {
    var generator = SeededGenerator(seed: 11)
    let sample = (0..<257).map { _ in Double(generator.next(below: 1_000)) / 7 }
    let probabilities = [0, 0.025, 0.31, 0.5, 0.975, 1]
    let script = """
      import json, sys, numpy
      q = json.load(sys.stdin)
      print(json.dumps([float(x) for x in numpy.quantile(q["sample"], q["p"])]))
      """
    let input = try JSONEncoder().encode(["sample": sample, "p": probabilities])
    let expected = try JSONDecoder().decode([Double].self, from: IndependentPython.run(script, input: input))
    for (found, reference) in zip(sample.quantiles(probabilities), expected) {
      #expect(abs(found - reference) < 1e-12)
    }
  }

  @Test("the quantiles of nothing are not numbers")
  func empty() { #expect([Double]().quantiles([0.5])[0].isNaN) }

  @Test("the standard deviation has n - 1 in its denominator")
  func moments() {
    let moments = Moments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(moments.mean == 5)
    #expect(abs(moments.standardDeviation - (32.0 / 7).squareRoot()) < 1e-15)
    #expect(Moments([1]).standardDeviation.isNaN)
  }
}
