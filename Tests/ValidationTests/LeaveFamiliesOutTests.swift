import Foundation
import Likelihood
import TestSupport
import Testing
import Validation

@Suite("Leave families out")
struct LeaveFamiliesOutTests {
  /// Eight families; within one, scores are high. Deterministic noise from a linear congruence.
  static func cases(shift: Double = 1) -> [LeaveFamiliesOut.Case] {
    var state: UInt64 = 7
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) * 2 - 1
    }
    let families = ["A", "B", "C", "D", "E", "F", "G", "H"]
    return families.flatMap { teacher in
      families.map { student in
        LeaveFamiliesOut.Case(
          score: (teacher == student ? shift : 0) + noise(), label: teacher == student,
          families: [teacher, student], source: student)
      }
    }
  }

  static let learning = LeaveFamiliesOut(minimumFamilies: 4)

  @Test(
    "ratios are those of SciPy's minimiser on pairs that share no family, in either role, a family's pairs evened by their root",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func scipy() throws {
    struct Row: Encodable {
      let score: Double
      let label: Bool
      let families: [String]
      let source: String
    }
    // Two families have thrice the pairs of the others.
    let more = Self.cases().filter { ["A", "B"].contains($0.source) }
    let cases =
      Self.cases()
      + [0.4, -0.7].flatMap { shift in
        more.map {
          LeaveFamiliesOut.Case(
            score: $0.score + shift, label: $0.label, families: $0.families, source: $0.source)
        }
      }
    let script = """
      import collections, json, sys
      import numpy as np
      from scipy.optimize import minimize
      rows = json.load(sys.stdin)
      out = []
      for r in rows:
        t = [q for q in rows if not set(q["families"]) & set(r["families"])]
        x = np.array([q["score"] for q in t]); y = np.array([q["label"] for q in t])
        m, s = x.mean(), x.std(ddof=1); z = (x - m) / s
        n = collections.Counter((q["source"], q["label"]) for q in t)
        w = np.array([n[(q["source"], q["label"])] ** -.5 for q in t])
        def f(b):
          l = b[0] * z + b[1]
          return (.5 * np.average(np.logaddexp(0, -l[y]), weights=w[y])
                  + .5 * np.average(np.logaddexp(0, l[~y]), weights=w[~y]) + .005 * b[0] ** 2)
        b = minimize(f, [1., 0.], method="BFGS", options={"gtol": 1e-12}).x
        out.append(b[0] * (r["score"] - m) / s + b[1])
      print(json.dumps(out))
      """
    let input = try JSONEncoder().encode(
      cases.map {
        Row(score: $0.score, label: $0.label == true, families: $0.families.sorted(), source: $0.source)
      })
    let expected = try JSONDecoder().decode([Double].self, from: IndependentPython.run(script, input: input))
    let found = LeaveFamiliesOut(penalty: 0.01, minimumFamilies: 4).logRatios(cases)
    for (ratio, value) in zip(found, expected) { #expect(abs((ratio ?? .nan) - value) < 1e-5) }
  }

  @Test("a pair's own families do not move its ratio")
  func leak() {
    let cases = Self.cases()
    let first = Self.learning.logRatios(cases)[0]
    let moved = cases.enumerated().map { index, one in
      index > 0 && one.families.contains("A")
        ? LeaveFamiliesOut.Case(
          score: one.score + 50, label: one.label, families: one.families, source: one.source) : one
    }
    #expect(Self.learning.logRatios(moved)[0] == first)
    #expect(first != nil)
  }

  @Test("too few independent families give no ratio")
  func tooFew() {
    #expect(LeaveFamiliesOut(minimumSources: 8, minimumFamilies: 4).logRatios(Self.cases()).allSatisfy { $0 == nil })
    #expect(LeaveFamiliesOut(minimumFamilies: 8).logRatios(Self.cases()).allSatisfy { $0 == nil })
  }

  @Test("without a difference between the labels ratios are near 1")
  func noDifference() {
    let ratios = Self.learning.logRatios(Self.cases(shift: 0)).compactMap(\.self)
    #expect(ratios.count == 64 && ratios.allSatisfy { abs($0) < log(4.0) })
  }
}

@Suite("Ranking accuracy")
struct RankingAccuracyTests {
  private func area(_ scores: [Double], _ labels: [Bool], groups: [String]? = nil, weights: [Double]? = nil) -> Double {
    let cases = scores.indices.map {
      RankingAccuracy.Case(score: scores[$0], label: labels[$0], group: groups?[$0] ?? "")
    }
    return weights.map { RankingAccuracy.Sorted(cases).areaUnderCurve($0) } ?? RankingAccuracy.areaUnderCurve(cases)
  }

  @Test("couples are counted, ties half, and only within a group")
  func couples() {
    #expect(area([1, 2, 3, 4], [false, true, false, true]) == 0.75)
    #expect(area([1, 1], [false, true]) == 0.5)
    #expect(area([1, 2, 3, 4], [false, true, false, true], groups: ["a", "a", "b", "b"]) == 1)
    #expect(area([1, 2], [true, true]).isNaN)
  }

  @Test(
    "weighted areas are those of scikit-learn", .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func scikitLearn() throws {
    var state: UInt64 = 3
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let scores = (0..<200).map { _ in Double(next(40)) }
    let labels = (0..<200).map { _ in next(3) == 0 }
    let weights = (0..<200).map { _ in Double(1 + next(4)) }
    let script = """
      import json, sys
      from sklearn.metrics import roc_auc_score
      q = json.load(sys.stdin)
      print(roc_auc_score(q["labels"], q["scores"], sample_weight=q["weights"]))
      """
    let input = try JSONEncoder().encode([
      "scores": scores, "labels": labels.map { $0 ? 1 : 0 }, "weights": weights,
    ])
    let output = String(decoding: try IndependentPython.run(script, input: input), as: UTF8.self)
    let expected = try #require(Double(output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(abs(area(scores, labels, weights: weights) - expected) < 1e-12)
  }
}
