import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Statistics of repeated checks")
struct MonitoringStatisticsTests {
  @Test("Holm's adjustment of four p-values, and of two out of four")
  func holm() {
    // By hand: 0.01 × 4, 0.02 × 3, 0.03 × 2, and 0.5, none below the one before it.
    let adjusted = HolmAdjustment.adjusted([0.03, 0.01, 0.5, 0.02])
    for (a, b) in zip(adjusted, [0.06, 0.04, 0.5, 0.06]) { #expect(abs(a - b) < 1e-12) }
    #expect(HolmAdjustment.adjusted([0.01, 0.2], tests: 4).map { ($0 * 1_000).rounded() } == [40, 600])
    #expect(HolmAdjustment.adjusted([]).isEmpty)
  }

  @Test(
    "Fisher's exact test is SciPy's",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func fisher() throws {
    let cases = [[3, 80, 0, 960], [0, 80, 4, 960], [5, 10, 5, 10], [40, 80, 2, 960], [1, 1, 0, 1]]
    let script = """
      import json, sys
      from scipy.stats import fisher_exact
      print(json.dumps([fisher_exact([[a, n - a], [b, m - b]], alternative="greater")[1] for a, n, b, m in json.load(sys.stdin)]))
      """
    let printed = try IndependentPython.run(script, input: try JSONEncoder().encode(cases))
    for (values, reference) in zip(cases, try JSONDecoder().decode([Double].self, from: printed)) {
      let own = FisherExact.pValue(first: values[0], of: values[1], second: values[2], of: values[3])
      #expect(abs(own - reference) <= 1e-9 * max(1, reference), "\(values): \(own) and \(reference)")
    }
  }

  private func series(_ count: Int, drift: Double, seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let noise = (0..<4).reduce(0.0) { sum, _ in sum + Double(generator.next(below: 1_001)) / 1_000 }
      return noise + drift * Double(max(0, index - 20))
    }
  }

  @Test("without drift the evidence reaches 20 in at most one of twenty series, with it nearly always")
  func drift() {
    var alarms = 0
    var found = 0
    for trial in 0..<400 {
      let seed = UInt64(trial)
      if ConformalDrift.steps(series(80, drift: 0, seed: seed), seed: seed).contains(where: { $0.evidence >= 20 }) {
        alarms += 1
      }
      if ConformalDrift.steps(series(80, drift: 0.05, seed: seed), seed: seed).contains(where: { $0.evidence >= 20 }) {
        found += 1
      }
    }
    // At most 5 %: Binomial(400, 0.05) exceeds 34 with a probability of 0.001.
    #expect(alarms <= 34, "\(alarms) of 400")
    #expect(found >= 380, "\(found) of 400")
  }

  @Test("ties carry no evidence: a constant series stays near 1")
  func ties() {
    let steps = ConformalDrift.steps(Array(repeating: 0, count: 200), seed: 3)
    #expect(steps.allSatisfy { $0.pValue > 0 && $0.pValue <= 1 })
    #expect(steps.allSatisfy { $0.evidence < 20 })
  }
}
