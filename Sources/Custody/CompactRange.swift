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

/// A consistency proof (RFC 9162, 2.1.4.1) while the leaves between two sizes come by: memory for one path, not for the
/// leaves.
package struct ConsistencyProver: Sendable {
  /// A node of the proof: known from the old tree, or to be made of leaves that come.
  private enum Step {
    case known(Digest)
    case coming(size: Int)
  }

  package let old: (size: Int, root: Digest)
  private var steps: [Step]
  /// Those to be made, in the order of their leaves, and how far the first of them is.
  private var coming: [Int]
  private var growing = CompactRange()

  /// - Parameter size: of the new tree; at least that of the old one, which has at least one leaf.
  package init?(from tree: CompactRange, to size: Int) {
    guard tree.size > 0, size >= tree.size else { return nil }
    old = (tree.size, tree.root)
    var path: [Step] = []
    var (start, end, isWhole) = (0, size, true)
    var left = tree.size
    // SUBPROOF, from the root down; a proof lists its nodes from the leaves up.
    while left < end - start {
      let half = 1 << (Int.bitWidth - 1 - (end - start - 1).leadingZeroBitCount)
      if left <= half {
        path.append(.coming(size: end - start - half))
        end = start + half
      } else {
        guard let node = tree.node(from: start, size: half) else { return nil }
        path.append(.known(node))
        (start, left, isWhole) = (start + half, left - half, false)
      }
    }
    if !isWhole {
      guard let node = tree.node(from: start, size: end - start) else { return nil }
      path.append(.known(node))
    }
    path.reverse()
    steps = path
    coming = path.indices.filter { if case .coming = path[$0] { true } else { false } }
  }

  /// The leaf after those of the old tree and those that came.
  package mutating func append(_ leaf: Digest) {
    guard let place = coming.first, case .coming(let size) = steps[place] else { return }
    growing.append(leaf)
    guard growing.size == size else { return }
    steps[place] = .known(growing.root)
    coming.removeFirst()
    growing = CompactRange()
  }

  /// nil until all leaves have come.
  package var proof: [Digest]? {
    guard coming.isEmpty else { return nil }
    return steps.compactMap { if case .known(let node) = $0 { node } else { nil } }
  }
}

/// Consistency proofs from each of some sizes of a log to the next, made while its leaves come by once.
package struct ConsistencyChain: Sendable {
  package private(set) var tree = CompactRange()
  /// One fewer than sizes that were reached.
  package private(set) var proofs: [[Digest]] = []
  private var sizes: ArraySlice<Int>
  private var prover: ConsistencyProver?

  /// - Parameter sizes: ascending, each once.
  package init(sizes: [Int]) { self.sizes = sizes[...] }

  package mutating func append(_ leaf: Digest) {
    tree.append(leaf)
    prover?.append(leaf)
    guard sizes.first == tree.size else { return }
    sizes.removeFirst()
    if let proof = prover?.proof { proofs.append(proof) }
    prover = sizes.first.flatMap { ConsistencyProver(from: tree, to: $0) }
  }
}

extension Int {
  fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }

  /// The powers of two that make up the number, the largest first.
  fileprivate var powers: [Int] {
    (0..<Int.bitWidth - 1).reversed().map { 1 << $0 }.filter { self & $0 != 0 }
  }
}
