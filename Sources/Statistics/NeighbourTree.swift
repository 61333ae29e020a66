/// An unrooted tree over numbered leaves, as neighbour joining makes it.
///
/// Leaves are 0..<`leaves`, inner nodes follow. The last inner node has three neighbours below it and no branch above: it is
/// where the drawing hangs, and no claim about an ancestor.
package struct NeighbourTree: Sendable, Equatable {
  package let leaves: Int
  /// Children of the inner nodes, in the order of joining: of node `leaves + i` at `i`.
  package let children: [[Int]]
  /// Length of the branch above each node; 0 for the last. May be negative: distances need not fit any tree.
  package let lengths: [Double]

  package var root: Int { leaves + children.count - 1 }

  package func children(of node: Int) -> [Int] { node < leaves ? [] : children[node - leaves] }

  /// Inner nodes that have an inner branch above them: each parts the leaves into two groups of two or more.
  package var innerBranches: Range<Int> { leaves..<root }

  /// Leaves below each node, those of the lower numbers first.
  package func leavesBelow() -> [[Int]] {
    var below = (0..<leaves).map { [$0] }
    for group in children { below.append(group.flatMap { below[$0] }.sorted()) }
    return below
  }

  /// The two groups that the branch above a node parts, as the set of those leaves that stand apart from leaf 0: the same
  /// for the same groups, wherever the tree hangs.
  package func splits() -> [LeafSet] {
    var below = (0..<leaves).map { LeafSet([$0], of: leaves) }
    for group in children { below.append(group.dropFirst().reduce(below[group[0]]) { $0.union(below[$1]) }) }
    return below.map(\.withoutFirst)
  }

  /// Leaves from the top of a drawing to its foot. Of the branches below a node the one with fewer leaves comes first, of
  /// equal ones that with the leaf of the lower number.
  package func drawingOrder() -> [Int] {
    let below = leavesBelow()
    var order: [Int] = []
    var open = [root]
    while let node = open.popLast() {
      if node < leaves { order.append(node) }
      open += sortedChildren(of: node, below).reversed()
    }
    return order
  }

  /// Children in the order of the drawing.
  package func sortedChildren(of node: Int, _ below: [[Int]]) -> [Int] {
    children(of: node).sorted { (below[$0].count, below[$0][0]) < (below[$1].count, below[$1][0]) }
  }
}

/// A set of numbered leaves.
package struct LeafSet: Hashable, Sendable {
  private var words: [UInt64]
  private let size: Int

  init(_ members: some Sequence<Int>, of size: Int) {
    words = [UInt64](repeating: 0, count: (size + 63) / 64)
    self.size = size
    for member in members { words[member / 64] |= 1 << UInt64(member % 64) }
  }

  func union(_ other: LeafSet) -> LeafSet {
    var all = self
    for index in words.indices { all.words[index] |= other.words[index] }
    return all
  }

  /// The set itself, or its complement if leaf 0 is in it.
  var withoutFirst: LeafSet {
    guard words.first.map({ $0 & 1 == 1 }) ?? false else { return self }
    return LeafSet((0..<size).lazy.filter { words[$0 / 64] >> UInt64($0 % 64) & 1 == 0 }, of: size)
  }
}
