package import Cases
package import Likelihood
import Statistics

/// A case that is itself part of what its calibration was fitted on is judged by one that was fitted without its families, base
/// models and developers: by the same line as the validation judges such a pair.
extension CalibrationsApart {
  /// What is asked of a case, with all that is left out for it.
  private struct Question: Sendable {
    let models: [ModelID]
    let names: Set<String>
  }

  /// Of those questions of a case that the whole learned from; none where it does not say what it learned from, or the suspect is
  /// not among it. Of a new suspect nothing was learned: what other students of a candidate taught is no knowledge of this one.
  ///
  /// A model is among it if a lesson is about it, by name in whatever spelling, or about its family, as the lineage of the case
  /// names it. What suspect and candidates share with a lesson, in either role, is left out: developers, families and base models,
  /// as the lessons and as the case name them.
  package init(for contents: CaseContents, of whole: Calibration?) async {
    guard let whole, let lessons = whole.lessons else {
      self.init(candidates: [:], groups: [:])
      return
    }
    let known = lessons.names
    let ancestry = BaseAncestry([contents.lineage])
    func question(_ candidates: [ModelID]) -> Question? {
      let asked = [contents.suspect] + candidates
      let inside = asked.filter { Self.isInside($0, contents.lineage, lessons, known) }
      guard inside.contains(contents.suspect) else { return nil }
      var names = asked.reduce(into: Set<String>()) { $0.formUnion(lessons.names(of: $1) ?? []) }
      for candidate in candidates {
        names.formUnion(Self.names(suspect: contents.suspect, candidate: candidate, contents.lineage, ancestry))
      }
      names.formIntersection(known)
      return names.isEmpty ? nil : Question(models: inside, names: names)
    }
    let pairs = contents.candidates.compactMap { one in question([one]).map { (one, $0) } }
    let together = CandidateGroup.all(contents.candidates, contents.lineage).filter { $0.members.count > 1 }
      .compactMap { group in question(group.members).map { (group.name, $0) } }
    let ofPairs = await Self.fitted(pairs.map(\.1), lessons) { whole.fitted(withoutPairsOf: $0) }
    let ofGroups = await Self.fitted(together.map(\.1), lessons) { whole.fitted(withoutGroupsOf: $0) }
    self.init(
      candidates: Dictionary(zip(pairs.map(\.0), ofPairs)) { first, _ in first },
      groups: Dictionary(zip(together.map(\.0), ofGroups)) { first, _ in first })
  }

  private static func isInside(
    _ model: ModelID, _ lineage: Lineage, _ lessons: Lessons, _ known: Set<String>
  ) -> Bool {
    if lessons.names(of: model) != nil { return true }
    guard let family = lineage[model]?.family, StatedLineage.isNamed(family) else { return false }
    return known.contains("family \(family)")
  }

  /// As the validation names what a pair is left out with.
  private static func names(
    suspect: ModelID, candidate: ModelID, _ lineage: Lineage, _ ancestry: BaseAncestry
  ) -> Set<String> {
    ValidationReport.names(
      LabelledPair(
        teacher: candidate, student: suspect, label: nil, relation: "", teacherCorpus: "", studentCorpus: "",
        studentFamily: lineage[suspect]?.family ?? suspect.rawValue,
        teacherDeveloper: lineage[candidate]?.developer ?? candidate.rawValue), lineage, ancestry
    ).all
  }

  /// In the order of the questions. Candidates of one developer have often the same lessons left: then one fit serves them all.
  private static func fitted(
    _ questions: [Question], _ lessons: Lessons, _ fit: @escaping @Sendable (Set<String>) -> Calibration
  ) async -> [Calibration] {
    let kin = Array(Set(lessons.all.map(\.kin)))
    var places: [[Bool]: Int] = [:]
    var distinct: [Set<String>] = []
    let placed = questions.map { question in
      let left = kin.map { $0.names.isDisjoint(with: question.names) }
      if let place = places[left] { return place }
      places[left] = distinct.count
      distinct.append(question.names)
      return distinct.count - 1
    }
    let names = distinct
    let fits = await concurrentMap(names.count, blocksOf: 1) { block in block.map { fit(names[$0]) } }.flatMap(\.self)
    return zip(questions, placed).map { question, place in
      fits[place].with(models: question.models, names: question.names.sorted())
    }
  }
}
