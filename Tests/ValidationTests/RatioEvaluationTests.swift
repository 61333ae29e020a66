import Foundation
import Likelihood
import Statistics
import Testing
import Validation

/// Worked numbers: computed with lir 1.8.0 and PYLLR, two independent implementations, on the sets given here.
@Suite("Evaluation of likelihood ratios")
struct RatioEvaluationTests {
  static let setOne = RatioEvaluation(
    trueLog10: [2.1, 1.5, 0.9, 0.3, -0.4, 3.2], falseLog10: [-2.5, -1.8, -0.6, 0.2, 0.7, -3.1, -1.1])

  private func near(_ found: Double, _ expected: Double, _ tolerance: Double = 1e-12) -> Bool {
    found == expected || abs(found - expected) <= tolerance
  }

  @Test("Cllr, its minimum and the equal error rate of set 1")
  func setOne() {
    #expect(near(Self.setOne.cllr, 0.5345938573682663))
    #expect(near(Self.setOne.minimalCllr, 0.3082013542167627))
    #expect(near(Self.setOne.equalErrorRate, 0.15384615384615383))
  }

  @Test(
    "empirical cross-entropy of set 1, after the best recalibration, and without ratios",
    arguments: [
      (-3.0, 0.00744635379569335, 0.003725250798945894, 0.011397802630112312),
      (-2.0, 0.047578192325691174, 0.025981986772874707, 0.08013604733127525),
      (-1.0, 0.2463380593737619, 0.14009980766128316, 0.4394969869215134),
      (-0.5, 0.4369905648305433, 0.24983347233243555, 0.7954608782887052),
      (0.0, 0.5345938573682663, 0.3082013542167627, 1.0),
      (0.5, 0.4148693240074609, 0.2406630570461874, 0.7954608782887054),
      (1.0, 0.2278923092219411, 0.13109482610925505, 0.4394969869215134),
      (2.0, 0.04431474365731918, 0.02352223208038483, 0.0801360473312753),
      (3.0, 0.007071705358035763, 0.0033199628566233253, 0.011397802630110919),
    ])
  func crossEntropy(log10PriorOdds: Double, expected: Double, recalibrated: Double, neutral: Double) {
    #expect(near(Self.setOne.empiricalCrossEntropy(log10PriorOdds: log10PriorOdds), expected))
    #expect(near(Self.setOne.recalibrated.empiricalCrossEntropy(log10PriorOdds: log10PriorOdds), recalibrated))
    let none = RatioEvaluation(trueLog10: [0], falseLog10: [0])
    #expect(near(none.empiricalCrossEntropy(log10PriorOdds: log10PriorOdds), neutral))
    #expect(near(Self.setOne.empiricalCrossEntropy(log10PriorOdds: 0), Self.setOne.cllr))
  }

  @Test(
    "Tippett's curves count ratios at and above the threshold",
    arguments: [
      (-3.0, 1.0, 0.8571428571428571),
      (-2.0, 1.0, 0.7142857142857143),
      (-1.0, 1.0, 0.42857142857142855),
      (-0.5, 1.0, 0.2857142857142857),
      (0.0, 0.8333333333333334, 0.2857142857142857),
      (0.5, 0.6666666666666666, 0.14285714285714285),
      (1.0, 0.5, 0.0),
      (2.0, 0.3333333333333333, 0.0),
      (3.0, 0.16666666666666666, 0.0),
    ])
  func tippett(threshold: Double, ifTrue: Double, ifFalse: Double) {
    let found = Self.setOne.tippett(threshold)
    #expect(near(found.ifTrue, ifTrue) && near(found.ifFalse, ifFalse))
  }

  @Test("blocks of isotonic regression of set 1, and their ratios")
  func blocks() {
    let blocks = Self.setOne.pooled
    #expect(blocks.map(\.low) == [-3.1, -0.4, 0.9] && blocks.map(\.high) == [-0.6, 0.7, 3.2])
    #expect(blocks.map(\.ones) == [0, 2, 4] && blocks.map(\.zeros) == [5, 2, 0])
    let ratios = Self.setOne.recalibrated.trueRatios.map(\.log10)
    #expect(ratios.filter(\.isFinite).allSatisfy { near($0, 0.06694678963061322) })
    #expect(ratios.count { $0 == .infinity } == 4)
  }

