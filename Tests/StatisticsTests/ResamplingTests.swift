import LinearAlgebra
import Statistics
import Testing

@Suite("Bootstrap and permutation")
struct ResamplingTests {
  @Test("a replicate draws as many probes as there are, and its mean is that of the drawn probes")
  func bootstrap() async {
    let bootstrap = ProbeBootstrap(replicates: 200, probes: 9, seed: 5)
    var contributions = Matrix(rows: 9, columns: 2)
    for probe in 0..<9 {
      contributions[probe, 0] = Double(probe)
      contributions[probe, 1] = probe < 4 ? 1 : 0
    }
    let means = await bootstrap.means(of: contributions, counts: nil)
    for replicate in 0..<200 {
      let weights = bootstrap.weights.row(replicate)
      #expect(weights.reduce(0, +) == 9)
      let byHand = zip(weights, 0..<9).reduce(0.0) { $0 + $1.0 * Double($1.1) } / 9
      #expect(abs(means[replicate, 0] - byHand) < 1e-12)
    }
    // The standard error of the mean of 0...8 is sqrt(60/9/9) = 0.861.
    let spread = Moments(means.column(0)).standardDeviation
    #expect(spread > 0.7 && spread < 1.02)
  }

  @Test("probes that do not count change neither sum nor denominator")
  func missing() async {
    let bootstrap = ProbeBootstrap(replicates: 50, probes: 6, seed: 1)
    var counts = Matrix(rows: 6, columns: 1)
    var contributions = Matrix(rows: 6, columns: 1)
    for probe in 0..<3 {
      counts[probe, 0] = 1
      contributions[probe, 0] = 0.25
    }
    let means = await bootstrap.means(of: contributions, counts: counts)
    for value in means.values where !value.isNaN { #expect(value == 0.25) }
    #expect(means.values.contains { !$0.isNaN })
  }

  @Test("a p-value is never zero, and ties count against the finding")
  func pValue() {
    #expect(PermutationTest.pValue(observed: 9, permuted: Array(repeating: 1, count: 99)) == 0.01)
    #expect(PermutationTest.pValue(observed: 1, permuted: Array(repeating: 1, count: 99)) == 1)
    #expect(PermutationTest.pValue(observed: 0.3, permuted: [0.1 + 0.2, 0, 0]) == 0.5)
  }
}
