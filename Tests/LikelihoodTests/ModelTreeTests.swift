import Cases
import Formats
import Foundation
import Likelihood
import LinearAlgebra
import Similarity
import Statistics
import TestSupport
import Testing

@Suite("Tree of models")
struct ModelTreeTests {
  static let contents = CohortAnalysisTests.contents(share: 0.6, cohort: 9, prompts: 50)

  @Test("likeness is the fused score of each pair as a case of its own, with all others as cohort and no lineage")
  func likeness() async throws {
    let tree = try await ModelTree.make(Self.contents.transcripts, replicates: 0, seed: 1)
    let scoring = try await CorpusScoring(Self.contents.transcripts, lineage: Lineage(), method: .current)
    #expect(tree.models == Self.contents.transcripts.keys.sorted() && tree.distances.leftOut.isEmpty)
    var greatest = -Double.infinity
    for (a, one) in tree.models.enumerated() {
      for (b, other) in tree.models.enumerated() where a != b {
        let score = try #require(scoring.score(teacher: one, student: other)).fusedAlone
        #expect(abs(tree.distances.likeness[a, b] - score) < 1e-9)
        greatest = max(greatest, score)
      }
    }
    for a in tree.models.indices {
      for b in tree.models.indices where a != b {
        #expect(abs(tree.distances.distances[a, b] - (greatest - tree.distances.likeness[a, b])) < 2e-9)
        #expect(tree.distances.distances[a, b] == tree.distances.distances[b, a])
      }
    }
  }

