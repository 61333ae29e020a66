package import Cases
package import Likelihood

/// The question, and what was found for each candidate.
package enum VerdictWording {
  package static func question(suspect: ModelID, candidates: [ModelID]) -> String {
    let names = candidates.map(\.rawValue)
    guard names.count <= SpokenAnswer.maximumCandidates else {
      return "Was \(suspect) trained on answers of one of these \(names.count) models?"
    }
    guard let last = names.last, names.count > 1 else {
      return "Was \(suspect) trained on answers of \(names.first ?? "another model")?"
    }
    return "Was \(suspect) trained on answers of \(names.dropLast().joined(separator: ", ")) or \(last)?"
  }

  /// The answer for one candidate, and its place among the cohort.
  static func verdict(
    _ finding: CandidateFinding, _ candidate: Report.Candidate, _ answer: Conclusion.Finding
  ) -> Report.Verdict {
    func verdict(_ standing: Report.Standing, _ sentence: String) -> Report.Verdict {
      Report.Verdict(candidate: candidate.model, standing: standing, sentence: sentence)
    }
    guard let combined = candidate.combined, case .evaluated(let scores) = finding.outcome else {
      return verdict(.notEvaluated, answer.sentence)
    }
    if candidate.isIndistinguishable { return verdict(.sameModel, answer.sentence) }
    return verdict(
      scores.standsOut ? .standsOut : .doesNotStandOut,
      "\(answer.sentence) \(place(combined, candidate.model, answer.standing))")
  }

  /// Where the candidate stands, which describes and does not weigh.
  static func place(_ combined: Report.Combined, _ candidate: ModelID, _ standing: Conclusion.Standing) -> String {
    // Of a candidate that nothing speaks for, half of the case is nearer.
    let isSpokenFor = standing == .linkIndicated || standing == .forProposition
    let nearer = isSpokenFor ? combined.lead?.nearest.filter { ($0.ahead.value ?? 0) < 0 }.map(\.model) ?? [] : []
    let rivals =
      nearer.isEmpty
      ? ""
      : " Nearer to the suspect by the score that the ratio reads: \(Wording.list(Array(nearer.prefix(3))))\(nearer.count > 3 ? " and \(nearer.count - 3) more" : "")."
    return """
      By its answers \(candidate) is number \(combined.rank) of \(combined.of) models: combined score \(Wording.score(combined.score)) \(Wording.interval(combined.interval)).\(rivals)
      """
  }

  static func reason(_ reason: CandidateFinding.Reason) -> String {
    switch reason {
    case .noCommonPrompts: "the two answered no common prompt"
    case .cohortTooSmall(let left, let needed): "\(left) unrelated cohort models are left, \(needed) are needed"
    }
  }

  /// Why a model is not in the cohort.
  package static func reason(_ relation: CohortSelection.Relation) -> String {
    switch relation {
    case .isInThePair: "is in the pair"
    case .sameDeveloper(let model): "same developer as \(model)"
    case .sameFamily(let model): "same family as \(model)"
    case .sameBase(let model): "same base model as \(model)"
    case .tunedFrom(let model): "tuned from \(model), or \(model) from it"
    case .derived(let base): "tuned from \(base), a model of another developer"
    case .trainedOnAnswers(let teacher): "documented to be trained on answers of \(teacher)"
    }
  }
}

extension Conclusion.Standing {
  /// Shape first, so that it reads without colour.
  package var mark: String {
    switch self {
    case .linkIndicated: "◆"
    case .forProposition, .forNeither, .forAlternative: "○"
    case .sameModel: "="
    case .notEvaluated: "–"
    }
  }
}
