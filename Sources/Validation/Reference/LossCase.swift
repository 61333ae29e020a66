package import Cases
package import Likelihood

/// A candidate of a suspect with its scores: with all candidates at hand, and with the documented teacher taken away.
package struct LossCase: Hashable, Sendable {
  package let suspect: ModelID
  package let base: String
  package let baseDeveloper: String
  package let prompts: String
  package let teacher: ModelID?
  package let candidate: ModelID
  package let score: ReferenceScore?
  /// nil for the teacher itself, and where none is documented.
  package let absent: ReferenceScore?

  /// Whether the suspect is documented to have been trained on the candidate's answers; nil where nothing is documented.
  package var isTaught: Bool? { teacher.map { $0 == candidate } }

  package init(
    suspect: ModelID, base: String, baseDeveloper: String, prompts: String, teacher: ModelID?, candidate: ModelID,
    score: ReferenceScore?, absent: ReferenceScore?
  ) {
    self.suspect = suspect
    self.base = base
    self.baseDeveloper = baseDeveloper
    self.prompts = prompts
    self.teacher = teacher
    self.candidate = candidate
    self.score = score
    self.absent = absent
  }

  /// What is taken as the score.
  package enum Measure: String, Hashable, Sendable, CaseIterable {
    /// The gain on the candidate's answers alone, as its first authors have it.
    case gain
    /// `ReferenceScore` without strangers.
    case oneSide
    case bothSides
  }

  /// Of one row, in the order of the candidates' names.
  package static func of(_ row: ReferenceGains, among others: [ReferenceGains], by measure: Measure) -> [LossCase] {
    row.gains.keys.sorted().map { candidate in
      func score(_ row: ReferenceGains) -> ReferenceScore? {
        let found = ReferenceScore(of: candidate, for: row, among: others, oneSided: measure != .bothSides)
        guard measure == .gain else { return found }
        return found.map { ReferenceScore(sides: .one, value: $0.gain, strangers: 0, gain: $0.gain) }
      }
      return LossCase(
        suspect: row.suspect, base: row.base, baseDeveloper: row.baseDeveloper, prompts: row.prompts,
        teacher: row.teacher, candidate: candidate, score: score(row),
        absent: row.teacher.flatMap { $0 == candidate ? nil : score(row.without($0)) })
    }
  }

  /// Names of which one in common keeps a case from being learned from: the base's developer, and teacher and candidate,
  /// whichever of the two roles they have elsewhere.
  package var families: Set<String> {
    Set(["base \(baseDeveloper)", "model \(candidate)"] + (teacher.map { ["model \($0)"] } ?? []))
  }

  /// What is learned from the case, by the sides that its scores have: taught or not with all candidates at hand, and not
  /// taught where the teacher is absent.
  package func lessons(_ sides: ReferenceScore.Sides) -> [LeaveFamiliesOut.Case] {
    guard let isTaught else { return [] }
    return [(score, isTaught), (absent, false)].compactMap { score, label in
      guard let score, score.sides == sides else { return nil }
      return LeaveFamiliesOut.Case(
        score: score.value, label: label, families: families, source: base, developer: candidate.rawValue)
    }
  }
}
