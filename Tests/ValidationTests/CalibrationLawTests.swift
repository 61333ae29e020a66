import Cases
import Foundation
import Likelihood
import LinearAlgebra
import Similarity
import Statistics
import Testing
import Validation

/// Laws that hold for every calibrated system, and mistakes that break them, on distributions whose ratios are known.
@Suite("Laws of calibrated ratios")
struct CalibrationLawTests {
  /// The middles of `count` equally probable parts of the standard normal distribution.
  private static func normals(_ count: Int) -> [Double] {
    (0..<count).map { NormalDistribution.quantile((Double($0) + 0.5) / Double(count)) }
  }

  /// Scores of N(2, 1) where the proposition is true and of N(0, 1) where it is not: ln LR = 2x − 2.
  private static func line() throws -> Calibration.Line {
    let normals = normals(3_000)
    let cases = [true, false].flatMap { label in
      normals.enumerated().map { place, z in
        LeaveFamiliesOut.Case(
          score: z + (label ? 2 : 0), label: label, families: ["f\(place % 50)"], source: "f\(place % 50)")
      }
    }
    return try #require(LeaveFamiliesOut(penalty: 1e-7).line(cases))
  }

  @Test("the mean ratio is 1 where the alternative is true, and that of its inverse 1 where the proposition is")
  func means() throws {
    let line = try Self.line()
    #expect(abs(line.slope - 2) < 0.01 && abs(line.intercept + 2) < 0.01)
    // Means of a lognormal variable: exp(mean + variance / 2).
    #expect(abs(exp(line.intercept + line.slope * line.slope / 2) - 1) < 0.02)
    #expect(abs(exp(-line.intercept - 2 * line.slope + line.slope * line.slope / 2) - 1) < 0.02)
    // The ratio of the ratio is the ratio: densities of ln LR, normal with means ±2 and variance 4.
    for score in [-1.0, 0.3, 2.5] {
      let logRatio = line.logRatio(score)
      func density(_ mean: Double) -> Double { -(logRatio - mean) * (logRatio - mean) / 8 }
      #expect(abs(density(2) - density(-2) - logRatio) < 1e-9)
    }
  }

  /// Exact tails of ln LR ~ N(−2, 4).
  @Test(
    "a ratio of k or more comes up at most 1 in k times where the alternative is true",
    arguments: [
      (2.0, 0.08905880230047253), (10, 0.015726558102801748), (100, 0.00047899008636511357),
      (1_000, 4.216658682340677e-06),
    ])
  func tails(ratio: Double, chance: Double) throws {
    let line = try Self.line()
    let found = NormalDistribution.cumulative(-(log(ratio) - line.intercept) / line.slope)
    #expect(found <= 1 / ratio)
    #expect(abs(found / chance - 1) < 0.05, "\(found)")
    #expect(abs(NormalDistribution.cumulative(-(log(ratio) + 2) / 2) / chance - 1) < 1e-9)
  }

  /// Two features that go together (ρ = .8), shifted by 1.5: at (2, 2) the ratio is exp(2.0833), and the product of the ratios of
  /// each alone, exp(3.75), overstates it more than five times.
  @Test("scores that go together are calibrated together, and not multiplied")
  func dependentFeatures() throws {
    let normals = Self.normals(80)
    let cases = [true, false].flatMap { label in
      normals.flatMap { a in
        normals.map { b in (label: label, x: [a, 0.8 * a + 0.6 * b].map { $0 + (label ? 1.5 : 0) }) }
      }
    }
    func fitted(_ regressors: ([Double]) -> [Double]) throws -> Double {
      try LogisticRegression.fit(cases.map { regressors($0.x) }, labels: cases.map(\.label), penalty: 1e-9)
        .logLikelihoodRatio(regressors([2, 2]))
    }
    #expect(abs(try fitted { $0 } - 2.083333333333333) < 0.05)
    // What this program does: one number from all channels, calibrated once.
    #expect(abs(try fitted { [($0[0] + $0[1]) / 2] } - 2.083333333333333) < 0.05)
    let product = try fitted { [$0[0]] } + fitted { [$0[1]] }
    #expect(abs(product - 3.75) < 0.05)
    #expect(abs(exp(3.75 - 2.083333333333333) - 5.2944900504700305) < 1e-9)
  }

