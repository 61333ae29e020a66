package import LinearAlgebra

/// Neighbour joining: from distances between things to the unrooted tree whose paths come near them.
///
/// With m nodes left and r the sums of their distances, the pair with the least
///
///     Q(i, j) = (m − 2) d(i, j) − r(i) − r(j)
///
/// is joined by a new node u, with
///
///     length(i) = d(i, j) / 2 + (r(i) − r(j)) / (2 (m − 2)),   length(j) = d(i, j) − length(i)
///     d(u, k)   = (d(i, k) + d(j, k) − d(i, j)) / 2
///
/// until three are left. Distances that fit a tree exactly give that tree; a constant added to all of them lengthens the
/// branches of the leaves by its half and changes nothing else.
///
/// Ties: of pairs whose Q is within a billionth of the least, relative to the largest distance times the number of nodes,
/// the first in the order of the leaves is joined; a joined node stands in the place of the first of the two.
///
/// - Source: Saitou and Nei, "The neighbor-joining method", Mol. Biol. Evol. 4(4), 1987; Studier and Keppler, "A note on the
///   neighbor-joining algorithm of Saitou and Nei", Mol. Biol. Evol. 5(6), 1988, whose form this is.
package enum NeighbourJoining {
  /// - Parameter distances: symmetric, of three or more leaves; the diagonal is not read.
  /// - Returns: nil for fewer than three leaves, or a distance that is no number.
  /// - Complexity: O(n³) time, O(n²) memory.
  package static func tree(_ distances: Matrix) -> NeighbourTree? {
    let n = distances.rows
    guard n >= 3, distances.columns == n else { return nil }
    var d = distances.values
    for i in 0..<n { d[i * n + i] = 0 }
    guard d.allSatisfy(\.isFinite) else { return nil }
    let tolerance = 1e-9 * Double(n) * d.reduce(0) { max($0, abs($1)) }
    /// The places in `d` that are left, and the nodes that stand there.
    var places = Array(0..<n)
    var nodes = Array(0..<n)
    var children: [[Int]] = []
    var lengths = [Double](repeating: 0, count: n)
    while places.count > 3 {
      let m = Double(places.count)
      let sums = places.map { row in places.reduce(0) { $0 + d[row * n + $1] } }
      let (a, b) = nearest(d, n, places, sums, tolerance)
      let (i, j) = (places[a], places[b])
      let between = d[i * n + j]
      let first = between / 2 + (sums[a] - sums[b]) / (2 * (m - 2))
      lengths[nodes[i]] = first
      lengths[nodes[j]] = between - first
      for k in places where k != i && k != j {
        let distance = (d[i * n + k] + d[j * n + k] - between) / 2
        d[i * n + k] = distance
        d[k * n + i] = distance
      }
      children.append([nodes[i], nodes[j]])
      nodes[i] = n + children.count - 1
      lengths.append(0)
      places.remove(at: b)
    }
    let (i, j, k) = (places[0], places[1], places[2])
    let (ij, ik, jk) = (d[i * n + j], d[i * n + k], d[j * n + k])
    lengths[nodes[i]] = (ij + ik - jk) / 2
    lengths[nodes[j]] = (ij + jk - ik) / 2
    lengths[nodes[k]] = (ik + jk - ij) / 2
    children.append([nodes[i], nodes[j], nodes[k]])
    return NeighbourTree(leaves: n, children: children, lengths: lengths + [0])
  }

  /// Positions in `places` of the pair to join.
  private static func nearest(
    _ d: [Double], _ n: Int, _ places: [Int], _ sums: [Double], _ tolerance: Double
  ) -> (Int, Int) {
    let weight = Double(places.count - 2)
    func criterion(_ a: Int, _ b: Int) -> Double { weight * d[places[a] * n + places[b]] - sums[a] - sums[b] }
    var least = Double.infinity
    for a in places.indices {
      for b in (a + 1)..<max(places.count, a + 1) { least = min(least, criterion(a, b)) }
    }
    for a in places.indices {
      for b in (a + 1)..<max(places.count, a + 1) where criterion(a, b) <= least + tolerance { return (a, b) }
    }
    return (0, 1)
  }
}

/// How often the branches of one tree come back in others.
package enum BranchSupport {
  /// - Returns: by inner branch, in the order of `innerBranches`: how many of the trees part the leaves into the same two
  ///   groups.
  package static func counts(_ tree: NeighbourTree, among others: [NeighbourTree]) -> [Int] {
    let splits = tree.splits()
    var counts = [Int](repeating: 0, count: tree.innerBranches.count)
    for other in others where other.leaves == tree.leaves {
      let found = other.splits()
      let inner = Set(other.innerBranches.map { found[$0] })
      for (place, node) in tree.innerBranches.enumerated() where inner.contains(splits[node]) { counts[place] += 1 }
    }
    return counts
  }
}
