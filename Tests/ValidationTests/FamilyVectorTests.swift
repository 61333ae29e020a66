import Foundation
import Likelihood
import Statistics
import Testing
import Validation

/// Worked numbers for eight families, computed with SciPy, lir 1.8.0 and PYLLR: a pair of a family with itself is a teacher and
/// its student (label 1), all others have no link.
@Suite("Families left out, and families drawn: worked numbers")
struct FamilyVectorTests {
  static let pairs: [(teacher: String, student: String, score: Double)] = [
    ("A", "A", 0.698), ("A", "A", 0.634), ("A", "B", 0.457), ("A", "D", 0.376),
    ("A", "F", 0.402), ("A", "H", 0.557), ("B", "B", 0.914), ("B", "B", 0.991),
    ("B", "A", 0.582), ("B", "C", 0.598), ("B", "E", 0.623), ("B", "G", 0.487),
    ("C", "C", 0.553), ("C", "C", 0.664), ("C", "B", 0.522), ("C", "D", 0.277),
    ("C", "F", 0.366), ("C", "H", 0.413), ("D", "D", 0.387), ("D", "D", 0.585),
    ("D", "A", 0.377), ("D", "C", 0.334), ("D", "E", 0.465), ("D", "G", 0.302),
    ("E", "E", 0.71), ("E", "E", 0.643), ("E", "B", 0.658), ("E", "D", 0.458),
    ("E", "F", 0.494), ("E", "H", 0.581), ("F", "F", 0.464), ("F", "F", 0.645),
    ("F", "A", 0.389), ("F", "C", 0.445), ("F", "E", 0.297), ("F", "G", 0.409),
    ("G", "G", 0.539), ("G", "G", 0.576), ("G", "B", 0.509), ("G", "D", 0.334),
    ("G", "F", 0.462), ("G", "H", 0.446), ("H", "H", 0.739), ("H", "H", 0.834),
    ("H", "A", 0.433), ("H", "C", 0.422), ("H", "E", 0.458), ("H", "G", 0.391),
  ]

  /// log10 ratios from calibrations that saw no family of the pair, in either role: λ = .001, π = .5, scores standardised over
  /// the training pairs.
  static let log10Ratios: [Double] = [
    0.9079335564733769, 0.5438656436194604, -0.3601174836391779, -1.2949545321414218,
    -0.8255399382235734, 0.13235611045023163, 3.681524164246725, 4.373329552834459,
    0.7460176055489234, 0.6858664898941814, 1.4163104418946497, -0.21257006984821208,
    0.039943177485732874, 0.6902157291243874, 0.08394128274173838, -2.150977214558021,
    -1.1448574946330743, -0.6603884119788301, -1.381259284439565, 0.15700576437941594,
    -1.2880684775443376, -1.736135861780669, -0.7621901914722741, -2.0849710565486936,
    1.3827397479815624, 0.8933869951012978, 1.769579726713509, -0.8291306007947516,
    -0.2903787349106525, 0.4718441286311075, -0.57564786247785, 0.5429848032727023,
    -0.895573584207463, -0.691354761793968, -1.6653980011723157, -0.965281804018276,
    -0.09028536357336508, 0.11872843336309788, -0.04141152921552611, -1.8494138649983385,
    -0.6616986406464704, -0.49932167134704875, 1.2196486359803977, 1.7780410440210115,
    -0.4893780263431986, -0.6111547223954624, -0.36806766421586573, -0.780821092438175,
  ]

  static let cases = pairs.map {
    LeaveFamiliesOut.Case(
      score: $0.score, label: $0.teacher == $0.student, families: [$0.teacher, $0.student], source: $0.student)
  }

  private static func evaluation(_ log10Ratios: [Double], weights: [Double]? = nil) -> RatioEvaluation {
    RatioEvaluation(
      cases.indices.map { (log10Ratios[$0], cases[$0].label == true, weights?[$0] ?? 1) })
  }

  @Test("ratios of unseen families, and their Cllr, least Cllr and equal error rate")
  func left() throws {
    let found = LeaveFamiliesOut(penalty: 0.001, evenness: 0, minimumSources: 1, minimumFamilies: 1).logRatios(
      Self.cases)
    let ratios = found.compactMap { $0.map { $0 / log(10) } }
    try #require(ratios.count == 48)
    for (ratio, expected) in zip(ratios, Self.log10Ratios) { #expect(abs(ratio - expected) < 1e-6) }
    let evaluation = Self.evaluation(ratios)
    #expect(abs(evaluation.cllr - 0.7995554482850313) < 1e-6)
    #expect(abs(evaluation.minimalCllr - 0.6205769304244876) < 1e-12)
    #expect(abs(evaluation.equalErrorRate - 0.20833333333333331) < 1e-12)
  }

  @Test(
    "a pair weighs the product of how often its two families were drawn, once where they are one",
    arguments: [
      (
        "ABCDEFGH",
        [
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
          1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        ], 0.7995554482850313
      ),
      (
        "AACDFFGH",
        [
          2, 2, 0, 2, 4, 2, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 2, 1, 1, 1, 2, 1, 0, 1,
          0, 0, 0, 0, 0, 0, 2, 2, 4, 2, 0, 2, 1, 1, 0, 1, 2, 1, 1, 1, 2, 1, 0, 1,
        ], 0.5926386812246157
      ),
      (
        "BBBEEGHH",
        [
          0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 6, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          2, 2, 6, 0, 0, 4, 0, 0, 0, 0, 0, 0, 1, 1, 3, 0, 0, 2, 2, 2, 0, 0, 4, 2,
        ], 1.417675385284636
      ),
    ])
  func drawn(families: String, weights: [Double], cllr: Double) {
    let draw = FamilyDraw(families.map(String.init))
    #expect(Self.pairs.map { draw.weight([$0.teacher, $0.student]) } == weights)
    #expect(abs(Self.evaluation(Self.log10Ratios, weights: weights).cllr - cllr) < 1e-12)
  }

  @Test("as many families are drawn as there are, each as likely")
  func uniform() {
    var generator = SeededGenerator(seed: 3)
    let families = ["a", "b", "c", "d"]
    var sums = [Double](repeating: 0, count: 4)
    for _ in 0..<4_000 {
      let draw = FamilyDraw(of: families, &generator)
      let counts = families.map { draw.weight($0) }
      #expect(counts.reduce(0, +) == 4)
      for place in 0..<4 { sums[place] += counts[place] }
    }
    // Of 16,000 draws 4,000 each; four standard deviations are 219.
    for sum in sums { #expect(abs(sum - 4_000) < 220) }
  }
}
