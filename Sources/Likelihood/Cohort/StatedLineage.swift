package import Cases

/// Of whom of a pair and its cohort it is stated where they come from.
///
/// A cohort is unrelated as far as the lineage tells. Whoever leaves it out chooses what a ratio is: relatives that nobody names stay
/// in the cohort, where they hide a link, and strangers that are called relatives leave it.
package struct StatedLineage: Hashable, Sendable {
  /// Of the members of a cohort, the least share of whom it must be known, in tenths: four fifths.
  package static let leastTenths = 8

  /// Suspect and candidate, as far as nothing is stated of them.
  package let unknownOfPair: [ModelID]
  /// Members of the pair's cohort of whom it is known, and all of them.
  package let known: Int
  package let members: Int
  /// What suspect and candidate come from in the end, where both are named and are two.
  package let apart: Bases?

  package struct Bases: Hashable, Sendable {
    package let suspect: String
    package let candidate: String

    package init(suspect: String, candidate: String) {
      self.suspect = suspect
      self.candidate = candidate
    }
  }

  package init(unknownOfPair: [ModelID], known: Int, members: Int, apart: Bases? = nil) {
    self.unknownOfPair = unknownOfPair
    self.known = known
    self.members = members
    self.apart = apart
  }

  package init(_ selection: CohortSelection, suspect: ModelID, candidate: ModelID, lineage: Lineage) {
    let unstated = Set(selection.unstated)
    self.init(
      unknownOfPair: [suspect, candidate].filter(unstated.contains),
      known: selection.members.count { !unstated.contains($0) }, members: selection.members.count,
      apart: Self.apart(suspect, candidate, lineage))
  }

  /// Members that must be known: four fifths, rounded up.
  package var needed: Int { (members * Self.leastTenths + 9) / 10 }

  var refusals: [Calibration.Refusal] {
    var refusals: [Calibration.Refusal] = []
    if !unknownOfPair.isEmpty { refusals.append(.lineageUnknown(unknownOfPair)) }
    if known < needed { refusals.append(.cohortLineageUnknown(found: known, of: members, needed: needed)) }
    return refusals
  }

  /// Whether an entry names somebody or something. Nothing at all and `none` name none either; `Kinship` knows no such words, so
  /// that cohorts stay those of earlier versions.
  package static func isNamed(_ entry: String) -> Bool {
    Kinship.isKnown(entry) && !["", "none"].contains(entry.lowercased())
  }

  /// Whether it is stated who made a model, or from which it was tuned. A base that is undisclosed is an answer where the developer
  /// is named; by itself it says nothing.
  package static func isStated(_ entry: Lineage.Entry?) -> Bool {
    [entry?.developer, entry?.base].contains { $0.map(isNamed) ?? false }
  }

  private static func apart(_ suspect: ModelID, _ candidate: ModelID, _ lineage: Lineage) -> Bases? {
    guard let one = root(suspect, lineage), let other = root(candidate, lineage), one != other else { return nil }
    return Bases(suspect: one, candidate: other)
  }

  /// What a model comes from in the end, base by base, as far as the lineage goes; nil where none is named.
  private static func root(_ model: ModelID, _ lineage: Lineage) -> String? {
    var seen: Set<ModelID> = [model]
    var root: String?
    var next = lineage[model]?.base
    // A table may say of two models that each was tuned from the other.
    while let base = next, isNamed(base), seen.insert(ModelID(base)).inserted {
      root = base
      next = lineage[ModelID(base)]?.base
    }
    return root
  }
}
