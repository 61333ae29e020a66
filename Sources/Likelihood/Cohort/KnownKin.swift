package import Cases
import Synchronization

/// Of the models of a corpus, those that may stand in the cohort of any pair, and its rivals: who is kin to a model is looked up once.
package final class KnownKin: Sendable {
  /// In byte order.
  private let models: [ModelID]
  private let lineage: Lineage
  private let kept = Mutex<[ModelID: Apart]>([:])

  /// By model, whether it stands apart from one other.
  private struct Apart {
    let isMember: [Bool]
    let isRival: [Bool]
  }

  package init(_ models: [ModelID], _ lineage: Lineage) {
    self.models = Set(models).sorted()
    self.lineage = lineage
  }

  /// `CohortSelection`'s members: what keeps a model out is its kinship to one of the two, or lies in itself.
  package func members(suspect: ModelID, candidate: ModelID) -> [ModelID] {
    let (one, other) = (apart(from: suspect).isMember, apart(from: candidate).isMember)
    return models.indices.filter { one[$0] && other[$0] }.map { models[$0] }
  }

  /// `RivalLead.rivals`.
  package func rivals(suspect: ModelID, candidate: ModelID) -> [ModelID] {
    let (one, other) = (apart(from: suspect).isRival, apart(from: candidate).isRival)
    return models.indices.filter { one[$0] && other[$0] }.map { models[$0] }
  }

  private func apart(from model: ModelID) -> Apart {
    if let found = kept.withLock({ $0[model] }) { return found }
    let members = Set(CohortSelection(from: models, suspect: model, candidate: model, lineage: lineage).members)
    let rivals = Set(RivalLead.rivals(from: models, suspect: model, candidate: model, lineage: lineage))
    let made = Apart(isMember: models.map(members.contains), isRival: models.map(rivals.contains))
    kept.withLock { $0[model] = made }
    return made
  }
}
