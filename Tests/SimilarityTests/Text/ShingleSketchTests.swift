import Cases
import Formats
import Foundation
import Similarity
import TestSupport
import Testing

@Suite("Shingle sketches")
struct ShingleSketchTests {
  static func transcript(_ texts: [String: String]) -> Transcript {
    Transcript(
      model: ModelID("m"), responses: texts.map { Response(prompt: PromptID($0), sample: 0, text: $1) },
      source: Digest(of: "m"))
  }

  /// Different words for every prompt, of which every fifth is the writer's own.
  static func texts(_ own: String, prompts: Range<Int>) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: prompts.map { prompt in
        (
          "p\(prompt)",
          (0..<120).map { $0 % 5 == 0 && $0 > 60 ? "\(own)\($0)" : "w\(prompt)x\($0)" }.joined(separator: " ")
        )
      })
  }

  @Test("small sets give the Jaccard coefficient itself; the same words to other prompts are not the same")
  func exact() {
    let a = ShingleSketch(Self.transcript(["p": "one two three four"]))
    let b = ShingleSketch(Self.transcript(["p": "one two three five", "q": "x"]))
    // {123, 234} and {123, 235}.
    #expect(abs(a.jaccard(b) - 1.0 / 3) < 1e-12)
    #expect(a.jaccard(ShingleSketch(Self.transcript(["q": "one two three four"]))) == 0)
    #expect(a.jaccard(a) == 1 && a.jaccard(b) == b.jaccard(a))
    let empty = ShingleSketch(Self.transcript(["p": "one"]))
    #expect(empty.jaccard(empty) == 0)
  }

  @Test(
    "the estimate is near the exact coefficient, and no worse than datasketch's MinHash of as many hashes",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func estimate() throws {
    let a = Self.texts("a", prompts: 0..<60)
    let b = Self.texts("b", prompts: 0..<60)
    let script = """
      import json, sys
      from datasketch import MinHash
      sets = []
      for texts in json.load(sys.stdin):
        s = set()
        for p, t in texts.items():
          w = t.split(); s |= {(p + "|" + " ".join(w[i:i + 3])).encode() for i in range(len(w) - 2)}
        sets.append(s)
      hashes = []
      for s in sets:
        m = MinHash(num_perm=512); m.update_batch(list(s)); hashes.append(m)
      print(json.dumps([len(sets[0] & sets[1]) / len(sets[0] | sets[1]), hashes[0].jaccard(hashes[1])]))
      """
    let (exact, theirs) = try {
      let values = try JSONDecoder().decode(
        [Double].self, from: IndependentPython.run(script, input: JSONEncoder().encode([a, b])))
      return (values[0], values[1])
    }()
    let ours = ShingleSketch(Self.transcript(a), size: 512).jaccard(ShingleSketch(Self.transcript(b), size: 512))
    // Four standard deviations.
    #expect(abs(ours - exact) < 4 * (exact * (1 - exact) / 512).squareRoot())
    #expect(abs(theirs - exact) < 4 * (exact * (1 - exact) / 512).squareRoot())
    let whole = ShingleSketch(Self.transcript(a), size: 100_000).jaccard(
      ShingleSketch(Self.transcript(b), size: 100_000))
    #expect(abs(whole - exact) < 1e-12)
  }

  @Test("sketches of shards make the sketch of the whole")
  func shards() {
    let whole = ShingleSketch(Self.transcript(Self.texts("a", prompts: 0..<40)), size: 256)
    let parts = [0..<13, 13..<40].map { ShingleSketch(Self.transcript(Self.texts("a", prompts: $0)), size: 256) }
    #expect(parts[0].merged(with: parts[1]) == whole)
    #expect(parts[1].merged(with: parts[0]) == whole)
  }
}
