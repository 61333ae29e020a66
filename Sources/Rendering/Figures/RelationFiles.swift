package import Cases
import Escaping
import Formats
import Foundation
package import Likelihood
import LinearAlgebra
import Statistics

/// What `retort tree` writes, over all models.
package struct RelationFiles: Sendable {
  package let treeSVG: String
  package let heatMapSVG: String
  /// Newick's notation, support in percent on the branches.
  package let newick: String
  /// RFC 4180: a row and a column a model, distances with six decimals, in the order of the tree.
  package let distances: String

  /// - Parameters:
  ///   - suspects: marked in the figures, as the candidates are.
  package init(_ tree: ModelTree, suspects: [ModelID] = [], candidates: [ModelID] = []) {
    let order = tree.tree.drawingOrder()
    let (asked, suspects) = (Set(candidates), Set(suspects))
    let marks = Dictionary(
      uniqueKeysWithValues: order.map { place -> (Int, ModelMark) in
        let name = tree.models[place]
        return (place, suspects.contains(name) ? .suspect : asked.contains(name) ? .candidate : .other)
      })
    treeSVG = TreeFigure.svg(tree, shown: order, marks: marks) + "\n"
    heatMapSVG = HeatMap.svg(tree, shown: order, marks: marks) + "\n"
    newick = tree.newick
    let names = order.map { tree.models[$0].rawValue }
    let rows = zip(names, order).map { name, row in
      [name] + order.map { String(format: "%.6f", tree.distances.distances[row, $0]) }
    }
    distances = CSVTable.text([["model"] + names] + rows, lineEnd: .rfc4180)
  }

  package func write(to folder: String) throws {
    for (name, text) in [
      ("tree.svg", treeSVG), ("heatmap.svg", heatMapSVG), ("tree.nwk", newick), ("distances.csv", distances),
    ] {
      try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
    }
  }
}
