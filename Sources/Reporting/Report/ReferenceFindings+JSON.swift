import Cases
package import Formats
import Likelihood
package import Validation

extension ReferenceFindings {
  /// `reference` of `retort.likelihood/1`.
  package var json: JSONValue {
    .object([
      "base": .string(base), "answers": .integer(answers), "own_gain": own.map(Figure.json) ?? .null,
      "distance": Figure.json(reach), "strangers": .array(strangers.map { .string($0.rawValue) }),
      "calibration_sha256": .string(calibration.digest.hex),
      "candidates": .array(candidates.map(Self.document)),
    ])
  }

  private static func document(_ candidate: Candidate) -> JSONValue {
    var fields: [String: JSONValue] = [
      "candidate": .string(candidate.model.rawValue),
      "log2_per_byte": candidate.perByte.map(Figure.json) ?? .null,
      "score": candidate.score.map { Figure.json($0.value) } ?? .null,
      "low": candidate.interval.map { Figure.json($0.low) } ?? .null,
      "high": candidate.interval.map { Figure.json($0.high) } ?? .null,
      "compared_from": candidate.score.map { .string($0.sides == .both ? "both_sides" : "one_side") } ?? .null,
    ]
    switch candidate.ratio {
    case .failure(let reason):
      fields["not_evaluated"] = .string(LikelihoodWording.reason(reason))
      fields["reason_code"] = .string(reason.code)
    case .success(let ratio):
      fields["log10_ratio"] = Figure.json(ratio.log10)
      fields["log10_low"] = Figure.json(ratio.interval.low)
      fields["log10_high"] = Figure.json(ratio.interval.high)
      fields["log10_bounds"] = .array([Figure.json(ratio.bounds.lower), Figure.json(ratio.bounds.upper)])
      fields["without"] = .array(ratio.without.map(JSONValue.string))
      fields["reached_if_false"] = Self.document(ratio.reachedIfFalse)
      fields["reached_if_true"] = Self.document(ratio.reachedIfTrue)
    }
    return .object(fields)
  }

  private static func document(_ share: LikelihoodRatio.Share) -> JSONValue {
    .object(["count": .integer(share.count), "of": .integer(share.of)])
  }
}

extension ReferenceFindings.Refusal {
  fileprivate var code: String {
    switch self {
    case .tooFewOthers: "too_few_others"
    case .tooFewAnswers: "too_few_answers"
    case .ownAnswersUnlikely: "own_answers_unlikely"
    case .referenceTooFar: "reference_too_far"
    case .nothingLearned: "nothing_learned"
    case .noSpread: "no_spread"
    }
  }
}
