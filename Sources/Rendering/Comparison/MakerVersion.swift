package import Likelihood
import Reporting

/// What versions of this program did otherwise than the present one does: evidence that they made is computed as they computed it.
package enum MakerVersion {
  /// - Parameters:
  ///   - tool: as a document states it, such as `retort 0.5.0`; nil and other programs count as the present version.
  ///   - minor: the first version 0.`minor` that does it as the present one does.
  private static func isBefore(_ minor: Int, _ tool: String?) -> Bool {
    (1..<minor).contains { tool?.utf8.starts(with: "retort 0.\($0).".utf8) ?? false }
  }

  /// Whether it looks for what servers and tools left in answers.
  package static func findsDebris(_ tool: String?) -> Bool { !isBefore(3, tool) }

  /// Whether a likelihood that no model can be so sure of is none to it.
  package static func refusesCertainty(_ tool: String?) -> Bool { !isBefore(6, tool) }

  /// Whether a report chooses from a large cohort.
  package static func boundsCohort(_ tool: String?) -> Bool { !isBefore(7, tool) }

  /// Whether it marks all that two answers share, in ones that loop too.
  package static func marksAll(_ tool: String?) -> Bool { !isBefore(7, tool) }

  /// Whether it reads the tokens of answers that were asked for, and no others.
  package static func readsAskedTokens(_ tool: String?) -> Bool { !isBefore(8, tool) }

  /// What it asks of a case and of itself: lineage, halves of the cohort, ratios of one side, pairs of a line of length, debris of the
  /// cohort alone.
  package static func rules(_ tool: String?) -> AnalysisRules {
    isBefore(7, tool) ? .before0_7 : isBefore(8, tool) ? .before0_8 : .present
  }
}
