package import Cases
package import Likelihood
import Statistics

/// Pairs of models without a link, as far as any table knows: one as the suspect, a member of its cohort as the candidate. How often a
/// link is indicated between them is how often a stranger would be accused.
///
/// Left out are relatives of the suspect, its documented teachers and those of the models that it was tuned from, and all kin of these:
/// what learned from a model is also near that model's developer, and is no stranger to it.
package struct PlantedDraw: Sendable {
  /// Pairs in all sets of answers together.
  package static let count = 1_000
  /// What stands for a relation in the pairs that are made of a draw.
  package static let relation = "planted"

  private let lineage: Lineage
  private let ancestry: BaseAncestry

  package init(lineage: Lineage, ancestry: BaseAncestry) {
    self.lineage = lineage
    self.ancestry = ancestry
  }

  /// Whether no table knows of a link, or of anything that would look like one. A model of which nothing is known is in no such pair.
  package func isUnlinked(suspect: ModelID, candidate: ModelID) -> Bool {
    guard suspect != candidate, lineage[suspect] != nil, lineage[candidate] != nil,
      // A documented student, and what was tuned from another's model, stands in no cohort.
      CohortSelection(from: [candidate], suspect: suspect, candidate: suspect, lineage: lineage).members == [candidate],
      !ancestry.areRelated(suspect, candidate)
    else { return false }
    return ancestry.teachers(behind: suspect).allSatisfy { isStranger(candidate, to: $0) }
  }

  private func isStranger(_ candidate: ModelID, to teacher: ModelID) -> Bool {
    guard candidate != teacher, Kinship.between(candidate, teacher, lineage) == nil,
      !ancestry.areRelated(candidate, teacher)
    else { return false }
    // The teacher may be a model of another set, of which this set's table has no row.
    guard let own = lineage[candidate]?.developer, StatedLineage.isNamed(own) else { return true }
    return own != lineage.developer(ofModelNamed: teacher.rawValue)
  }

  /// At most so many pairs that `scored` has a score of, each once, drawn at random.
  package func pairs(
    _ count: Int, among models: [ModelID], seed: UInt64,
    scored: (_ suspect: ModelID, _ candidate: ModelID) -> ValidationReport.Scored?
  ) -> [ValidationReport.Scored] {
    let models = models.sorted()
    var order = Array(0..<models.count * models.count)
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&order)
    var found: [ValidationReport.Scored] = []
    for place in order {
      guard found.count < count else { break }
      let (suspect, candidate) = (models[place / models.count], models[place % models.count])
      guard isUnlinked(suspect: suspect, candidate: candidate), let one = scored(suspect, candidate) else { continue }
      found.append(one)
    }
    return found
  }

  /// A drawn pair, in the words of a table of pairs.
  package func labelled(suspect: ModelID, candidate: ModelID, set: String) -> LabelledPair {
    LabelledPair(
      teacher: candidate, student: suspect, label: nil, relation: Self.relation, teacherCorpus: set,
      studentCorpus: set, studentFamily: lineage[suspect]?.family ?? suspect.rawValue,
      teacherDeveloper: lineage[candidate]?.developer ?? candidate.rawValue)
  }

  /// How many of `count` pairs come from each set: as its share of the models, `count` in all.
  package static func shares(of models: [Int], count: Int = Self.count) -> [Int] {
    let all = max(models.reduce(0, +), 1)
    var before = 0
    return models.map { own in
      defer { before += own }
      return count * (before + own) / all - count * before / all
    }
  }
}
