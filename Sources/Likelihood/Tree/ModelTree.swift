package import Cases
import LinearAlgebra
package import Similarity
package import Statistics

/// Which of many models are near each other: distances, the tree of neighbour joining over them, and how often each of its
/// branches comes back when other probes are drawn.
///
/// - Note: nothing here knows of teachers, developers or bases, and nothing says what makes models alike.
package struct ModelTree: Sendable {
  /// Replicates of the bootstrap over probes, where nothing else is asked for.
  package static let replicates = 100

  package let distances: ModelDistances
  /// Its leaves are `distances.models`.
  package let tree: NeighbourTree
  /// By inner branch: in how many of `counted` replicates the same groups were parted; empty if none counted.
  package let support: [Int]
  /// Replicates that drew a common prompt for every pair of models.
  package let counted: Int
  package let drawn: Int

  package var models: [ModelID] { distances.models }

  /// Share of the replicates that have the branch; nil if there was none.
  package func support(ofBranch place: Int) -> Double? {
    counted > 0 ? Double(support[place]) / Double(counted) : nil
  }

  /// - Parameters:
  ///   - asked: pairs of models that are asked about: they do not shape the adjustment for length.
  ///   - replicates: of the bootstrap over probes; 0 for none.
  /// - Throws: `LikelihoodError` if there are too few models with common prompts.
  package static func make(
    _ transcripts: [ModelID: Transcript], method: CohortMethod = .current, asked: [(ModelID, ModelID)] = [],
    replicates: Int = ModelTree.replicates, seed: UInt64
  ) async throws -> ModelTree {
    let measurement = try await ChannelRun.measure(AnswerTable(transcripts), channels: method.channels)
    return try await make(measurement, method: method, asked: asked, replicates: replicates, seed: seed)
  }

  /// - Parameter measurement: of the channels of the method, and perhaps others after them.
  package static func make(
    _ measurement: PairMeasurements, method: CohortMethod = .current, asked: [(ModelID, ModelID)] = [],
    replicates: Int = ModelTree.replicates, seed: UInt64
  ) async throws -> ModelTree {
    let combined = measurement.prefix(method.channels.count)
    let scores = await ChannelScores.all(
      combined, adjustedForLength: method.adjustedForLength,
      asked: Set(asked.compactMap { measurement.pairs.index($0.0, $0.1) }),
      bootstrap: ProbeBootstrap(replicates: replicates, probes: measurement.prompts.count, seed: seed))
    guard let tree = await ModelTree(combined, scores, replicates: replicates) else {
      throw LikelihoodError.tooFewModels(given: measurement.pairs.models.count, needed: ModelDistances.minimumModels)
    }
    return tree
  }

  /// - Parameters:
  ///   - channels: those that are combined, with at least `replicates` replicates or none.
  /// - Returns: nil if too few models have common prompts with all others.
  init?(_ measurement: PairMeasurements, _ channels: [ChannelScores], replicates: Int) async {
    guard let scale = LikenessScale(measurement, channels: channels),
      let likeness = scale.likeness(channels.map { $0.adjusted[...] })
    else { return nil }
    let measured = LikenessScale.distances(likeness)
    guard let tree = NeighbourJoining.tree(measured) else { return nil }
    let models = measurement.pairs.models
    distances = ModelDistances(
      models: scale.positions.map { models[$0] }, leftOut: scale.leftOut.map { models[$0] }, likeness: likeness,
      distances: measured)
    self.tree = tree
    drawn = min(replicates, channels.map(\.replicates.rows).min() ?? 0)
    let others = await Self.trees(scale, channels, replicates: drawn)
    counted = others.count
    support = others.isEmpty ? [] : BranchSupport.counts(tree, among: others)
  }

  private static func trees(_ scale: LikenessScale, _ channels: [ChannelScores], replicates: Int) async
    -> [NeighbourTree]
  {
    let block = 8
    return await withTaskGroup(of: [NeighbourTree].self) { group in
      for start in stride(from: 0, to: replicates, by: block) {
        group.addTask {
          (start..<min(start + block, replicates)).compactMap { row in
            scale.likeness(channels.map { $0.replicates.row(row) })
              .flatMap { NeighbourJoining.tree(LikenessScale.distances($0)) }
          }
        }
      }
      // They are counted, so their order does not matter.
      return await group.reduce(into: []) { $0 += $1 }
    }
  }
}

extension ModelTree {
  /// The model's neighbours, nearest first; equal distances in the order of the models.
  package func neighbours(of model: Int) -> [Int] {
    models.indices.filter { $0 != model }.sorted {
      (distances.distances[model, $0], $0) < (distances.distances[model, $1], $1)
    }
  }

  /// The tree in Newick's notation, with the support in percent on its branches.
  package var newick: String {
    tree.newick(names: models.map(\.rawValue)) { place in
      support(ofBranch: place).map { String(Int((100 * $0).rounded())) }
    }
  }
}
