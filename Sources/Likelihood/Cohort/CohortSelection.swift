package import Cases

/// The models of a cohort that a pair is compared with, and those that were left out because they are related.
package struct CohortSelection: Hashable, Sendable {
  package enum Relation: Hashable, Sendable {
    case isInThePair
    case sameDeveloper(as: ModelID)
    case sameFamily(as: ModelID)
    case sameBase(as: ModelID)
    /// Tuned from the other model, or the other from it.
    case tunedFrom(ModelID)
    /// Tuned from a model of another developer, so that it is not its developer's own voice.
    case derived(from: String)
    /// Documented to have been trained on answers of another model: it speaks with a borrowed voice, perhaps with the
    /// candidate's.
    case trainedOnAnswers(of: ModelID)
  }

  package struct Omission: Hashable, Sendable {
    package let model: ModelID
    package let relation: Relation
  }

  package let members: [ModelID]
  package let omitted: [Omission]
  /// Members, suspect and candidate of whom nothing is known: relatives among them could not be left out.
  package let unknown: [ModelID]
  /// These, and those of whom neither developer nor base is stated, whatever else is: what a ratio asks for (`StatedLineage`).
  package let unstated: [ModelID]

  /// Leaves out every relative of either side, every documented student, and every model tuned from another's. A model that is given
  /// twice, as a study's candidates are, counts once.
  ///
  /// A cohort that holds the candidate's other students removes the very signal that is looked for; one that holds
  /// versions of either model measures how alike relatives are, not how alike strangers are.
  package init(from cohort: [ModelID], suspect: ModelID, candidate: ModelID, lineage: Lineage) {
    let sides = [candidate, suspect].map { Side(model: $0, entry: lineage[$0]) }
    var members: [ModelID] = []
    var omitted: [Omission] = []
    var unknown = sides.filter { $0.entry == nil }.map(\.model)
    var unstated = sides.filter { !StatedLineage.isStated($0.entry) }.map(\.model)
    var last: ModelID?
    for model in cohort.sorted() where model != last {
      last = model
      let own = lineage[model]
      if let relation = Self.relation(of: model, own, to: sides, lineage) {
        omitted.append(Omission(model: model, relation: relation))
        continue
      }
      members.append(model)
      if own == nil { unknown.append(model) }
      if !StatedLineage.isStated(own) { unstated.append(model) }
    }
    self.members = members
    self.omitted = omitted
    self.unknown = unknown.sorted()
    self.unstated = unstated.sorted()
  }

  /// Suspect or candidate, looked up once for all of a cohort.
  private struct Side {
    let model: ModelID
    let entry: Lineage.Entry?
  }

  private static func relation(
    of model: ModelID, _ own: Lineage.Entry?, to sides: [Side], _ lineage: Lineage
  ) -> Relation? {
    if let kinship = kinship(of: model, own, to: sides) { return kinship }
    guard let own else { return nil }
    if let teacher = own.teachers.first { return .trainedOnAnswers(of: teacher) }
    if let base = own.base, let owner = lineage.developer(ofModelNamed: base), owner != own.developer {
      return .derived(from: base)
    }
    return nil
  }

  /// Of some models, in byte order, those that are no relatives of either side.
  static func unrelated(
    _ models: some Sequence<ModelID>, suspect: ModelID, candidate: ModelID, _ lineage: Lineage
  ) -> [ModelID] {
    let sides = [candidate, suspect].map { Side(model: $0, entry: lineage[$0]) }
    return Set(models).sorted().filter { kinship(of: $0, lineage[$0], to: sides) == nil }
  }

  /// What makes a model a relative of either side.
  static func kinship(
    of model: ModelID, suspect: ModelID, candidate: ModelID, _ lineage: Lineage
  ) -> Relation? {
    kinship(of: model, lineage[model], to: [candidate, suspect].map { Side(model: $0, entry: lineage[$0]) })
  }

  private static func kinship(of model: ModelID, _ own: Lineage.Entry?, to sides: [Side]) -> Relation? {
    if sides.contains(where: { $0.model == model }) { return .isInThePair }
    guard let own else { return nil }
    for other in sides {
      guard let its = other.entry else { continue }
      if Kinship.isCommon(own.developer, its.developer) { return .sameDeveloper(as: other.model) }
      if Kinship.isCommon(own.family, its.family) { return .sameFamily(as: other.model) }
      if own.base == other.model.rawValue || its.base == model.rawValue { return .tunedFrom(other.model) }
      if Kinship.isCommon(own.base, its.base) { return .sameBase(as: other.model) }
    }
    return nil
  }
}
