import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite("Clusters, and p-values as ratios")
struct DesignEffectTests {
  @Test(
    "observations that go together weigh as fewer independent ones",
    arguments: [
      (1_000, 0.05, 19.62708537782139), (1_000, 0.01, 90.99181073703366), (200, 0.1, 9.56937799043062),
      (50, 0.2, 4.62962962962963),
    ])
  func effective(count: Int, intraclass: Double, expected: Double) {
    #expect(abs(DesignEffect.effectiveSize(count, intraclass: intraclass) - expected) < 1e-9)
  }

  /// Six targets by four judges, Table 2 of Shrout and Fleiss (1979), who print ICC(1, 1) = .17.
  @Test("the intraclass correlation of the published table, and of what has none")
  func intraclass() throws {
    let table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    let found = try #require(DesignEffect.intraclassCorrelation(table.map { $0.map(Double.init) }))
    #expect(abs(found - 0.17) < 0.005)
    #expect(DesignEffect.intraclassCorrelation([[1, 1], [2, 2]]) == 1)
    #expect(DesignEffect.intraclassCorrelation([[1], [2]]) == nil)
    #expect(DesignEffect.intraclassCorrelation([[1, 2]]) == nil)
    #expect(DesignEffect.intraclassCorrelation([[1, 1], [1, 1]]) == nil)
  }

  @Test(
    "groups of unequal size agree with an analysis of variance in NumPy",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func unequal() throws {
    let groups = [[1.0, 2.5, 2], [4, 3.5], [0.5, 1, 1.5, 0.2, 3], [2], [5, 6.5]]
    let script = """
      import json, sys
      import numpy as np
      from scipy.stats import f_oneway
      g = [np.array(x) for x in json.load(sys.stdin)]
      n = np.array([len(x) for x in g]); k = len(g)
      msw = sum(((x - x.mean()) ** 2).sum() for x in g) / (n.sum() - k)
      msb = f_oneway(*g).statistic * msw
      n0 = n.mean() - n.var(ddof=1) / n.sum()
      print((msb - msw) / (msb + (n0 - 1) * msw))
      """
    let output = String(
      decoding: try IndependentPython.run(script, input: try JSONEncoder().encode(groups)), as: UTF8.self)
    let expected = try #require(Double(output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(abs(try #require(DesignEffect.intraclassCorrelation(groups)) - expected) < 1e-9)
  }

  @Test(
    "what a p-value can be worth at most",
    arguments: [
      (0.05, 2.456023486604883), (0.01, 7.988400565320467), (0.001, 53.25600376880312), (0.0001, 399.4200282660234),
      (1e-6, 26628.00188440156),
    ])
  func pValue(pValue: Double, ratio: Double) {
    #expect(abs(PValueBound.greatestRatio(pValue) / ratio - 1) < 1e-12)
    #expect(PValueBound.greatestRatio(0.4) == 1 && PValueBound.greatestRatio(1) == 1)
  }
}

@Suite("The bootstrap pair by pair")
struct PairBootstrapTests {
  /// 40 probes × 30 pairs; of some pairs few probes count, of some most, of some none.
  private static func sample() -> (contributions: Matrix, counts: Matrix) {
    var generator = SeededGenerator(seed: 4)
    var contributions = Matrix(rows: 40, columns: 30)
    var counts = Matrix(rows: 40, columns: 30)
    for pair in 0..<30 {
      for probe in 0..<40 where pair < 10 || generator.next(below: 30) > pair {
        contributions[probe, pair] = Double(generator.next(below: 1_000)) / 997
        counts[probe, pair] = 1
      }
    }
    for probe in 0..<40 {
      counts[probe, 29] = 0
      contributions[probe, 29] = 0
    }
    return (contributions, counts)
  }

  @Test("means are those of the whole product, less what is taken off", arguments: [false, true])
  func sameMeans(allCount: Bool) async throws {
    let (contributions, counts) = Self.sample()
    let bootstrap = ProbeBootstrap(replicates: 300, probes: 40, seed: 9)
    let whole = await bootstrap.means(of: contributions, counts: allCount ? nil : counts)
    let amounts = (0..<30).map { Double($0) / 7 }
    let pairs = [29, 3, 3, 17, 0, 25]
    let missing: @Sendable (Int) -> [Int] = { pair in (0..<40).filter { counts[$0, pair] == 0 } }
    let grid = try #require(GridMatrix(rounding: contributions, bits: 30))
    let found = PairBootstrap(bootstrap, missing: allCount ? nil : missing).means(pairs, of: grid, less: amounts)
    #expect(found.rows == pairs.count && found.columns == 300)
    for (row, pair) in pairs.enumerated() {
      for replicate in 0..<300 {
        let expected = whole[replicate, pair] - amounts[pair]
        #expect(expected.isNaN ? found[row, replicate].isNaN : abs(found[row, replicate] - expected) < 1e-9)
      }
    }
    #expect(allCount || found.row(0).allSatisfy(\.isNaN))
  }

  @Test("moments of columns are those of each column alone, to the last bit")
  func columnMoments() {
    var generator = SeededGenerator(seed: 8)
    var matrix = Matrix(rows: 12, columns: 50)
    for index in matrix.values.indices {
      matrix.values[index] = generator.next(below: 9) == 0 ? .nan : Double(generator.next(below: 10_000)) / 3
    }
    let rows = [11, 2, 5, 7, 0, 2]
    let found = ColumnMoments(matrix, rows: rows)
    for column in 0..<50 {
      let known = rows.map { matrix[$0, column] }.filter(\.isFinite)
      let expected = Moments(known)
      #expect(found.counts[column] == Double(known.count))
      guard known.count > 1 else { continue }
      #expect(found.means[column] == expected.mean && found.standardDeviations[column] == expected.standardDeviation)
    }
  }
}
