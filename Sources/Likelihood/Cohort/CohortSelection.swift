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
    var members: [ModelID] = []
    var omitted: [Omission] = []
    for model in Set(cohort).sorted() {
      if let relation = Self.relation(of: model, suspect: suspect, candidate: candidate, lineage) {
        omitted.append(Omission(model: model, relation: relation))
      } else {
        members.append(model)
      }
    }
    self.members = members
    self.omitted = omitted
    let all = (members + [suspect, candidate]).sorted()
    unknown = all.filter { lineage[$0] == nil }
    unstated = all.filter { !StatedLineage.isStated(lineage[$0]) }
  }

  private static func relation(
    of model: ModelID, suspect: ModelID, candidate: ModelID, _ lineage: Lineage
  ) -> Relation? {
    if let kinship = kinship(of: model, suspect: suspect, candidate: candidate, lineage) { return kinship }
    guard let own = lineage[model] else { return nil }
    if let teacher = own.teachers.first { return .trainedOnAnswers(of: teacher) }
    if let base = own.base, let owner = lineage.developer(ofModelNamed: base), owner != own.developer {
      return .derived(from: base)
    }
    return nil
  }

  /// What makes a model a relative of either side.
  static func kinship(
    of model: ModelID, suspect: ModelID, candidate: ModelID, _ lineage: Lineage
  ) -> Relation? {
    if model == suspect || model == candidate { return .isInThePair }
    guard let own = lineage[model] else { return nil }
    for other in [candidate, suspect] {
      guard let its = lineage[other] else { continue }
      if Kinship.isCommon(own.developer, its.developer) { return .sameDeveloper(as: other) }
      if Kinship.isCommon(own.family, its.family) { return .sameFamily(as: other) }
      if own.base == other.rawValue || its.base == model.rawValue { return .tunedFrom(other) }
      if Kinship.isCommon(own.base, its.base) { return .sameBase(as: other) }
    }
    return nil
  }
}
