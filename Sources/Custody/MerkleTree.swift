package import Formats

/// The Merkle tree of RFC 6962 over the records of a log, with SHA-256.
///
/// A leaf is `SHA-256(0x00 ‖ record)`, a node `SHA-256(0x01 ‖ left ‖ right)`; the left part of `n` leaves holds the greatest
/// power of two below `n`. The root of no leaves is the SHA-256 of nothing. It holds every leaf, and gives any root and any
/// proof; for a log that is only read through, `CompactRange` and `ConsistencyProver` need far less memory.
package struct MerkleTree: Sendable {
  /// In the order of the log.
  package private(set) var leaves: [Digest]

  package init(leaves: [Digest] = []) { self.leaves = leaves }

  package mutating func append(_ leaf: Digest) { leaves.append(leaf) }

  package static func leaf(_ record: some Collection<UInt8>) -> Digest { Digest(of: [0] + Array(record)) }

  /// Root of the first `size` leaves.
  ///
  /// - Precondition: `size` is at most the number of leaves.
  package func root(size: Int) -> Digest { Self.root(leaves[..<size]) }

  package var root: Digest { root(size: leaves.count) }

  /// What, with the leaf itself, leads to the root of the first `size` leaves (RFC 6962, 2.1.1).
  package func inclusionProof(of index: Int, size: Int) -> [Digest] { Self.path(index, leaves[..<size]) }

  /// What shows that the first `old` leaves are the beginning of the first `size` (RFC 6962, 2.1.2).
  package func consistencyProof(from old: Int, size: Int) -> [Digest] {
    guard old > 0, old < size else { return [] }
    return Self.subproof(old, leaves[..<size], isWhole: true)
  }

  /// The root that an inclusion proof leads to; nil if the proof has another length than the place calls for.
  package static func root(from leaf: Digest, index: Int, size: Int, proof: [Digest]) -> Digest? {
    guard index >= 0, index < size else { return nil }
    var (place, last, hash) = (index, size - 1, leaf)
    for step in proof {
      guard last > 0 else { return nil }
      if place % 2 == 1 || place == last {
        hash = node(step, hash)
        while place % 2 == 0, place > 0 { (place, last) = (place / 2, last / 2) }
      } else {
        hash = node(hash, step)
      }
      (place, last) = (place / 2, last / 2)
    }
    return last == 0 ? hash : nil
  }

  /// Whether a proof shows that the tree of `old` leaves is the beginning of the tree of `new` leaves.
  package static func isConsistent(
    old: (size: Int, root: Digest), new: (size: Int, root: Digest), proof: [Digest]
  ) -> Bool {
    guard old.size > 0, old.size <= new.size else { return old.size == 0 && proof.isEmpty }
    if old.size == new.size { return proof.isEmpty && old.root == new.root }
    let path = old.size & (old.size - 1) == 0 ? [old.root] + proof : proof
    guard let first = path.first else { return false }
    var (place, last) = (old.size - 1, new.size - 1)
    while place % 2 == 1 { (place, last) = (place / 2, last / 2) }
    var (before, after) = (first, first)
    for step in path.dropFirst() {
      guard last > 0 else { return false }
      if place % 2 == 1 || place == last {
        (before, after) = (node(step, before), node(step, after))
        while place % 2 == 0, place > 0 { (place, last) = (place / 2, last / 2) }
      } else {
        after = node(after, step)
      }
      (place, last) = (place / 2, last / 2)
    }
    return last == 0 && before == old.root && after == new.root
  }

  static func node(_ left: Digest, _ right: Digest) -> Digest {
    var hash = Digest.Running()
    hash.add([1])
    hash.add(left)
    hash.add(right)
    return hash.finished
  }

  private static func root(_ leaves: ArraySlice<Digest>) -> Digest {
    guard let first = leaves.first else { return Digest(of: []) }
    guard leaves.count > 1 else { return first }
    let (left, right) = halves(leaves)
    return node(root(left), root(right))
  }

  private static func halves(_ leaves: ArraySlice<Digest>) -> (ArraySlice<Digest>, ArraySlice<Digest>) {
    let size = 1 << (Int.bitWidth - 1 - (leaves.count - 1).leadingZeroBitCount)
    return (leaves.prefix(size), leaves.dropFirst(size))
  }

  private static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    guard leaves.count > 1 else { return [] }
    let (left, right) = halves(leaves)
    return index < left.count
      ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
  }

  private static func subproof(_ old: Int, _ leaves: ArraySlice<Digest>, isWhole: Bool) -> [Digest] {
    if old == leaves.count { return isWhole ? [] : [root(leaves)] }
    let (left, right) = halves(leaves)
    return old <= left.count
      ? subproof(old, left, isWhole: isWhole) + [root(right)]
      : subproof(old - left.count, right, isWhole: false) + [root(left)]
  }
}