  @Test(
    "detection errors of set 1, and their normal deviates",
    arguments: [
      (-3, 0, 0.8571428571428571, -.infinity, 1.0675705238781412),
      (-1, 0, 0.42857142857142855, -.infinity, -0.1800123697927051),
      (0, 0.16666666666666666, 0.2857142857142857, -0.967421566101701, -0.5659488219328631),
      (0.5, 0.3333333333333333, 0.14285714285714285, -0.43072729929545756, -1.0675705238781414),
      (1, 0.5, 0, 0, -.infinity),
    ] as [(Double, Double, Double, Double, Double)])
  func detectionError(
    threshold: Double, missed: Double, falselyFound: Double, deviateOfMissed: Double, deviateOfFalselyFound: Double
  ) {
    let error = Self.setOne.detectionError(threshold)
    #expect(near(error.missed, missed) && near(error.falselyFound, falselyFound))
    for (share, expected) in [(error.missed, deviateOfMissed), (error.falselyFound, deviateOfFalselyFound)] {
      let value = NormalDistribution.quantile(share)
      #expect(expected.isFinite ? abs(value - expected) < 1e-9 : value == expected)
    }
  }

  @Test("neutral ratios cost one bit, perfect ones nothing, and one that is infinitely wrong costs infinitely much")
  func edges() {
    #expect(RatioEvaluation(trueLog10: [0, 0], falseLog10: [0]).cllr == 1)
    let perfect = RatioEvaluation(trueLog10: [.infinity], falseLog10: [-.infinity])
    #expect(perfect.cllr == 0 && perfect.minimalCllr == 0 && perfect.equalErrorRate == 0)
    #expect(RatioEvaluation(trueLog10: [-.infinity, 1], falseLog10: [-1]).cllr == .infinity)
    let three = log10(3.0)
    #expect(near(RatioEvaluation(trueLog10: [three], falseLog10: [-three]).cllr, 0.4150374992788438))
  }

  @Test(
    "a shift and a stretch change Cllr and leave its minimum",
    arguments: [
      (
        [3.1, 2.5, 1.9, 1.3, 0.6, 4.2], [-1.5, -0.8, 0.4, 1.2, 1.7, -2.1, -0.10000000000000009], 0.9401384056769413,
        0.3082013542167627
      ),
      (
        [4.2, 3.0, 1.8, 0.6, -0.8, 6.4], [-5.0, -3.6, -1.2, 0.4, 1.4, -6.2, -2.2], 0.7407509644218999,
        0.3082013542167627
      ),
      (
        [1.05, 0.75, 0.45, 0.15, -0.2, 1.6], [-1.25, -0.9, -0.3, 0.1, 0.35, -1.55, -0.55], 0.5412108506092037,
        0.3082013542167627
      ),
      (
        [-0.47712125471966244, -0.47712125471966244], [0.47712125471966244, 0.47712125471966244], 2.0000000000000004,
        1.0
      ),
    ] as [([Double], [Double], Double, Double)])
  func moved(ones: [Double], zeros: [Double], cllr: Double, minimal: Double) {
    let found = RatioEvaluation(trueLog10: ones, falseLog10: zeros)
    #expect(near(found.cllr, cllr) && near(found.minimalCllr, minimal))
  }

  @Test("one infinitely misleading ratio costs infinitely much, and its best recalibration does not")
  func infinitelyMisleading() {
    let found = RatioEvaluation(trueLog10: [1, 2], falseLog10: [-1, .infinity])
    #expect(found.cllr == .infinity && near(found.minimalCllr, 0.6887218755408672))
  }

