import Cases
import Foundation
package import Likelihood
import Reporting
package import Validation

/// What answers are worth to each other's models, and what that says of direction.
package enum LikelihoodText {
  package static func lines(_ findings: LikelihoodFindings) -> [String] {
    let suspect = findings.suspect
    var lines: [String] = []
    let silent = findings.candidates.compactMap { model, outcome -> String? in
      if case .notEvaluated(.notAsked) = outcome { model.rawValue } else { nil }
    }
    if !silent.isEmpty { lines.append(LikelihoodWording.notAsked(silent)) }
    for (model, outcome) in findings.candidates {
      switch outcome {
      case .notEvaluated(.notAsked): continue
      case .notEvaluated(let error):
        lines.append(
          "\(suspect) and \(model): not evaluated; \(LikelihoodWording.reason(error))")
      case .found(let cross, let direction):
        lines.append(
          """
          \(suspect) and \(model): log₂-likelihood of each other's answers, bits a byte, over a cohort of \(cross.members.count)
          """)
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
              + (way.reference.map(onReferences) ?? ""))
        }
        lines.append(
          String(format: "  difference of the two directions %.3f", cross.asymmetry)
            + String(format: " [%.3f, %.3f]", cross.asymmetryInterval.low, cross.asymmetryInterval.high))
        lines.append(
          "  direction: \(LikelihoodWording.direction(direction.verdict, cross)). "
            + direction.evidence.map { LikelihoodWording.sentence($0.observation, cross) }.joined(separator: " "))
      }
    }
    if !findings.spellings.isEmpty {
      lines.append(SpellingWording.about)
      lines += findings.spellings.map { "  \(SpellingWording.sentence($0))" }
    }
    if findings.unusable > 0 {
      lines.append(
        "\(findings.unusable) of \(findings.usable + findings.unusable) responses tell no likelihood of the given answer"
      )
    }
    return lines
  }

  private static func onReferences(_ value: Double) -> String { String(format: ", on reference texts %.3f", value) }

  package static func lines(_ reference: ReferenceFindings) -> [String] {
    func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
    var lines = [
      """
      \(reference.suspect) against its base \(reference.base), on \(reference.answers) answers of each: its own answers \(number(reference.own)) nats a token likelier, all answers \(number(reference.reach)) apart
      """
    ]
    for candidate in reference.candidates {
      lines.append(
        "  answers of \(candidate.model): \(number(candidate.perByte)) bits a byte likelier"
          + (candidate.score.map { score in
            "; score \(number(score.value))"
              + (candidate.interval.map { " [\(number($0.low)), \(number($0.high))]" } ?? "")
              + " \(LikelihoodWording.sides(score, by: reference.calibration))"
          } ?? ""))
      switch candidate.ratio {
      case .success(let ratio):
        lines.append("    \(LikelihoodWording.sentence(ratio, of: candidate, in: reference))")
        if !ratio.without.isEmpty {
          lines.append("    by a calibration without \(ratio.without.joined(separator: ", ")), which it was fitted on")
        }
      case .failure(let reason): lines.append("    no ratio: \(LikelihoodWording.reason(reason))")
      }
    }
    return lines
  }
}
