import Cases
import Likelihood

// Why something is not evaluated or left out, as documents state it: codes, which no better sentence changes.

extension CandidateFinding.Reason {
  var code: String {
    switch self {
    case .noCommonPrompts: "no_common_prompts"
    case .cohortTooSmall: "cohort_too_small"
    }
  }
}

extension Calibration.Refusal {
  var code: String {
    switch self {
    case .tooFewFamilies: "too_few_families"
    case .symmetric: "symmetric"
    case .onlyArgued: "only_argued"
    case .tooFewPrompts: "too_few_prompts"
    case .cohortTooSmall: "cohort_too_small"
    case .answersTooShort: "answers_too_short"
    case .scriptNotCovered: "script_not_covered"
    case .lineageUnknown: "lineage_unknown"
    case .cohortLineageUnknown: "cohort_lineage_unknown"
    case .basesDiffer: "bases_differ"
    case .groupsNotFitted: "groups_not_fitted"
    case .lineNotFitted: "line_not_fitted"
    case .scoreMissing: "score_missing"
    }
  }
}

extension Report.Ratio {
  /// Of a ratio whose bounds let no word be used for either side: its number stands for whoever recomputes it, and is not told.
  static let cannotTellCode = "cannot_tell"
}

extension CohortSelection.Relation {
  var code: String {
    switch self {
    case .isInThePair: "is_in_the_pair"
    case .sameDeveloper: "same_developer"
    case .sameFamily: "same_family"
    case .sameBase: "same_base"
    case .tunedFrom: "tuned_from"
    case .derived: "derived"
    case .trainedOnAnswers: "trained_on_answers"
    }
  }

  /// The other end of the relation: a model of the pair, or a base.
  package var other: String? {
    switch self {
    case .isInThePair: nil
    case .sameDeveloper(let model), .sameFamily(let model), .sameBase(let model), .tunedFrom(let model),
      .trainedOnAnswers(let model):
      model.rawValue
    case .derived(let base): base
    }
  }
}
