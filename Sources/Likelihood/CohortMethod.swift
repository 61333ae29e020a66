package import Similarity

/// Which channels are compared, and how a cohort makes their scores comparable. Frozen by number: a change of any part is
/// another version.
package struct CohortMethod: Sendable {
  /// Which members of the cohort a side is seen among.
  package enum Reference: String, Hashable, Sendable {
    case wholeCohort = "whole_cohort"
    /// See `CohortNormalisation.overFarHalf`.
    case farHalf = "far_half"
  }

  package let version: Int
  package let name: String
  package let channels: [any Channel]
  /// Names of the channels from which the effect of unequal lengths is taken out.
  package let adjustedForLength: Set<String>
  package let reference: Reference

  /// The design's first method.
  package static let version1 = CohortMethod(
    version: 1, name: "content overlap and openings, whole cohort",
    channels: [ContentOverlap(), OpeningAgreement(length: 2)], adjustedForLength: ["content_overlap"],
    reference: .wholeCohort)

  /// Four channels of habit rather than content, all of equal weight, nothing fitted. Content overlap is no part of it: on
  /// the validation pairs it made the ranking of suspects worse.
  package static let version2 = CohortMethod(
    version: 2, name: "openings, beginnings, sentence openings and style, far half of the cohort",
    channels: [OpeningAgreement(length: 2), BeginningOverlap(), SentenceOpenings(), StyleProfile()],
    adjustedForLength: ["openings_2", "beginnings", "sentence_openings", "style"], reference: .farHalf)

  package static let all = [version1, version2]
}
