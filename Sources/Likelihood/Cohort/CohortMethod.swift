package import Similarity

/// Which channels are compared, and how a cohort makes their scores comparable. Frozen by number: a change of any part is
/// another version.
package struct CohortMethod: Sendable {
  /// Which members of the cohort a side is seen among.
  package enum Reference: String, Hashable, Sendable, Encodable {
    case wholeCohort = "whole_cohort"
    /// See `CohortNormalisation.overFarHalf`.
    case farHalf = "far_half"
  }

  package let version: Int
  package let name: String
  /// Those whose normalised scores are combined.
  package let channels: [any Channel]
  /// Reported beside them, outside the combined score.
  package let uncombinedChannels: [any Channel]
  /// Names of the channels from which the effect of unequal lengths is taken out.
  package let adjustedForLength: Set<String>
  package let reference: Reference
  /// Of how many of the suspect's strongest rivals the mean is what a candidate's lead is over (`RivalLead`); 0 where the
  /// method knows no lead.
  package let strongestRivals: Int
  /// The channel by which, beside the lead, several candidates are weighed as one (`GroupScore`); nil where the method weighs none.
  package let groupChannel: String?

  package init(
    version: Int, name: String, channels: [any Channel], uncombinedChannels: [any Channel] = [],
    adjustedForLength: Set<String>,
    reference: Reference, strongestRivals: Int = 0, groupChannel: String? = nil
  ) {
    self.version = version
    self.name = name
    self.channels = channels
    self.uncombinedChannels = uncombinedChannels
    self.adjustedForLength = adjustedForLength
    self.reference = reference
    self.strongestRivals = strongestRivals
    self.groupChannel = groupChannel
  }

  /// The place of `groupChannel` among the channels.
  var groupPlace: Int? { groupChannel.flatMap { name in channels.firstIndex { $0.name == name } } }

  /// The design's first method.
  package static let version1 = CohortMethod(
    version: 1, name: "content overlap and openings, whole cohort",
    channels: [ContentOverlap(), OpeningAgreement(length: 2)], adjustedForLength: ["content_overlap"],
    reference: .wholeCohort)

  /// Four channels of habit rather than content, all of equal weight, nothing fitted. Content overlap is reported beside
  /// them: combined, it made the ranking of suspects on the validation pairs worse.
  package static let version2 = CohortMethod(
    version: 2, name: "openings, beginnings, sentence openings and style, far half of the cohort",
    channels: [OpeningAgreement(length: 2), BeginningOverlap(), SentenceOpenings(), StyleProfile()],
    uncombinedChannels: [ContentOverlap()],
    adjustedForLength: ["content_overlap", "openings_2", "beginnings", "sentence_openings", "style"],
    reference: .farHalf)

  /// Beginnings and sentence openings give way to skeletons and closings, which other prompts and languages bear out as well;
  /// to what the channels say by themselves comes how far that is above what they say of the strongest rivals.
  package static let version3 = CohortMethod(
    version: 3, name: "openings, skeletons, closings and style, far half of the cohort, and the lead over rivals",
    channels: [OpeningAgreement(length: 2), SkeletonOverlap(), ClosingOverlap(), StyleProfile()],
    uncombinedChannels: [ContentOverlap()],
    adjustedForLength: ["content_overlap", "openings_2", "skeletons", "closings", "style"],
    reference: .farHalf, strongestRivals: 3, groupChannel: "style")

  package static let all = [version1, version2, version3]
  /// What is used where nobody asks for another.
  package static let current = version3
  /// What evidence and cases mean that do not state their method: the only one there was when they were made. It never
  /// changes.
  package static let unstated = version2

  /// Channels side by side, each normalised by itself: no method that combines them, and none that a calibration could hold for.
  package static func unnumbered(
    _ name: String, channels: [any Channel], adjustedForLength: Set<String> = [], reference: Reference = .farHalf
  ) -> CohortMethod {
    CohortMethod(
      version: 0, name: name, channels: channels, adjustedForLength: adjustedForLength, reference: reference)
  }
}