  @Test("ties are pooled first")
  func ties() {
    let scores = [0.1, 0.2, 0.2, 0.3, 0.4, 0.4, 0.4, 0.5, 0.6, 0.7]
    let labels = [false, false, true, false, true, false, true, false, true, true]
    let evaluation = RatioEvaluation(zip(scores, labels).map { ($0, $1, 1) })
    #expect(near(evaluation.minimalCllr, 0.6754887502163469))
    #expect(near(evaluation.equalErrorRate, 0.3))
    #expect(evaluation.pooled.map(\.ones) == [0, 1, 2, 2])
    #expect(evaluation.pooled.map(\.zeros) == [1, 2, 2, 0])
    let half = 0.30102999566398125
    let ratios = (evaluation.recalibrated.trueRatios + evaluation.recalibrated.falseRatios).map(\.log10)
    for (ratio, expected) in zip(ratios, [-half, 0, 0, .infinity, .infinity, -.infinity, -half, -half, 0, 0]) {
      #expect(near(ratio, expected))
    }
  }

  @Test("a weight counts like as many copies")
  func weights() {
    let weighted = RatioEvaluation([(1, true, 2), (-0.5, true, 1), (-1, false, 3), (0.4, false, 0)])
    let copies = RatioEvaluation(trueLog10: [1, 1, -0.5], falseLog10: [-1, -1, -1])
    #expect(near(weighted.cllr, copies.cllr))
    #expect(near(weighted.minimalCllr, copies.minimalCllr))
  }

  @Test("bounds are those of lir's ELUB")
  func bounds() {
    func check(_ ones: [Double], _ zeros: [Double], _ lower: Double, _ upper: Double) {
      let found = RatioBounds.empirical(trueLog10: ones, falseLog10: zeros)
      #expect(abs(found.lower - lower) < 1e-9 && abs(found.upper - upper) < 1e-9, "\(found)")
    }
    check([2.1, 1.5, 0.9, 0.3, -0.4, 3.2], [-2.5, -1.8, -0.6, 0.2, 0.7, -3.1, -1.1], -0.33, 0.35)
    check([0, 1, 2], [-2, -1], -0.42, 0.17)
    check([1, 2], [-2, -1, 0], -0.17, 0.42)
    check([-2, -1, 0], [1, 2], 0, 0)
    let sources = RatioBounds.bySources(20)
    #expect(near(sources.upper, log10(20)) && near(sources.lower, -log10(20)))
    #expect(sources.tightened(by: .init(lower: -3, upper: 0.5)).clipped(2) == 0.5)
  }

  @Test("ratios clipped to their bounds lose what the bounds take")
  func clipped() {
    let set = Self.setOne
    let bounds = RatioBounds.empirical(
      trueLog10: set.trueRatios.map(\.log10), falseLog10: set.falseRatios.map(\.log10))
    let clipped = RatioEvaluation(
      trueLog10: set.trueRatios.map { bounds.clipped($0.log10) },
      falseLog10: set.falseRatios.map { bounds.clipped($0.log10) })
    #expect(abs(clipped.cllr - 0.780588450221796) < 1e-12)
  }
}

@Suite("Logistic calibration")
struct LogisticCalibrationTests {
  static let ones = [0.62, 0.71, 0.55, 0.48, 0.8, 0.66, 0.39, 0.58]
  static let zeros = [0.21, 0.35, 0.44, 0.18, 0.29, 0.52, 0.33, 0.25, 0.41, 0.3]

  private func fit(
    _ ones: [Double], _ zeros: [Double], prior: Double = 0.5, penalty: Double
  ) throws -> LogisticRegression {
    try LogisticRegression.fit(
      (ones + zeros).map { [$0] }, labels: ones.map { _ in true } + zeros.map { _ in false }, prior: prior,
      penalty: penalty)
  }

