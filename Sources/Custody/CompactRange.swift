package import Formats

/// A Merkle tree (RFC 6962) that grows at its end and holds no leaves: the roots of the perfect subtrees that its leaves
/// make up, one for each binary digit of its size that is 1, the largest first.
///
/// - Source: "compact range" of transparency-dev/merkle; the nodes are those of RFC 9162, 2.1.2, left of any new leaf.
package struct CompactRange: Sendable {
  package private(set) var size = 0
  private(set) var nodes: [Digest] = []

  package init() {}

  package mutating func append(_ leaf: Digest) {
    var node = leaf
    // As many subtrees are completed as the size ends in digits 1.
    for _ in 0..<size.trailingOnes { node = MerkleTree.node(nodes.removeLast(), node) }
    nodes.append(node)
    size += 1
  }

  package var root: Digest {
    guard var node = nodes.last else { return Digest(of: []) }
    for left in nodes.dropLast().reversed() { node = MerkleTree.node(left, node) }
    return node
  }

  /// The root of the perfect subtree that begins at `start`, if it is one of the largest; else nil.
  func node(from start: Int, size width: Int) -> Digest? {
    var at = 0
    for (node, power) in zip(nodes, size.powers) {
      if at == start, power == width { return node }
      at += power
    }
    return nil
  }
}

extension Int {
  fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }

  /// The powers of two that make up the number, the largest first.
  fileprivate var powers: [Int] {
    (0..<Int.bitWidth - 1).reversed().map { 1 << $0 }.filter { self & $0 != 0 }
  }
}
