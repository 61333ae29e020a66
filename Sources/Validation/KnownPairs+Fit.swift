import Cases
package import Likelihood
import Statistics

extension KnownPairs {
  /// Candidates of one student, with the ratio of each.
  private struct Student {
    var linked: [(developer: String, log10: Double)] = []
    var unlinked: [(developer: String, log10: Double)] = []
  }

  /// What the ratios against no link are for all pairs, each by a line that saw no family of it.
  ///
  /// - Parameters:
  ///   - bounds: those of the calibration; each ratio is kept within, and rounded to three decimals.
  /// - Returns: nil where no student has both a documented teacher and a candidate without a link.
  package init?(
    _ pairs: [CalibrationFit.Pair], learning: LeaveFamiliesOut, bounds: RatioBounds.Bounds
  ) {
    let cases = pairs.map { CalibrationFit.comparison($0, .noLink) }
    let labelled = zip(pairs, cases).filter { $0.0.labelled.label != nil }.map(\.1)
    let lines = learning.lines(for: cases, learnedFrom: labelled)
    var relations: [String: [Double]] = [:]
    var students: [String: Student] = [:]
    var models: Set<ModelID> = []
    for ((pair, one), line) in zip(zip(pairs, cases), lines) {
      guard let line else { continue }
      let exact = line.logRatio(one.score) / Double.ln10
      let ratio = CalibrationFit.rounded(bounds.clipped(exact), to: 3)
      let known = pair.labelled
      guard let label = known.label else {
        relations[known.relation, default: []].append(ratio)
        continue
      }
      models.formUnion([known.teacher, known.student])
      let student = "\(known.studentCorpus)/\(known.student)"
      // Ranks are of the ratios before they are bounded, or they would be of ties.
      if label == 1 {
        students[student, default: Student()].linked.append((known.teacherDeveloper, exact))
      } else {
        students[student, default: Student()].unlinked.append((known.teacherDeveloper, exact))
      }
    }
    let inOrder = students.sorted { $0.key < $1.key }.map(\.value)
    let both = inOrder.filter { !$0.linked.isEmpty && !$0.unlinked.isEmpty }
    guard !both.isEmpty else { return nil }
    let without = inOrder.map(\.unlinked).filter { !$0.isEmpty }
    self.init(
      relations: relations.mapValues { $0.sorted() },
      teachers: Dictionary(
        pairs.filter { $0.labelled.label == 1 }.map { ($0.labelled.teacherDeveloper, 1) }, uniquingKeysWith: +),
      models: models.map(\.rawValue).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      unlinked: Unlinked(
        highest: without.map { found in
          CalibrationFit.rounded(bounds.clipped(found.map(\.log10).max() ?? 0), to: 3)
        }.sorted(),
        candidates: CalibrationFit.rounded(
          Double(without.reduce(0) { $0 + $1.count }) / Double(max(without.count, 1)), to: 1)),
      named: Self.named(both.map { ($0.linked, $0.unlinked) }),
      namedDevelopers: Self.named(both.map(Self.byDeveloper)))
  }

  /// The highest ratio of each developer's models; a developer of a documented teacher counts as one of it.
  private static func byDeveloper(_ student: Student) -> ([(String, Double)], [(String, Double)]) {
    let highest = Dictionary(
      (student.linked + student.unlinked).map { ($0.developer, $0.log10) }, uniquingKeysWith: max)
    let teachers = Set(student.linked.map(\.developer))
    return (
      highest.filter { teachers.contains($0.key) }.map { ($0.key, $0.value) },
      highest.filter { !teachers.contains($0.key) }.map { ($0.key, $0.value) }
    )
  }

  private static func named(_ students: [([(String, Double)], [(String, Double)])]) -> Named {
    // Where one developer has all candidates there is nothing to tell apart.
    let asked = students.filter { !$0.1.isEmpty }
    let first = asked.count { linked, unlinked in
      (linked.map(\.1).max() ?? -.infinity) > (unlinked.map(\.1).max() ?? -.infinity)
    }
    let chance = asked.map { Double($0.count) / Double($0.count + $1.count) }.reduce(0, +)
    return Named(
      first: first, students: max(asked.count, 1),
      byChance: CalibrationFit.rounded(chance / Double(max(asked.count, 1)), to: 3))
  }
}
