package import AnswerDebris
import CaseFile
import Cases
package import Formats
import Foundation
package import Likelihood
import LinearAlgebra
import Rendering
import Reporting
import Statistics

/// A tree of models in a few lines.
package struct TreeText {
  private let tree: ModelTree
  private let agreement: NeighbourAgreement?
  private let debris: [Debris.Finding]

  /// - Parameters:
  ///   - agreement: nil where nothing is known of any model.
  ///   - debris: what was taken off the answers first.
  package init(_ tree: ModelTree, _ agreement: NeighbourAgreement?, debris: [Debris.Finding] = []) {
    self.tree = tree
    self.agreement = agreement
    self.debris = debris
  }

  package var lines: [String] {
    var lines = DebrisWording.lines(debris) + ["\(tree.models.count) models; nearest pairs:"]
    lines += nearestPairs.prefix(10).map {
      "  \(tree.models[$0.one]) – \(tree.models[$0.other])  \(decimals($0.distance))"
    }
    if !tree.support.isEmpty {
      let often = tree.support.count { 2 * $0 >= tree.counted }
      lines.append(
        "\(often) of \(tree.support.count) inner branches come back in half of \(tree.counted) draws of the probes.")
    }
    if tree.counted < tree.drawn {
      lines.append("\(tree.drawn - tree.counted) draws had no common prompt for some pair and do not count.")
    }
    if !tree.distances.leftOut.isEmpty {
      let names = tree.distances.leftOut.map(\.rawValue).joined(separator: ", ")
      lines.append("left out, for want of prompts in common with some other: \(names)")
    }
    if let agreement, agreement.models > 0 {
      lines.append(
        """
        Of \(agreement.models) models with a documented relative here, \(agreement.hits) have one as nearest neighbour; by chance it would be \(decimals(agreement.byChance * Double(agreement.models))).
        """)
    }
    lines.append(RelationsWording.noLinkByItself)
    return lines
  }

  /// Each model with its nearest; a pair once.
  private var nearestPairs: [(one: Int, other: Int, distance: Double)] {
    let pairs = tree.models.indices.compactMap { model -> (one: Int, other: Int, distance: Double)? in
      guard let nearest = tree.neighbours(of: model).first else { return nil }
      if nearest < model, tree.neighbours(of: nearest).first == model { return nil }
      return (model, nearest, tree.distances.distances[model, nearest])
    }
    return pairs.sorted { ($0.distance, $0.one) < ($1.distance, $1.one) }
  }

  /// - Parameter folder: where the files of the tree lie.
  package func document(folder: String, tool: String) -> JSONValue {
    let below = tree.tree.leavesBelow()
    return .compactDocument(
      "retort.tree/1", tool: tool,
      [
        "folder": .string(folder), "debris": DebrisWording.json(debris),
        "models": .array(
          tree.tree.drawingOrder().map { model in
            let nearest = tree.neighbours(of: model)[0]
            return JSONValue.object([
              "model": .string(tree.models[model].rawValue), "nearest": .string(tree.models[nearest].rawValue),
              "distance": Figure.json(tree.distances.distances[model, nearest]),
            ])
          }),
        "left_out": .array(tree.distances.leftOut.map { .string($0.rawValue) }),
        "branches": .array(
          tree.tree.innerBranches.enumerated().map { place, node in
            JSONValue.compact([
              "models": .array(below[node].map { .string(tree.models[$0].rawValue) }),
              "length": Figure.json(tree.tree.lengths[node]),
              "support": tree.support(ofBranch: place).map(Figure.json) ?? .null,
            ])
          }),
        "replicates": .integer(tree.drawn), "replicates_counted": .integer(tree.counted),
        "newick": .string(tree.newick.trimmingCharacters(in: .newlines)),
        "relatives": agreement.map {
          JSONValue.object([
            "models": .integer($0.models), "nearest_is_relative": .integer($0.hits),
            "by_chance": Figure.json($0.byChance),
            "kinds": .object(
              Dictionary(uniqueKeysWithValues: $0.kinds.map { ($0.key.rawValue, JSONValue.integer($0.value)) })),
          ])
        } ?? .null,
      ])
  }

  private func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
