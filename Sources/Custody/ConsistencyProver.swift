package import Formats

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
