import Cases
package import Likelihood

/// What versions of this program did otherwise than the present one does: evidence that they made is computed as they computed it,
/// and read as `StoredReading` has it.
///
/// A tool is named as `ToolVersion` has it.
package enum MakerVersion {
  /// Whether it looks for what servers and tools left in answers.
  package static func findsDebris(_ tool: String?) -> Bool { !ToolVersion.isBefore(3, tool) }

  /// Whether a likelihood that no model can be so sure of is none to it.
  package static func refusesCertainty(_ tool: String?) -> Bool { !ToolVersion.isBefore(6, tool) }

  /// Whether a report chooses from a large cohort.
  package static func boundsCohort(_ tool: String?) -> Bool { !ToolVersion.isBefore(7, tool) }

  /// Whether it marks all that two answers share, in ones that loop too.
  package static func marksAll(_ tool: String?) -> Bool { !ToolVersion.isBefore(7, tool) }

  /// What it asks of a case and of itself: lineage, halves of the cohort, ratios of one side, pairs of a line of length, debris of the
  /// cohort alone, prompts that were given back, claims that an answer denies.
  package static func rules(_ tool: String?) -> AnalysisRules {
    if ToolVersion.isBefore(7, tool) { return .before0_7 }
    if ToolVersion.isBefore(8, tool) { return .before0_8 }
    return ToolVersion.isBefore(10, tool) ? .before0_10 : .present
  }
}
