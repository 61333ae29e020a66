package import Cases

/// What a table of lineage says that two models have in common. Only documents speak here, never scores.
package enum Kinship: String, Sendable, CaseIterable {
  /// One was trained on the other's answers.
  case teacherAndStudent = "teacher_and_student"
  case sharedTeacher = "shared_teacher"
  /// One was tuned from the other.
  case tunedFrom = "tuned_from"
  case sameFamily = "same_family"
  case sameBase = "same_base"
  case sameDeveloper = "same_developer"

  /// Entries that say that nothing is known are no common property.
  private static let unknown: Set<String> = ["undisclosed", "unknown", "various"]

  /// Whether two entries of a table name the same known thing.
  static func isCommon(_ one: String?, _ other: String?) -> Bool {
    guard let one, one == other else { return false }
    return isKnown(one)
  }

  /// Whether an entry of a table names something.
  package static func isKnown(_ entry: String) -> Bool { !unknown.contains(entry.lowercased()) }

  /// - Returns: the first that holds, in the order above; nil if none does, or nothing is known.
  package static func between(_ a: ModelID, _ b: ModelID, _ lineage: Lineage) -> Kinship? {
    guard let one = lineage[a], let other = lineage[b] else { return nil }
    if one.teachers.contains(b) || other.teachers.contains(a) { return .teacherAndStudent }
    if one.base == b.rawValue || other.base == a.rawValue { return .tunedFrom }
    if !Set(one.teachers).isDisjoint(with: other.teachers) { return .sharedTeacher }
    if isCommon(one.family, other.family) { return .sameFamily }
    if isCommon(one.base, other.base) { return .sameBase }
    if isCommon(one.developer, other.developer) { return .sameDeveloper }
    return nil
  }
}

/// Whether models that documents call related are nearest neighbours.
package struct NeighbourAgreement: Sendable, Equatable {
  /// Models that have a documented relative among the others.
  package let models: Int
  /// Of these, those whose nearest neighbour is one.
  package let hits: Int
  /// Hits that neighbours drawn at random would give: the mean over these models of the share of relatives among the others.
  package let byChance: Double
  /// Hits by kinship.
  package let kinds: [Kinship: Int]

  package init(_ tree: ModelTree, _ lineage: Lineage) {
    var models = 0
    var hits = 0
    var chance = 0.0
    var kinds: [Kinship: Int] = [:]
    let names = tree.models
    for model in names.indices {
      let relatives = names.indices.count {
        $0 != model && Kinship.between(names[model], names[$0], lineage) != nil
      }
      guard relatives > 0 else { continue }
      models += 1
      chance += Double(relatives) / Double(names.count - 1)
      guard let nearest = tree.neighbours(of: model).first,
        let kinship = Kinship.between(names[model], names[nearest], lineage)
      else { continue }
      hits += 1
      kinds[kinship, default: 0] += 1
    }
    self.models = models
    self.hits = hits
    byChance = models > 0 ? chance / Double(models) : 0
    self.kinds = kinds
  }
}