  /// 1,000 prompts, each with ln LR ~ N(−d²/2, d²), d = 0.1, where the alternative is true.
  @Test("a score counts all probes: keeping the best tenth would make 10^7.4 of a ratio of 10^−2.2")
  func promptSelection() async throws {
    let ratios = Self.normals(1_000).map { 0.1 * $0 - 0.005 }
    let best = ratios.sorted(by: >).prefix(100).reduce(0, +) / log(10)
    #expect(abs(best - 7.404648473198803) < 0.02)
    let pairs = PairIndex(models: [ModelID("a"), ModelID("b")])
    func score(_ values: [Double]) throws -> Double {
      let matrix = Matrix(rows: values.count, columns: 1, values: values)
      let contributions = try #require(GridMatrix(rounding: matrix, bits: 30))
      return PairMeasurements(
        contributions: [Contributions(channel: "c", version: 1, values: contributions)], pairs: pairs,
        prompts: values.indices.map { PromptID("p\($0)") },
        participation: Participation(
          prompts: values.count, models: 2, answered: Array(repeating: true, count: 2 * values.count)),
        meanLengths: [1, 1], isWrittenWithoutSpaces: false
      ).scores()[0][0] * Double(values.count) / log(10)
    }
    #expect(abs(try score(ratios) - -2.171472409516259) < 1e-6)
    #expect(abs(try score(ratios.reversed()) - -2.171472409516259) < 1e-6)
    // Nor does any replicate come near what selection makes.
    let bootstrap = ProbeBootstrap(replicates: 500, probes: 1_000, seed: 2)
    let means = await bootstrap.means(of: Matrix(rows: 1_000, columns: 1, values: ratios), counts: nil)
    #expect(means.values.allSatisfy { $0 * 1_000 / log(10) < 5 })
  }

  @Test(
    "natural and decimal logarithms of a ratio agree",
    arguments: [(1.0, 0.0), (10, 1), (100, 2), (1_000, 3), (0.05, -1.3010299956639813), (31.6227766016838, 1.5)])
  func logarithms(ratio: Double, log10: Double) throws {
    let fit = try CalibrationTests.changed(
      CalibrationTests.calibration(), ["line": "[1,0]", "bounds_log10": "[-9,9]"])
    #expect(abs(fit.log10Ratio(log(ratio)) - log10) < 1e-12)
  }
}

@Suite("Several alternatives")
struct SeveralTests {
  static let log10Ratios: [Alternative: Double] = [
    .noLink: log10(400), .convergence: log10(12), .commonTeacher: log10(3), .sameBase: log10(90),
  ]

  /// Fenton and others, Law, Probability and Risk (2013): a composite alternative has the weighted harmonic mean.
  @Test("the ratio against a mixture is the weighted harmonic mean, and the least of all remains below it")
  func mixture() throws {
    let text = "no_link=0.4, convergence=0.3,common_teacher=.2,same_base_other_tuning=0.1"
    let mixture = try AlternativeMixture(parsing: text)
    #expect(mixture.text == text)
    let found = try #require(mixture.log10Ratio(Self.log10Ratios))
    #expect(abs(pow(10, found) - 10.663507109004739) < 1e-9)
    #expect(try #require(Self.log10Ratios.values.min()) < found)
    #expect(mixture.log10Ratio([.noLink: 1]) == nil)
  }

  @Test(
    "weights that are none are refused",
    arguments: [
      "", "no_link", "no_link=1,no_link=0", "no_link=0.5,no_link=0.5", "no_link=0.6,common_teacher=0.3", "guess=1",
      "no_link=nan", "no_link=-1,common_teacher=2", "no_link=0.5,,common_teacher=0.5",
    ])
  func weights(text: String) {
    #expect(throws: AlternativeMixture.Defect.self) { try AlternativeMixture(parsing: text) }
  }
}
