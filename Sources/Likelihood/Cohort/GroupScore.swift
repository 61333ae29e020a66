#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What several candidates are weighed by as one: of their members the greatest
///
///     asinh(z) + lead
///
/// with z the normalised score in one channel of the method, its style, and the lead over rivals outside of the group.
///
/// Of one pair all channels are weighed alike. Of a group the question is another: whether *some* model of a developer is behind
/// the suspect. Its models share their style more than their openings and closings, and a snapshot that was not named leaves its
/// style in the one that was.
///
/// - Note: A greatest value grows with the number of members: groups of one and of ten are in one calibration, and its ratios are
///   those of such a mixture. `Reports/validation` has the figures by number.
/// - Source: measured on the reference corpus, ten forms looked at: `Reports/validation/method-3.md`.
package enum GroupScore {
  /// Of one member; nan without a lead.
  package static func value(_ normalised: Double, lead: Double?) -> Double { asinh(normalised) + (lead ?? .nan) }

  /// Of a group; nan where no member has a score.
  package static func value(of members: some Sequence<Double>) -> Double {
    members.filter(\.isFinite).max() ?? .nan
  }
}
