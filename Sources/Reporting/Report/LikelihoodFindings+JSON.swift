import CaseFile
import Cases
package import Formats
package import Likelihood
package import Validation

/// The findings as JSON, `retort.likelihood/1`: their shape is in `Reports/schema/likelihood.schema.json`.
extension LikelihoodFindings {
  /// - Parameter reference: what the suspect's base adds; nil where none was asked.
  package func document(tool: String, reference: ReferenceFindings? = nil) -> JSONValue {
    var fields: [String: JSONValue] = [
      "suspect": .string(suspect.rawValue), "usable": .integer(usable), "unusable": .integer(unusable),
      "candidates": .array(candidates.map { Self.document($0.model, $0.outcome) }),
    ]
    fields["reference"] = reference?.json
    if !spellings.isEmpty { fields["spellings"] = .array(spellings.map(\.json)) }
    return .document("retort.likelihood/1", tool: tool, fields)
  }

  private static func document(_ model: ModelID, _ outcome: Outcome) -> JSONValue {
    switch outcome {
    case .notEvaluated(let error):
      .object([
        "candidate": .string(model.rawValue),
        "not_evaluated": .string(LikelihoodWording.reason(error)), "reason_code": .string(error.code),
      ])
    case .found(let cross, let direction): document(cross, direction)
    }
  }

  private static func document(_ cross: CrossLikelihood, _ direction: DirectionFinding) -> JSONValue {
    .object([
      "candidate": .string(cross.candidate.rawValue),
      "cohort": .array(cross.members.map { .string($0.rawValue) }),
      "left_out": .array(cross.leftOut.map { .string($0.rawValue) }),
      "directions": .array(
        [cross.candidateUnderSuspect, cross.suspectUnderCandidate].map { way in
          .object([
            "answers_of": .string(way.owner.rawValue), "under": .string(way.scorer.rawValue),
            "prompts": .integer(way.prompts), "log2_per_byte": Figure.json(way.likelihood),
            "cohort_log2_per_byte": Figure.json(way.cohortLikelihood), "excess": Figure.json(way.excess),
            "on_cohort_answers": Figure.json(way.base), "on_references": way.reference.map(Figure.json) ?? .null,
            "specific": Figure.json(way.specific), "low": Figure.json(way.interval.low),
            "high": Figure.json(way.interval.high),
            "rank": .integer(way.rank), "of": .integer(way.cohort.count + 1),
            "in_its_place": .array(
              way.cohort.map { .object(["model": .string($0.model.rawValue), "specific": Figure.json($0.specific)]) }),
          ])
        }),
      "asymmetry": Figure.json(cross.asymmetry), "asymmetry_low": Figure.json(cross.asymmetryInterval.low),
      "asymmetry_high": Figure.json(cross.asymmetryInterval.high),
      "direction": .object([
        "verdict": .string(direction.verdict.rawValue),
        "evidence": .array(
          direction.evidence.map { evidence in
            .compact([
              "kind": .string(evidence.observation.kind), "observation": JSONValue(evidence.observation.code),
              "points": .string(evidence.points.rawValue),
              "sentence": .string(LikelihoodWording.sentence(evidence.observation, cross)),
            ])
          }),
      ]),
    ])
  }
}

extension CrossLikelihood.Refusal {
  fileprivate var code: String {
    switch self {
    case .cohortTooSmall: "cohort_too_small"
    case .noCommonPrompts: "no_common_prompts"
    case .notAsked: "not_asked"
    case .ownAnswersUnlikely: "own_answers_unlikely"
    }
  }
}

extension DirectionFinding.Observation {
  fileprivate var kind: String {
    switch self {
    case .releaseDates: "release_dates"
    case .likelihood: "likelihood"
    case .notAsked: "not_asked"
    }
  }

  fileprivate var code: String? {
    switch self {
    case .releaseDates(let dates): dates == nil ? "not_stated" : "stated"
    case .likelihood(let found): found.rawValue
    case .notAsked: nil
    }
  }
}