  /// Computed with SciPy's minimiser on the objective as written; λ = 1/18 is lir's default.
  @Test(
    "coefficients minimise the stated objective",
    arguments: [
      (0.5, 0.0, 19.786119930001746, -9.007430819316342, -0.10367685081555678, 8.800077117685229),
      (0.5, 1.0 / 18, 1.0712264520396082, -0.4962734432841862, -0.014221539866362487, 0.46783036355146124),
      (0.5, 0.01, 3.9536444523730188, -1.8272721721633278, -0.04813216859546943, 1.731007834972389),
      (0.1, 0.0, 23.38706573487848, -10.791385869263452, -0.26720628856813633, 10.25697329212718),
      (0.1, 0.01, 2.084679335946921, -0.7711676008781914, 0.1669381002979231, 1.1050438014740376),
    ])
  func coefficients(
    prior: Double, penalty: Double, slope: Double, intercept: Double, at45: Double, at90: Double
  ) throws {
    let fitted = try fit(Self.ones, Self.zeros, prior: prior, penalty: penalty)
    #expect(abs(fitted.slopes[0] - slope) < 1e-6 * max(1, abs(slope)))
    #expect(abs(fitted.intercept - intercept) < 1e-6 * max(1, abs(intercept)))
    #expect(abs(fitted.logLikelihoodRatio([0.45]) - at45) < 1e-5)
    #expect(abs(fitted.logLikelihoodRatio([0.9]) - at90) < 1e-5)
  }

  @Test("separable data are refused without a penalty and fitted with one")
  func separable() throws {
    #expect(throws: LogisticRegression.Failure.separable) { try fit([0.8, 0.9, 1], [0.1, 0.2, 0.3], penalty: 0) }
    let fitted = try fit([0.8, 0.9, 1], [0.1, 0.2, 0.3], penalty: 0.01)
    #expect(abs(fitted.slopes[0] - 5.005410897648735) < 1e-6)
    let little = try fit([0.8, 0.9, 1], [0.1, 0.2, 0.3], penalty: 0.001)
    #expect(abs(little.slopes[0] - 10.331332337430114) < 1e-5 && abs(little.intercept + 5.682232785586563) < 1e-5)
    #expect(throws: LogisticRegression.Failure.notDetermined) { try fit([], [0.1], penalty: 1) }
    #expect(throws: LogisticRegression.Failure.notDetermined) { try fit([.nan], [0.1], penalty: 1) }
  }

  @Test("a weight counts like as many copies")
  func weights() throws {
    let copies = try fit([0.6, 0.6, 0.4], [0.2, 0.5], penalty: 0.01)
    let weighted = try LogisticRegression.fit(
      [[0.6], [0.4], [0.2], [0.5], [9]], labels: [true, true, false, false, true], weights: [2, 1, 1, 1, 0],
      penalty: 0.01)
    #expect(abs(copies.slopes[0] - weighted.slopes[0]) < 1e-9)
    #expect(abs(copies.intercept - weighted.intercept) < 1e-9)
  }
}

@Suite("Exact intervals")
struct ExactIntervalTests {
  @Test(
    "no error in n trials still allows this many",
    arguments: [
      (20, 0.1684334709830853, 0.13910834066826516), (50, 0.07112173646419764, 0.05815507911697225),
      (100, 0.03621669264517641, 0.029513049607039925),
    ])
  func none(trials: Int, twoSided: Double, oneSided: Double) {
    let interval = ExactInterval.twoSided(successes: 0, trials: trials, confidence: 0.95)
    #expect(interval.low == 0 && abs(interval.high - twoSided) < 1e-12)
    #expect(abs(ExactInterval.upperLimit(successes: 0, trials: trials, confidence: 0.95) - oneSided) < 1e-12)
    let mirrored = ExactInterval.twoSided(successes: trials, trials: trials, confidence: 0.95)
    #expect(mirrored.high == 1 && abs(mirrored.low - (1 - twoSided)) < 1e-12)
  }

  @Test(
    "a few errors in n trials",
    arguments: [
      (0, 300, 0.0, 0.01222097469429355, 0.009936081944457708),
      (1, 50, 0.000506227983040829, 0.1064695457114999, 0.09139813071969738),
      (3, 200, 0.003104107621553509, 0.0432082819177126, 0.03830970849856934),
    ])
  func few(errors: Int, trials: Int, low: Double, high: Double, oneSided: Double) {
    let interval = ExactInterval.twoSided(successes: errors, trials: trials, confidence: 0.95)
    #expect(abs(interval.low - low) < 1e-12 && abs(interval.high - high) < 1e-12)
    #expect(abs(ExactInterval.upperLimit(successes: errors, trials: trials, confidence: 0.95) - oneSided) < 1e-12)
  }
}
