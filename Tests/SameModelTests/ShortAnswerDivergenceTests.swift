import Foundation
import SameModel
import TestSupport
import Testing

@Suite("Short answers with what was not seen")
struct ShortAnswerDivergenceTests {
  @Test(
    "the divergence is SciPy's, and its bounds are those of the distributions with Good and Turing's mass",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let a = ["p": ["Red.", "red", "blue", "green", "Red"], "q": ["1", "2", "2"], "long": ["a b c d e f g h i"]]
    let b = ["p": ["blue", "pink", "red", "red"], "q": ["2", "2", "3", "1"], "long": ["yes"]]
    let script = """
      import json, re, sys
      from collections import Counter
      import numpy as np
      from scipy.spatial.distance import jensenshannon
      a, b = json.load(sys.stdin)
      js = lambda p, q: float(jensenshannon(p, q, 2) ** 2)
      rows = []
      for prompt in ("p", "q"):
        one, other = [Counter(re.sub(r"\\W", "", t.lower()) for t in side[prompt]) for side in (a, b)]
        keys = sorted(set(one) | set(other))
        x, y = [np.array([c[k] for k in keys], float) for c in (one, other)]
        u, v = (x == 1).sum() / x.sum(), (y == 1).sum() / y.sum()
        p, q = x / x.sum() * (1 - u), y / y.sum() * (1 - v)
        rows.append([js(x, y), js([*p, u], [*q, v]), js([*p, u, 0], [*q, 0, v])])
      print(json.dumps(np.mean(rows, 0).tolist()))
      """
    let expected = try JSONDecoder().decode(
      [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode([a, b])))
    let found = try #require(
      ShortAnswerDivergence(SameModelGateTests.transcript("a", a), SameModelGateTests.transcript("b", b)))
    #expect(found.prompts == 2 && found.answers == 16, "the long answer and its prompt do not count")
    for (own, other) in zip([found.observed, found.least, found.greatest], expected) {
      #expect(abs(own - other) < 1e-9)
    }
    let turned = try #require(
      ShortAnswerDivergence(SameModelGateTests.transcript("b", b), SameModelGateTests.transcript("a", a)))
    #expect(abs(turned.greatest - found.greatest) < 1e-12 && turned.observed == found.observed)
  }

  @Test("without a prompt to which all answers are short there is none")
  func none() {
    let long = SameModelGateTests.transcript("a", ["p": ["one two three four five six seven"]])
    #expect(ShortAnswerDivergence(long, SameModelGateTests.transcript("b", ["p": ["one"]])) == nil)
    #expect(ShortAnswerDivergence(long, SameModelGateTests.transcript("b", ["q": ["one"]])) == nil)
  }
}
