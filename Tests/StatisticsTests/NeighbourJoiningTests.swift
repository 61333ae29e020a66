import Foundation
import LinearAlgebra
import Statistics
import TestSupport
import Testing

@Suite("Neighbour joining")
struct NeighbourJoiningTests {
  private static func matrix(_ rows: [[Double]]) -> Matrix {
    Matrix(rows: rows.count, columns: rows.count, values: rows.flatMap { $0 })
  }

  /// Symmetric, of no tree in particular.
  private static func random(_ n: Int, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    var matrix = Matrix(rows: n, columns: n)
    for a in 0..<n {
      for b in (a + 1)..<max(n, a + 1) {
        matrix[a, b] = 0.5 + Double(generator.next(below: 1_000_000)) / 400_000
        matrix[b, a] = matrix[a, b]
      }
    }
    return matrix
  }

  /// By the leaves that stand apart from leaf 0: the length of the branch between.
  private static func lengths(_ tree: NeighbourTree) -> [[Int]: Double] {
    let below = tree.leavesBelow()
    return (0..<tree.root).reduce(into: [:]) { found, node in
      let inside = below[node]
      found[inside.contains(0) ? (0..<tree.leaves).filter { !inside.contains($0) } : inside] = tree.lengths[node]
    }
  }

  @Test("distances that fit a tree give that tree: the example of the method's encyclopedia article")
  func additive() throws {
    // a–e with branches 2, 3, 4, 2, 1 and inner branches 3 and 2 (Wikipedia, "Neighbor joining").
    let tree = try #require(
      NeighbourJoining.tree(
        Self.matrix([[0, 5, 9, 9, 8], [5, 0, 10, 10, 9], [9, 10, 0, 8, 7], [9, 10, 8, 0, 3], [8, 9, 7, 3, 0]])))
    #expect(
      Self.lengths(tree) == [[1, 2, 3, 4]: 2, [1]: 3, [2]: 4, [3]: 2, [4]: 1, [2, 3, 4]: 3, [3, 4]: 2])
  }

  @Test(
    "topology and every branch are those of Biopython, on matrices that fit no tree",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independent() throws {
    let matrices = [4, 5, 7, 12, 40, 90].map { Self.random($0, seed: UInt64($0)) }
    let script = """
      import json, sys
      from Bio.Phylo.TreeConstruction import DistanceMatrix, DistanceTreeConstructor
      found = []
      for rows in json.load(sys.stdin):
          n = len(rows)
          names = [str(i) for i in range(n)]
          tree = DistanceTreeConstructor().nj(DistanceMatrix(names, [rows[i][:i + 1] for i in range(n)]))
          lengths = {}
          for clade in tree.find_clades():
              if clade is tree.root: continue
              inside = {int(t.name) for t in clade.get_terminals()}
              if 0 in inside: inside = set(range(n)) - inside
              key = ",".join(map(str, sorted(inside)))
              lengths[key] = lengths.get(key, 0) + clade.branch_length
          found.append(lengths)
      print(json.dumps(found))
      """
    let input = try JSONEncoder().encode(matrices.map { m in (0..<m.rows).map { Array(m.row($0)) } })
    let found = try JSONDecoder().decode([[String: Double]].self, from: IndependentPython.run(script, input: input))
    for (matrix, theirs) in zip(matrices, found) {
      let own = Self.lengths(try #require(NeighbourJoining.tree(matrix)))
      #expect(own.count == 2 * matrix.rows - 3)
      #expect(Set(own.keys.map { $0.map(String.init).joined(separator: ",") }) == Set(theirs.keys))
      for (leaves, length) in own {
        let other = try #require(theirs[leaves.map(String.init).joined(separator: ",")])
        #expect(abs(length - other) < 1e-9, "\(leaves): \(length) and \(other)")
      }
    }
  }

  @Test("a constant added to all distances lengthens the leaves' branches by its half and changes nothing else")
  func constant() throws {
    let matrix = Self.random(20, seed: 3)
    var more = matrix
    for a in 0..<20 {
      for b in 0..<20 where a != b { more[a, b] += 0.75 }
    }
    let (one, other) = (
      Self.lengths(try #require(NeighbourJoining.tree(matrix))), Self.lengths(try #require(NeighbourJoining.tree(more)))
    )
    #expect(Set(one.keys) == Set(other.keys))
    for (leaves, length) in one {
      let isLeaf = leaves.count == 1 || leaves.count == 19
      #expect(abs((other[leaves] ?? .nan) - length - (isLeaf ? 0.375 : 0)) < 1e-12)
    }
  }

  @Test("of equal pairs the first in the order of the leaves is joined, and bits far behind the point decide nothing")
  func ties() throws {
    var equal = Matrix(rows: 7, columns: 7, repeating: 1)
    let tree = try #require(NeighbourJoining.tree(equal))
    #expect(tree.children == [[0, 1], [7, 2], [8, 3], [9, 4], [10, 5, 6]])
    // A pair that is nearer by less than the rounding of a sum must not be preferred.
    equal[5, 6] -= 1e-13
    equal[6, 5] -= 1e-13
    #expect(try #require(NeighbourJoining.tree(equal)).children == tree.children)
  }

  @Test("fewer than three leaves, or a distance that is no number, give no tree")
  func refused() {
    #expect(NeighbourJoining.tree(Matrix(rows: 2, columns: 2, repeating: 1)) == nil)
    var matrix = Self.random(5, seed: 1)
    matrix[2, 4] = .nan
    #expect(NeighbourJoining.tree(matrix) == nil)
    #expect(NeighbourJoining.tree(Matrix(rows: 3, columns: 3, repeating: 0))?.lengths == [0, 0, 0, 0])
  }

  @Test("a branch is supported by the trees that part the leaves alike, wherever they hang")
  func support() throws {
    let tree = try #require(NeighbourJoining.tree(Self.random(12, seed: 9)))
    let others = (0..<30).compactMap { NeighbourJoining.tree(Self.random(12, seed: 100 + $0)) }
    let counts = BranchSupport.counts(tree, among: others + [tree])
    // By hand: the groups as sorted lists of leaves.
    let below = tree.leavesBelow()
    func key(_ group: [Int]) -> [Int] { group.contains(0) ? (0..<12).filter { !group.contains($0) } : group }
    let byHand = tree.innerBranches.map { node in
      (others + [tree]).count { other in
        let theirs = other.leavesBelow()
        return other.innerBranches.contains { key(theirs[$0]) == key(below[node]) }
      }
    }
    #expect(counts == byHand)
    #expect(counts.allSatisfy { $0 >= 1 } && counts.count == 9)
  }

  @Test(
    "Newick holds every name, however it is spelt, and the support at its branch",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func newick() throws {
    let names = ["plain", "it's", "a,b:c;(d)[e]", "two words", "tab\tand\nline", "日本 語", "''"]
    let tree = try #require(NeighbourJoining.tree(Self.random(7, seed: 4)))
    let text = tree.newick(names: names) { "\(50 + $0)" }
    #expect(text.hasSuffix(";\n") && text.dropLast().allSatisfy { $0 != "\n" })
    // A reader of its own, by the letter of the standard: quotes are doubled, and nothing else ends a quoted name.
    let script = """
      import json, sys
      text = sys.stdin.buffer.read().decode()
      place = 0
      def label():
          global place
          out = ""
          if text[place] == "'":
              place += 1
              while True:
                  if text[place] == "'":
                      if text[place + 1] != "'": place += 1; break
                      place += 1
                  out += text[place]; place += 1
          else:
              while text[place] not in ",:;()": out += text[place]; place += 1
          return out
      def node():
          global place
          children = []
          if text[place] == "(":
              while True:
                  place += 1
                  children.append(node())
                  if text[place] == ")": place += 1; break
                  assert text[place] == ","
          name, length = label(), None
          if text[place] == ":":
              place += 1
              length = float(label())
          return [name, length, children]
      tree = node()
      assert text[place:] == ";\\n", text[place:]
      print(json.dumps(tree))
      """
    struct Node: Decodable {
      let name: String
      let length: Double?
      let children: [Node]
      init(from decoder: any Decoder) throws {
        var fields = try decoder.unkeyedContainer()
        name = try fields.decode(String.self)
        length = try fields.decodeIfPresent(Double.self)
        children = try fields.decode([Node].self)
      }
      var all: [Node] { [self] + children.flatMap(\.all) }
    }
    let root = try JSONDecoder().decode(Node.self, from: IndependentPython.run(script, input: Data(text.utf8)))
    let leaves = root.all.filter(\.children.isEmpty)
    #expect(Set(leaves.map(\.name)) == Set(names.map { $0.replacing("\t", with: " ").replacing("\n", with: " ") }))
    #expect(root.children.count == 3 && root.length == nil)
    #expect(Set(root.all.filter { !$0.children.isEmpty }.dropFirst().map(\.name)) == ["50", "51", "52", "53"])
    let sum = root.all.compactMap(\.length).reduce(0, +)
    #expect(abs(sum - tree.lengths.reduce(0, +)) < 1e-4)
  }
}