  @Test("a planted student and its teacher are neighbours, and their branch comes back in nearly all draws")
  func planted() async throws {
    let tree = try await ModelTree.make(Self.contents.transcripts, method: .version2, seed: 1)
    let student = try #require(tree.models.firstIndex(of: ModelID("suspect")))
    let teacher = try #require(tree.models.firstIndex(of: ModelID("teacher")))
    #expect(tree.neighbours(of: student)[0] == teacher && tree.neighbours(of: teacher)[0] == student)
    let below = tree.tree.leavesBelow()
    let place = try #require(
      tree.tree.innerBranches.firstIndex {
        let group = Set(below[$0])
        return group == [student, teacher] || group == Set(tree.models.indices).subtracting([student, teacher])
      })
    #expect(try #require(tree.support(ofBranch: place - tree.tree.innerBranches.lowerBound)) > 0.9)
    // Without a link the pair is as any other.
    let alone = try await ModelTree.make(
      CohortAnalysisTests.contents(share: 0, cohort: 9, prompts: 50).transcripts, replicates: 0, seed: 1)
    #expect(alone.neighbours(of: student)[0] != teacher || alone.distances.likeness[student, teacher] < 1.5)
  }

  @Test(
    "distances and support come out the same from the contributions, by numpy and Biopython",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() async throws {
    let replicates = 40
    let tree = try await ModelTree.make(Self.contents.transcripts, replicates: replicates, seed: 8)
    let method = CohortMethod.current
    let measured = try await ChannelRun.measure(AnswerTable(Self.contents.transcripts), channels: method.channels)
    let weights = ProbeBootstrap(replicates: replicates, probes: measured.prompts.count, seed: 8).weights
    struct Input: Encodable {
      let n: Int
      let lengths: [Double]
      let channels: [[[Double]]]
      let weights: [[Double]]
      let tree: [[Int]]
    }
    func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { Array(matrix.row($0)) } }
    let below = tree.tree.leavesBelow()
    let input = Input(
      n: tree.models.count, lengths: measured.meanLengths,
      channels: measured.contributions.map { channel in (0..<channel.values.rows).map { channel.values.row($0) } },
      weights: rows(weights), tree: tree.tree.innerBranches.map { below[$0] })
    let script = """
      import json, sys
      import numpy as np
      from Bio.Phylo.TreeConstruction import DistanceMatrix, DistanceTreeConstructor
      given = json.load(sys.stdin)
      n = given["n"]
      pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
      gap = np.array([abs(np.log(given["lengths"][a]) - np.log(given["lengths"][b])) for a, b in pairs])
      centred = gap - gap.mean()
      def square(values):
          out = np.full((n, n), np.nan)
          for (a, b), v in zip(pairs, values): out[a, b] = out[b, a] = v
          return out
      contributions = [np.array(c) for c in given["channels"]]
      prompts = contributions[0].shape[0]
      effects, halves = [], []
      for c in contributions:
          raw = c.mean(axis=0)
          slope = np.linalg.lstsq(np.column_stack([np.ones(len(gap)), centred]), raw, rcond=None)[0][1]
          effects.append(slope * centred)
          s = square(raw - effects[-1])
          # For each ordered pair: of all models but the two, the half that is least like the second.
          half = {}
          for a in range(n):
              for b in range(n):
                  if a == b: continue
                  others = [m for m in range(n) if m not in (a, b)]
                  size = max((len(others) + 1) // 2, 5)
                  half[a, b] = sorted(others, key=lambda m: s[b, m])[:size]
          halves.append(half)
      def distances(weights):
          total = np.zeros(len(pairs))
          for c, e, half in zip(contributions, effects, halves):
              s = square((weights[:, None] * c).sum(axis=0) / weights.sum() - e)
              z = []
              for a, b in pairs:
                  def side(one, other):
                      m = s[one, half[one, other]]
                      return (s[one, other] - m.mean()) / max(m.std(ddof=1), 0.5 / prompts)
                  z.append((side(a, b) + side(b, a)) / 2)
              total += np.arcsinh(z)
          likeness = total / len(contributions)
          return square(likeness.max() - likeness)
      def groups(d):
          rows = [[float(d[i, j]) if i != j else 0.0 for j in range(i + 1)] for i in range(n)]
          tree = DistanceTreeConstructor().nj(DistanceMatrix([str(i) for i in range(n)], rows))
          return {frozenset(int(t.name) for t in c.get_terminals()) for c in tree.find_clades()}
      everything = frozenset(range(n))
      drawn = [groups(distances(np.array(w))) for w in given["weights"]]
      support = [sum(frozenset(g) in d or everything - frozenset(g) in d for d in drawn) for g in given["tree"]]
      d = distances(np.ones(prompts))
      print(json.dumps({"distances": [[None if i == j else d[i, j] for j in range(n)] for i in range(n)],
                        "support": support}))
      """
    struct Output: Decodable {
      let distances: [[Double?]]
      let support: [Int]
    }
    let found = try JSONDecoder().decode(
      Output.self, from: IndependentPython.run(script, input: JSONEncoder().encode(input)))
    for a in tree.models.indices {
      for b in tree.models.indices where a != b {
        let theirs = try #require(found.distances[a][b])
        #expect(abs(tree.distances.distances[a, b] - theirs) < 1e-8)
      }
    }
    #expect(tree.counted == replicates)
    #expect(tree.support == found.support)
    #expect(Set(tree.support).count > 2)
  }

  @Test("a model without a prompt in common with some other is left out and named; too few are refused")
  func leftOut() async throws {
    var transcripts = Self.contents.transcripts
    let odd = ModelID("odd")
    transcripts[odd] = Transcript(
      model: odd, responses: [Response(prompt: PromptID("elsewhere"), sample: 0, text: "a b c")],
      source: Digest(of: "odd"))
    transcripts[ModelID("odd2")] = Transcript(
      model: ModelID("odd2"), responses: [Response(prompt: PromptID("elsewhere"), sample: 0, text: "a b d")],
      source: Digest(of: "odd2"))
    let tree = try await ModelTree.make(transcripts, replicates: 0, seed: 1)
    #expect(Set(tree.distances.leftOut) == [odd, ModelID("odd2")])
    #expect(tree.models == Self.contents.transcripts.keys.sorted())
    let five = Self.contents.transcripts.filter { $0.key.rawValue.hasPrefix("cohort") && $0.key.rawValue < "cohort5" }
    await #expect(throws: LikelihoodError.tooFewModels(given: 5, needed: 6)) {
      try await ModelTree.make(five, replicates: 0, seed: 1)
    }
  }

  @Test("documents, not scores, say who is related; unknown is no common property")
  func kinship() async throws {
    func id(_ name: String) -> ModelID { ModelID(name) }
    let lineage = Lineage([
      id("suspect"): .init(developer: "A", base: "undisclosed", teachers: [id("teacher")]),
      id("teacher"): .init(developer: "B", base: "undisclosed"),
      id("cohort0"): .init(developer: "C", base: "undisclosed", family: "f"),
      id("cohort1"): .init(developer: "D", base: "cohort0", family: "f"),
      id("cohort2"): .init(developer: "E", teachers: [id("teacher")]), id("cohort3"): .init(developer: "C"),
    ])
    func kinship(_ a: String, _ b: String) -> Kinship? { Kinship.between(id(a), id(b), lineage) }
    #expect(kinship("suspect", "teacher") == .teacherAndStudent && kinship("teacher", "suspect") == .teacherAndStudent)
    #expect(kinship("suspect", "cohort2") == .sharedTeacher)
    #expect(kinship("cohort0", "cohort1") == .tunedFrom)
    #expect(kinship("cohort0", "cohort3") == .sameDeveloper)
    #expect(kinship("teacher", "cohort0") == nil && kinship("suspect", "stranger") == nil)
    let tree = try await ModelTree.make(Self.contents.transcripts, replicates: 0, seed: 1)
    let agreement = NeighbourAgreement(tree, lineage)
    #expect(agreement.models == 6 && agreement.hits >= 2)
    #expect((agreement.kinds[.teacherAndStudent] ?? 0) >= 2)
    // suspect 2, teacher 2, cohort0 2, cohort1 1, cohort2 2, cohort3 1 relatives, of 11 others.
    #expect(abs(agreement.byChance - 10.0 / 6 / 11) < 1e-12)
  }
}
