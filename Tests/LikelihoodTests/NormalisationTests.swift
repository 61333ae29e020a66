import Cases
import Likelihood
import Similarity
import Testing

@Suite("Cohort normalisation")
struct NormalisationTests {
  /// Worked example with SciPy (ddof = 1): a score of 0.72, the candidate's scores with six cohort models and the
  /// suspect's with the same six.
  @Test("S-norm of the worked example is 3.194588568044849")
  func workedExample() throws {
    let models = (["candidate", "suspect"] + (0..<6).map { "c\($0)" }).map { ModelID($0) }
    let pairs = PairIndex(models: models)
    var scores = [Double](repeating: .nan, count: pairs.count)
    scores[pairs.index(0, 1)] = 0.72
    for (place, value) in [0.31, 0.42, 0.28, 0.55, 0.37, 0.46].enumerated() {
      scores[pairs.index(0, 2 + place)] = value
    }
    for (place, value) in [0.22, 0.51, 0.33, 0.29, 0.47, 0.40].enumerated() {
      scores[pairs.index(1, 2 + place)] = value
    }
    let normalisation = CohortNormalisation(suspect: 1, candidate: 0, cohort: Array(2..<8), pairs: pairs)
    let found = try #require(normalisation.normalised(scores, floor: 1e-9))
    #expect(abs(found.candidateSide - 3.2204260246015504) < 1e-12)
    #expect(abs(found.suspectSide - 3.168751111488148) < 1e-12)
    #expect(abs(found.value - 3.194588568044849) < 1e-12)
  }

  @Test("a cohort of equal scores is divided by the floor, and too few scores give nothing")
  func degenerate() throws {
    let pairs = PairIndex(models: (0..<6).map { ModelID("m\($0)") })
    var scores = [Double](repeating: 0.5, count: pairs.count)
    scores[pairs.index(0, 1)] = 0.7
    let normalisation = CohortNormalisation(suspect: 0, candidate: 1, cohort: [2, 3, 4, 5], pairs: pairs)
    let found = try #require(normalisation.normalised(scores, floor: 0.1))
    #expect(abs(found.value - 2) < 1e-12)
    for place in [2, 3] { scores[pairs.index(0, place)] = .nan }
    #expect(normalisation.normalised(scores, floor: 0.1) == nil)
  }
}
