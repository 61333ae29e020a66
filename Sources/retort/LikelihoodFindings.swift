import CaseFile
import Foundation
import Likelihood
import Reporting
import Similarity

/// What the answers of each candidate and of the suspect are worth to the other, and what that says of direction.
struct LikelihoodFindings {
  enum Outcome {
    case found(CrossLikelihood, DirectionFinding)
    case notEvaluated(LikelihoodError)
  }

  let suspect: ModelID
  let candidates: [(model: ModelID, outcome: Outcome)]
  /// Given answers with a likelihood, and responses that tell none.
  let usable: Int
  let unusable: Int

  /// - Parameter released: dates of release as they were stated.
  init(
    _ contents: CaseContents, _ given: [(model: ModelID, given: GivenAnswer, answer: Answer)],
    released: [ModelID: String] = [:]
  ) {
    let scored = given.compactMap { entry -> ScoredAnswer? in
      AnswerLikelihood(entry.answer, of: entry.given).map {
        ScoredAnswer(
          owner: entry.given.model, scorer: entry.model, prompt: entry.given.prompt, sample: entry.given.sample,
          perByte: $0.perByte)
      }
    }
    suspect = contents.suspect
    usable = scored.count
    unusable = given.count - scored.count
    candidates = contents.candidates.map { candidate -> (model: ModelID, outcome: Outcome) in
      do throws(LikelihoodError) {
        let cross = try CrossLikelihood(
          scored, suspect: contents.suspect, candidate: candidate, cohort: contents.cohort, lineage: contents.lineage,
          seed: contents.seed)
        return (candidate, .found(cross, DirectionFinding(cross, released: released)))
      } catch {
        return (candidate, .notEvaluated(error))
      }
    }
  }

  var lines: [String] {
    var lines: [String] = []
    for (model, outcome) in candidates {
      switch outcome {
      case .notEvaluated(let error):
        lines.append(
          "\(suspect) and \(model): not evaluated; \(ErrorReport.explanation(of: error)?.line ?? "too few answers")"
        )
      case .found(let cross, let direction):
        lines.append(
          "\(suspect) and \(model): log₂-likelihood of each other's answers, bits a byte, over a cohort of "
            + "\(cross.members.count)")
        if !cross.leftOut.isEmpty {
          lines.append(
            "  left out of the cohort, for a stranger finds their answers likelier than their own endpoints do: "
              + cross.leftOut.map(\.rawValue).joined(separator: ", "))
        }
        for way in [cross.candidateUnderSuspect, cross.suspectUnderCandidate] {
          lines.append("  answers of \(way.owner) under \(way.scorer), \(way.prompts) prompts:")
          lines.append(
            String(format: "    %.3f, under the cohort %.3f", way.likelihood, way.cohortLikelihood)
              + String(format: "; above strangers %.3f [%.3f", way.specific, way.interval.low)
              + String(format: ", %.3f], rank %d of %d", way.interval.high, way.rank, way.cohort.count + 1)
              + String(format: "; excess %.3f, of it on the cohort's answers %.3f", way.excess, way.base)
              + (way.reference.map { String(format: ", on reference texts %.3f", $0) } ?? ""))
        }
        lines.append(
          String(format: "  difference of the two directions %.3f", cross.asymmetry)
            + String(format: " [%.3f, %.3f]", cross.asymmetryInterval.low, cross.asymmetryInterval.high))
        lines.append(
          "  direction: \(Self.words(direction.verdict, cross)). "
            + direction.evidence.map(\.sentence).joined(separator: " "))
      }
    }
    if unusable > 0 {
      lines.append("\(unusable) of \(usable + unusable) responses tell no likelihood of the given answer")
    }
    return lines
  }

  private static func words(_ verdict: DirectionFinding.Verdict, _ cross: CrossLikelihood) -> String {
    switch verdict {
    case .notDetermined: "not determined"
    case .suspectFromCandidate:
      "if one learned from the other, dates and likelihoods point to \(cross.suspect) as the one that learned"
    case .candidateFromSuspect:
      "if one learned from the other, dates and likelihoods point to \(cross.candidate) as the one that learned"
    }
  }

  func document(tool: String) -> JSONValue {
    .object([
      "schema": .string("retort.likelihood/1"), "tool": .string(tool), "suspect": .string(suspect.rawValue),
      "usable": .integer(usable), "unusable": .integer(unusable),
      "candidates": .array(
        candidates.map { model, outcome -> JSONValue in
          switch outcome {
          case .notEvaluated(let error):
            .object([
              "candidate": .string(model.rawValue),
              "not_evaluated": .string(ErrorReport.explanation(of: error)?.line ?? "too few answers"),
            ])
          case .found(let cross, let direction): Self.document(cross, direction)
          }
        }),
    ])
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
            "prompts": .integer(way.prompts), "log2_per_byte": figure(way.likelihood),
            "cohort_log2_per_byte": figure(way.cohortLikelihood), "excess": figure(way.excess),
            "on_cohort_answers": figure(way.base), "on_references": way.reference.map(figure) ?? .null,
            "specific": figure(way.specific), "low": figure(way.interval.low), "high": figure(way.interval.high),
            "rank": .integer(way.rank), "of": .integer(way.cohort.count + 1),
            "in_its_place": .array(
              way.cohort.map { .object(["model": .string($0.model.rawValue), "specific": figure($0.specific)]) }),
          ])
        }),
      "asymmetry": figure(cross.asymmetry), "asymmetry_low": figure(cross.asymmetryInterval.low),
      "asymmetry_high": figure(cross.asymmetryInterval.high),
      "direction": .object([
        "verdict": .string(direction.verdict.rawValue),
        "evidence": .array(
          direction.evidence.map {
            .object([
              "kind": .string($0.kind), "points": .string($0.points.rawValue), "sentence": .string($0.sentence),
            ])
          }),
      ]),
    ])
  }

  private static func figure(_ value: Double) -> JSONValue { Figure(value).value.map(JSONValue.number) ?? .null }
}
