import Cases
import Likelihood

/// The question, and what was found for each candidate.
enum VerdictWording {
  static func question(suspect: ModelID, candidates: [ModelID]) -> String {
    let names = candidates.map(\.rawValue)
    guard names.count <= FirstPage.mostSentences else {
      return "Was \(suspect) trained on answers of one of these \(names.count) models?"
    }
    guard let last = names.last, names.count > 1 else {
      return "Was \(suspect) trained on answers of \(names.first ?? "another model")?"
    }
    return "Was \(suspect) trained on answers of \(names.dropLast().joined(separator: ", ")) or \(last)?"
  }

  static func verdict(_ finding: CandidateFinding, _ candidate: Report.Candidate, suspect: ModelID) -> Report.Verdict {
    func verdict(_ standing: Report.Standing, _ sentence: String) -> Report.Verdict {
      Report.Verdict(candidate: candidate.model, standing: standing, sentence: sentence)
    }
    let pair = "\(suspect) and \(candidate.model)"
    guard let combined = candidate.combined, case .evaluated(let scores) = finding.outcome else {
      return verdict(.notEvaluated, "\(pair): not evaluated, \(candidate.notEvaluated ?? "nothing was measured").")
    }
    if candidate.isIndistinguishable, let test = candidate.sameModelTest {
      return verdict(
        .sameModel,
        """
        \(pair): the same model, as far as these probes can tell. \
        \(SameModelWording.sentence(test, candidate: candidate.model.rawValue))
        """)
    }
    let ratio = RatioWording.headline(finding).map { "; \($0)" } ?? ""
    let place =
      "combined score \(Wording.score(combined.score)) \(Wording.interval(combined.interval)), rank \(combined.rank) of \(combined.of)"
    if scores.standsOut {
      let lead = "\(Wording.score(combined.margin)) \(Wording.interval(combined.marginInterval))"
      return verdict(
        .standsOut,
        """
        \(suspect) stands out from the cohort towards \(candidate.model): \(place); \(lead) above the strongest cohort model\(ratio).
        """)
    }
    return verdict(
      .doesNotStandOut,
      "\(suspect) does not stand out from the cohort towards \(candidate.model): \(place); \(why(combined))\(ratio).")
  }

  /// The first part of the rule that is not met.
  private static func why(_ combined: Report.Combined) -> String {
    if combined.rank == 2 { return "one cohort model is as near or nearer" }
    if combined.rank > 2 { return "\(combined.rank - 1) cohort models are as near or nearer" }
    if (combined.marginInterval.low.value ?? 0) <= 0 {
      let lead = "\(Wording.score(combined.margin)) \(Wording.interval(combined.marginInterval))"
      return "the lead over the strongest cohort model, \(lead), may be owed to the choice of probes"
    }
    return "a further unrelated model may reach \(Wording.score(combined.predictionLimit))"
  }

  /// - Parameters:
  ///   - left: candidates whose sentences are not shown.
  ///   - all: candidates.
  static func remainder(left: Int, of all: Int) -> String {
    left == all
      ? "None of the \(left) candidates stands out; the table shows all, nearest first."
      : "Of \(all) candidates, none of the other \(left) stands out; the table shows all, nearest first."
  }

  static func reason(_ reason: CandidateFinding.Reason) -> String {
    switch reason {
    case .noCommonPrompts: "the two answered no common prompt"
    case .cohortTooSmall(let left, let needed): "\(left) unrelated cohort models are left, \(needed) are needed"
    }
  }

  /// Why a model is not in the cohort.
  static func reason(_ relation: CohortSelection.Relation) -> String {
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

extension Report.Standing {
  /// Shape first, so that it reads without colour.
  var mark: String {
    switch self {
    case .standsOut: "◆"
    case .doesNotStandOut: "○"
    case .sameModel: "="
    case .notEvaluated: "–"
    }
  }

  var words: String {
    switch self {
    case .standsOut: "stands out"
    case .doesNotStandOut: "does not stand out"
    case .sameModel: "the same model, as far as these probes can tell"
    case .notEvaluated: "not evaluated"
    }
  }
}
