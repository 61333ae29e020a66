import Foundation
import Statistics
import TestSupport
import Testing

@Suite("Two samples")
struct TwoSampleTests {
  struct Strata: Codable {
    var values: [[[Double]]] = []
    var sides: [Int] = []
  }

  /// Points on a line by stratum, with their distances.
  static func distances(seed: UInt64, shift: Double, sizes: [(Int, Int)]) -> (points: [[Double]], Strata) {
    var generator = SeededGenerator(seed: seed)
    var strata = Strata()
    let points = sizes.map { m, n in
      (0..<(m + n)).map { Double(generator.next(below: 1_000)) / 100 + ($0 < m ? 0 : shift) }
    }
    strata.values = points.map { row in row.map { one in row.map { abs(one - $0) } } }
    strata.sides = sizes.map(\.0)
    return (points, strata)
  }

  static func blocks(_ strata: Strata) -> [TwoSampleDiscrepancy.Stratum] {
    zip(strata.values, strata.sides).map { .init(values: $0.flatMap(\.self), firstSide: $1, count: $0.count) }
  }

  @Test(
    "energy distance and MMD are those of SciPy and NumPy, pooled over strata",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let (points, strata) = Self.distances(seed: 3, shift: 2, sizes: [(4, 3), (2, 6), (5, 5)])
    struct Input: Codable { let points: [[Double]]; let strata: Strata }
    struct Expected: Codable { let energy: Double; let mmd: Double; let single: Double }
    let script = """
      import json, sys
      import numpy as np
      from scipy.stats import energy_distance
      data = json.load(sys.stdin)
      def pooled(f):
        xx = xy = yy = nx = nxy = ny = 0.0
        for v, m in zip(data["strata"]["values"], data["strata"]["sides"]):
          k = f(np.array(v)); n = len(v) - m
          xx += k[:m, :m].sum() - np.trace(k[:m, :m]); yy += k[m:, m:].sum() - np.trace(k[m:, m:]); xy += k[:m, m:].sum()
          nx += m * (m - 1); ny += n * (n - 1); nxy += m * n
        return xx / nx - 2 * xy / nxy + yy / ny
      # SciPy's distance counts each point with itself; its square is 2A - X(m-1)/m - Y(n-1)/n.
      p, m = np.array(data["points"][2]), data["strata"]["sides"][2]
      x, y = p[:m], p[m:]
      d = lambda a, b: np.abs(a[:, None] - b[None, :])
      v = energy_distance(x, y) ** 2
      single = v - d(x, x).sum() / (len(x) * (len(x) - 1)) / len(x) - d(y, y).sum() / (len(y) * (len(y) - 1)) / len(y)
      print(json.dumps(dict(energy=-pooled(lambda z: z), mmd=pooled(lambda z: np.exp(-z)), single=single)))
      """
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: IndependentPython.run(script, input: JSONEncoder().encode(Input(points: points, strata: strata))))
    let energy = try #require(TwoSampleDiscrepancy(Self.blocks(strata), measure: .distance))
    #expect(abs(energy.value - expected.energy) < 1e-12)
    var kernel = strata
    kernel.values = strata.values.map { $0.map { $0.map { exp(-$0) } } }
    let mmd = try #require(TwoSampleDiscrepancy(Self.blocks(kernel), measure: .kernel))
    #expect(abs(mmd.value - expected.mmd) < 1e-12)
    let last = try #require(TwoSampleDiscrepancy([Self.blocks(strata)[2]], measure: .distance))
    #expect(abs(last.value - expected.single) < 1e-9)
  }

  @Test("exchanging the sides changes nothing, and an order is judged as if its answers had been so placed")
  func symmetry() throws {
    let (_, strata) = Self.distances(seed: 9, shift: 1, sizes: [(3, 5)])
    let one = try #require(TwoSampleDiscrepancy(Self.blocks(strata), measure: .distance))
    let order = [3, 4, 5, 6, 7, 0, 1, 2]
    var turned = strata
    turned.values = [order.map { i in order.map { strata.values[0][i][$0] } }]
    turned.sides = [5]
    let other = try #require(TwoSampleDiscrepancy(Self.blocks(turned), measure: .distance))
    #expect(abs(one.value - other.value) < 1e-12)
    turned.sides = [3]
    let placed = try #require(TwoSampleDiscrepancy(Self.blocks(turned), measure: .distance))
    #expect(abs(one.contribution(0, order: order) - placed.value) < 1e-12)
  }

  @Test("nothing can be said without two answers on each side")
  func tooFew() {
    let (_, strata) = Self.distances(seed: 1, shift: 0, sizes: [(1, 4), (1, 2)])
    #expect(TwoSampleDiscrepancy(Self.blocks(strata), measure: .kernel) == nil)
  }

  @Test("a shift is found; without one the test rejects as often as its level says")
  func level() async throws {
    let sizes = Array(repeating: (3, 3), count: 12)
    func pValue(_ seed: UInt64, _ shift: Double) async throws -> Double {
      let (_, strata) = Self.distances(seed: seed, shift: shift, sizes: sizes)
      let statistic = try #require(TwoSampleDiscrepancy(Self.blocks(strata), measure: .distance))
      return await statistic.test(StratifiedPermutation(permutations: 199, seed: seed)).pValue
    }
    #expect(try await pValue(1, 4) == 0.005)
    var rejected = 0
    for trial in 0..<300 where try await pValue(1_000 + UInt64(trial), 0) <= 0.05 { rejected += 1 }
    // Binomial(300, 0.05): 5...27 has probability 0.997.
    #expect((5...27).contains(rejected), "\(rejected) of 300 at the 5 % level")
  }

  @Test("answers are permuted within their prompt: prompts that differ do not count as a difference of models")
  func withinStrata() async throws {
    // Side one has most answers in the first stratum, side two in the second, and the strata lie far apart.
    let values = [0.0, 100].map { base in (0..<8).map { base + Double(($0 * 5) % 8) } }
    let strata = zip(values, [6, 2]).map { row, side in
      TwoSampleDiscrepancy.Stratum(
        values: row.flatMap { one in row.map { abs(one - $0) } }, firstSide: side, count: row.count)
    }
    let statistic = try #require(TwoSampleDiscrepancy(strata, measure: .distance))
    #expect(await statistic.test(StratifiedPermutation(permutations: 999, seed: 4)).pValue > 0.05)
  }

  @Test(
    "Jensen–Shannon, Holm and Wilson are those of SciPy and their formulas",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func discrete() throws {
    let counts = [[7, 0, 3, 1, 0, 2], [1, 4, 3, 0, 1, 2]]
    let pValues = [0.01, 0.04, 0.03, 0.005, 0.9]
    struct Expected: Codable { let js: Double; let holm: [Double]; let wilson: [[Double]] }
    let script = """
      import json, sys
      import numpy as np
      from scipy.spatial.distance import jensenshannon
      from scipy.stats import binomtest
      data = json.load(sys.stdin)
      p = np.array(data[2]); order = np.argsort(p); adjusted = np.empty(len(p))
      adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))), 1)
      wilson = [list(binomtest(k, n).proportion_ci(0.95, "wilson")) for k, n in [(0, 9), (3, 10), (50, 50)]]
      print(json.dumps(dict(js=jensenshannon(data[0], data[1], 2) ** 2, holm=list(adjusted), wilson=wilson)))
      """
    let expected = try JSONDecoder().decode(
      Expected.self,
      from: IndependentPython.run(
        script, input: JSONEncoder().encode(counts.map { $0.map(Double.init) } + [pValues])))
    #expect(abs(DiscreteDivergence.jensenShannon(counts[0], counts[1]) - expected.js) < 1e-12)
    #expect(zip(HolmAdjustment.adjusted(pValues), expected.holm).allSatisfy { abs($0 - $1) < 1e-12 })
    for ((successes, trials), interval) in zip([(0, 9), (3, 10), (50, 50)], expected.wilson) {
      let wilson = WilsonInterval.at95(successes: successes, trials: trials)
      #expect(abs(wilson.low - interval[0]) < 1e-9 && abs(wilson.high - interval[1]) < 1e-9)
    }
  }

  @Test("unseen answers widen the divergence by the share that was seen once")
  func unseen() throws {
    // No singletons: what was seen is all there is.
    let certain = try #require(DiscreteDivergence.jensenShannonWithUnseen([5, 0], [0, 5]))
    #expect(certain == 1...1)
    // All singletons: nothing is known.
    #expect(DiscreteDivergence.jensenShannonWithUnseen([1, 1, 0, 0], [0, 0, 1, 1]) == 0...1)
    // 2 of 10 seen once on one side, none on the other: half of one side's unseen mass lies between the bounds.
    let mixed = try #require(DiscreteDivergence.jensenShannonWithUnseen([8, 1, 1], [8, 1, 1]))
    #expect(mixed.lowerBound == 0 && abs(mixed.upperBound - 0.2) < 1e-12)
    #expect(DiscreteDivergence.jensenShannonWithUnseen([0], [3]) == nil)
  }
}
