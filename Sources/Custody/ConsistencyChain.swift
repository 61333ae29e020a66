package import Formats

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
