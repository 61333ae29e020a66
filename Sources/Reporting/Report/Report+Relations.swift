package import Cases
package import Likelihood
import LinearAlgebra
import Statistics

extension Report {
  /// How near all models of the case are to each other: a tree, a heat map, and the numbers beside them.
  ///
  /// Of many models only some are shown: the suspect, then the candidates and then the cohort, nearest to the suspect first,
  /// up to `maximumShown`. The tree is computed over all; models that are not shown are then taken away from the drawing.
  package struct Relations: Sendable, Encodable {
    static let maximumShown = 40
    /// Branches come into the table from this support on, and if the smaller of their groups has no more models.
    static let leastSupport = 0.5
    static let largestGroup = 12

    package let models: Int
    package let leftOut: [ModelID]
    /// In the order of the drawing.
    package let shown: [ModelID]
    package let nearest: [Nearest]
    package let branches: [Branch]
    /// Of `shown`, each row with those before it.
    package let likeness: [[Figure]]
    package let replicates: Int
    package let counted: Int
    /// The whole tree.
    package let newick: String

    /// What figures are drawn from.
    package let tree: ModelTree
    package let places: [Int]
    package let suspect: ModelID
    package let candidates: [ModelID]

    enum CodingKeys: String, CodingKey {
      case models, shown, nearest, branches, likeness, replicates, newick
      case leftOut = "left_out"
      case counted = "replicates_counted"
    }

    package struct Nearest: Sendable, Encodable {
      package let model: ModelID
      package let nearest: ModelID
      package let distance: Figure
      package let second: ModelID
      package let secondDistance: Figure

      enum CodingKeys: String, CodingKey {
        case model, nearest, distance, second
        case secondDistance = "second_distance"
      }
    }

    package struct Branch: Sendable, Encodable {
      /// Of the smaller of the two groups that the branch parts.
      package let models: [ModelID]
      package let length: Figure
      package let support: Figure
    }
  }
}

extension Report.Relations {
  init(_ tree: ModelTree, suspect: ModelID, candidates: [ModelID]) {
    let names = tree.models
    let shown = Self.chosen(tree, suspect: suspect, candidates: candidates)
    let places = tree.tree.drawingOrder().filter(shown.contains)
    self.tree = tree
    self.places = places
    self.suspect = suspect
    self.candidates = candidates
    models = names.count
    leftOut = tree.distances.leftOut
    self.shown = places.map { names[$0] }
    nearest = places.compactMap { model in
      let neighbours = tree.neighbours(of: model)
      guard neighbours.count > 1 else { return nil }
      func distance(_ other: Int) -> Figure { Figure(tree.distances.distances[model, other]) }
      return Nearest(
        model: names[model], nearest: names[neighbours[0]], distance: distance(neighbours[0]),
        second: names[neighbours[1]], secondDistance: distance(neighbours[1]))
    }
    let below = tree.tree.leavesBelow()
    let all = Set(names.indices)
    branches = tree.tree.innerBranches.enumerated().compactMap { place, node in
      let inside = Set(below[node])
      let smaller = 2 * inside.count > names.count ? all.subtracting(inside) : inside
      guard let support = tree.support(ofBranch: place), support >= Self.leastSupport,
        smaller.count <= Self.largestGroup, !smaller.isDisjoint(with: shown)
      else { return nil }
      return Branch(
        models: smaller.sorted().map { names[$0] }, length: Figure(tree.tree.lengths[node]), support: Figure(support))
    }.sorted { ($1.support.value ?? 0, $0.models) < ($0.support.value ?? 0, $1.models) }
    likeness = places.indices.map { row in
      places[..<row].map { Figure(tree.distances.likeness[places[row], $0]) }
    }
    replicates = tree.drawn
    counted = tree.counted
    newick = tree.newick
  }

  private static func chosen(_ tree: ModelTree, suspect: ModelID, candidates: [ModelID]) -> Set<Int> {
    let names = tree.models
    guard names.count > maximumShown, let own = names.firstIndex(of: suspect) else { return Set(names.indices) }
    let asked = Set(candidates)
    let near = tree.neighbours(of: own)
    let order = [own] + near.filter { asked.contains(names[$0]) } + near.filter { !asked.contains(names[$0]) }
    return Set(order.prefix(maximumShown))
  }
}

private func < (a: (Double, [ModelID]), b: (Double, [ModelID])) -> Bool {
  a.0 != b.0 ? a.0 < b.0 : a.1.lexicographicallyPrecedes(b.1)
}
