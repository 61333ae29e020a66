package import Cases
import Likelihood

/// A suspect, and all candidates of one developer that a table of pairs has for it, asked about as one.
package struct LabelledGroup: Hashable, Sendable {
  package let corpus: String
  package let suspect: ModelID
  package let developer: String
  /// In the order of the table.
  package let members: [ModelID]
  /// 1: trained on answers of some member. 0: no link with those of which it is known. nil: known of none.
  package let label: Int?
  /// Of the member with the greatest, weighed as it is.
  package let score: Double
  /// Of all pairs.
  package let families: Set<String>
  package let studentFamily: String

  /// In the order of their first pairs; empty where the method weighs no groups.
  package static func all(_ pairs: [CalibrationFit.Pair]) -> [LabelledGroup] {
    struct Key: Hashable {
      let corpus: String
      let suspect: ModelID
      let developer: String
    }
    let scored = pairs.filter { $0.grouped?.isFinite == true }
    var order: [Key] = []
    var members: [Key: [CalibrationFit.Pair]] = [:]
    for pair in scored {
      let known = pair.labelled
      let key = Key(corpus: known.studentCorpus, suspect: known.student, developer: known.teacherDeveloper)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(pair)
    }
    return order.map { key in
      let own = members[key] ?? []
      let nearest = own.max { ($0.grouped ?? -.infinity) < ($1.grouped ?? -.infinity) }
      let labels = own.compactMap(\.labelled.label)
      return LabelledGroup(
        corpus: key.corpus, suspect: key.suspect, developer: key.developer, members: own.map(\.labelled.teacher),
        label: labels.max(), score: nearest.flatMap { pair in pair.grouped.map { pair.weight * $0 } } ?? .nan,
        families: own.reduce(into: []) { $0.formUnion($1.families) },
        studentFamily: own.first?.labelled.studentFamily ?? "")
    }
  }

  var learned: LeaveFamiliesOut.Case {
    .init(
      score: score, label: label.map { $0 == 1 }, families: families, source: studentFamily, developer: developer)
  }
}
