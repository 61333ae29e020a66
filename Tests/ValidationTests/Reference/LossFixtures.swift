import Cases
import Foundation
import Likelihood
import TestSupport
import Validation

/// Made-up losses: students of three teachers on bases of four makers, two of them on wider sets of candidates.
enum LossFixtures {
  static let teachers = ["t1", "t2", "t3"]

  struct Line: Codable {
    var suspect: String
    var base: String
    var kind = "controlled"
    var teacher: String
    var candidate: String
    var prompts: String
    var difference: [Double]
  }

  /// - Parameter teaching: nats a token that a student moves towards its teacher.
  static func lines(teaching: Double = 0.3, answers: Int = 12) -> [Line] {
    var state: UInt64 = 11
    func noise() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53) - 0.5
    }
    var lines: [Line] = []
    for (place, maker) in ["a", "b", "c", "d"].enumerated() {
      for teacher in teachers where (place, teacher) != (3, "t2") {
        let candidates = teachers + (place == 1 ? ["u1", "u2"] : ["u1"])
        for prompts in ["p", "q"] {
          for candidate in candidates {
            // Every suspect moves away from u1, and some bases move further than others.
            let shift = (candidate == teacher ? teaching : 0) - (candidate == "u1" ? 0.1 : 0)
            lines.append(
              Line(
                suspect: "\(maker) of \(teacher)", base: "\(maker)/base", teacher: teacher, candidate: candidate,
                prompts: prompts,
                difference: (0..<answers).map { _ in -(shift + 0.2 * noise()) * (1 + 0.5 * Double(place)) }))
          }
        }
      }
    }
    return lines
  }

  static func text(_ lines: [Line]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    return try lines.flatMap { try Array(encoder.encode($0)) + [0x0A] }
  }

  static func corpus(_ lines: [Line]) throws -> LossCorpus { try LossCorpus.parse(text(lines), file: "losses.jsonl") }

  /// The definition in NumPy, and lines by SciPy's minimiser: reads losses, prints suspect, prompts, candidate, score, score
  /// with the teacher absent, and both ratios.
  static let script = """
    import collections, json, sys
    import numpy as np
    from scipy.optimize import minimize
    rows = {}
    for line in sys.stdin:
      r = json.loads(line)
      if r["kind"] == "open question": continue
      rows.setdefault((r["suspect"], r["base"], r["prompts"]), (r["teacher"], {}))[1][r["candidate"]] = -np.array(r["difference"])
    maker = lambda base: base.rsplit("/", 1)[0]
    def movement(g, c, others):
      d = g[c] - np.mean([g[o] for o in others], axis=0)
      return d.mean() / np.sqrt(d.std(ddof=1))
    def score(key, c, left):
      suspect, base, prompts = key; g = rows[key][1]
      rest = [o for o in g if o != c and o not in left]
      found = []
      for (s, b, p), (t, h) in rows.items():
        if p != prompts or c not in h or t in (c, suspect) or s in (suspect, c) or maker(b) == maker(base): continue
        o = [x for x in rest if x in h and x not in (t, s)]
        if len(o) >= 2: found.append(movement(g, c, o) - movement(h, c, o))
      return ("both", np.mean(found)) if found else ("one", movement(g, c, rest))
    cells = []
    for key, (t, g) in rows.items():
      for c in sorted(g):
        cells.append((key, t, c, score(key, c, ()), score(key, c, (t,)) if c != t else None))
    def line(sides, families):
      x, y, src = [], [], []
      for (s, b, p), t, c, one, absent in cells:
        if {maker(b) + "/", t, c} & families: continue
        if sides == "one":  # of one side every row can teach
          g = rows[s, b, p][1]; rest = [o for o in g if o != c]
          one, absent = ("one", movement(g, c, rest)), c != t and ("one", movement(g, c, [o for o in rest if o != t]))
        for v, l in ((one, t == c), (absent, False)):
          if v and v[0] == sides: x.append(v[1]); y.append(l); src.append((b, l))
      x, y = np.array(x), np.array(y); m, sd = x.mean(), x.std(ddof=1); z = (x - m) / sd
      n = collections.Counter(src); w = np.array([n[k] ** -.5 for k in src])
      w = np.where(y, .5 * w / w[y].sum(), .5 * w / w[~y].sum())
      f = lambda q: (w * np.logaddexp(0, np.where(y, -1, 1) * (q[0] * z + q[1]))).sum() + .015 * q[0] ** 2
      q = minimize(f, [1, 0], method="BFGS", options={"gtol": 1e-11}).x
      return q[0] / sd, q[1] - q[0] * m / sd
    known = {}
    out = []
    for (s, b, p), t, c, one, absent in cells:
      families = frozenset((maker(b) + "/", t, c))
      def ratio(v):
        k = (v[0], families)
        if k not in known: known[k] = line(*k)
        return known[k][0] * v[1] + known[k][1]
      out.append([s, p, c, one[1], absent and absent[1], ratio(one), absent and ratio(absent)])
    print(json.dumps(out))
    """

  /// What `script` prints, by suspect, prompts and candidate.
  static func independent(_ losses: [UInt8]) throws -> [String: [Double?]] {
    let output = try IndependentPython.run(script, input: Data(losses))
    guard let rows = try JSONSerialization.jsonObject(with: output) as? [[Any]] else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (row.prefix(3).map { "\($0)" }.joined(separator: "|"), row.dropFirst(3).map { $0 as? Double })
      })
  }
}
