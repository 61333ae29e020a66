package import AnswerDebris
import CaseFile
import Cases
package import Formats
import Foundation
package import Likelihood
import Reporting
import SameModel
import Statistics

/// Whether two models could be one: tests and distributions.
package enum SameText {
  package static func lines(_ comparison: SameModelComparison, debris: [Debris.Finding] = []) -> [String] {
    var lines = DebrisWording.lines(debris)
    switch comparison.tests {
    case .needsMoreSamples:
      lines.append(SameModelWording.notTested(comparison.suspect, comparison.candidate))
    case .tested(let findings, let together, let power):
      let apart = together <= comparison.gate.level
      lines.append(
        SameModelWording.finding(
          comparison.suspect, comparison.candidate, isToldApart: apart, level: percent(comparison.gate.level)))
      for finding in findings {
        lines.append(
          "  " + words(finding.test).padding(toLength: 26, withPad: " ", startingAt: 0)
            + String(format: "p = %.4f", finding.pValue)
            + String(format: ", after Holm %.4f", finding.adjusted)
            + String(format: "; statistic %.5f", finding.statistic) + ", \(finding.prompts) prompts")
      }
      lines.append(
        "  " + "all together".padding(toLength: 26, withPad: " ", startingAt: 0)
          + String(format: "p = %.4f, by Fisher's combination under the same permutations", together))
      if apart {
        lines.append("  " + SameModelWording.notWeighed(together, atMost: PValueBound.greatestRatio(together)))
      }
      if let power {
        lines.append(
          """
            the same tests tell \(power.toldApart) of \(power.of) unrelated models from \(comparison.candidate) (95 %: \(percent(power.low)) to \(percent(power.high))); a fine-tune or a near student may need more answers
          """
        )
      } else {
        lines.append(
          "  no unrelated model answered as often: whether the tests could have found a difference is unknown")
      }
    }
    if let short = comparison.shortAnswers { lines.append("  " + ChannelsText.shortAnswers(short)) }
    for (divergence, place) in contexts(comparison) {
      lines.append(
        "  next token \(place): \(divergence.contexts) contexts on \(divergence.prompts) prompts; Jensen–Shannon "
          + String(format: "%.4f bits by tokens, %.4f by bytes", divergence.byToken, divergence.commonTail)
          + String(format: " (%.4f to %.4f with what is not listed)", divergence.least, divergence.greatest)
          + (divergence.logprobDifference.map { String(format: "; mean |Δ log-probability| %.4f", $0) } ?? "")
          + String(format: "; overlap of alternatives %.3f", divergence.rankBiasedOverlap))
    }
    return lines
  }

  package static func json(
    _ comparison: SameModelComparison, debris: [Debris.Finding] = [], tool: String
  ) -> JSONValue {
    var document: [String: JSONValue] = [
      "suspect": .string(comparison.suspect.rawValue), "candidate": .string(comparison.candidate.rawValue),
      "level": .number(comparison.gate.level), "permutations": .integer(comparison.gate.permutation.permutations),
      "seed": .integer(Int(clamping: comparison.gate.permutation.seed)),
    ]
    if case .tested(let findings, let together, let power) = comparison.tests {
      document["told_apart"] = .bool(together <= comparison.gate.level)
      document["p"] = Figure.json(together)
      document["tests"] = .array(
        findings.map {
          .object([
            "test": .string($0.test.rawValue), "prompts": .integer($0.prompts), "statistic": Figure.json($0.statistic),
            "p": Figure.json($0.pValue), "p_of_all": Figure.json($0.adjusted),
          ])
        })
      document["power"] = power.map {
        .object([
          "told_apart": .integer($0.toldApart), "of": .integer($0.of), "low": Figure.json($0.low),
          "high": Figure.json($0.high),
        ])
      }
    }
    let divergences = contexts(comparison).map { divergence, place -> JSONValue in
      .object([
        "place": .string(place), "contexts": .integer(divergence.contexts), "prompts": .integer(divergence.prompts),
        "jensen_shannon_tokens": Figure.json(divergence.byToken),
        "jensen_shannon_bytes": Figure.json(divergence.commonTail),
        "least": Figure.json(divergence.least), "greatest": Figure.json(divergence.greatest),
        "symmetric_kl": divergence.symmetricKL.map(Figure.json) ?? .null,
        "logprob_difference": divergence.logprobDifference.map(Figure.json) ?? .null,
        "shared_alternatives": .integer(divergence.sharedAlternatives),
        "rank_biased_overlap": Figure.json(divergence.rankBiasedOverlap),
      ])
    }
    document["short_answers"] = comparison.shortAnswers.map {
      .object([
        "prompts": .integer($0.prompts), "answers": .integer($0.answers), "jensen_shannon": Figure.json($0.observed),
        "least": Figure.json($0.least), "greatest": Figure.json($0.greatest),
      ])
    }
    if !divergences.isEmpty { document["next_token"] = .array(divergences) }
    if !debris.isEmpty { document["debris"] = DebrisWording.json(debris) }
    return .document("retort.same/1", tool: tool, document)
  }

  private static func contexts(_ comparison: SameModelComparison) -> [(TokenComparison.Divergence, String)] {
    [(comparison.tokens.atStart, "at the start"), (comparison.tokens.continued, "after the same words")].compactMap {
      divergence, place in divergence.map { ($0, place) }
    }
  }

  private static func words(_ test: SameModelGate.Test) -> String {
    switch test {
    case .answers: "texts (MMD)"
    case .shortAnswers: "short answers"
    case .lengths: "lengths (energy distance)"
    case .logprobs: "log-probability a byte"
    }
  }

  private static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
}
