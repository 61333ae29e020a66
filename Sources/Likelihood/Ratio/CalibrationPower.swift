import Statistics

/// What would have been seen, by the pairs that a calibration was fitted on and had not seen the families of.
extension Calibration.Fit {
  /// Relations of pairs whose student learned so many per cent of its lessons from the teacher: `share_30`.
  private static let sharePrefix = "share_"

  /// The smallest share of a teacher's answers in the lessons, in per cent, at which at least half of the students got a ratio
  /// above 2; nil where no pair says its share, or none was seen.
  package var leastShareSeen: Int? {
    detected.compactMap { relation, found in
      guard relation.hasPrefix(Self.sharePrefix), found.of > 0, 2 * found.count >= found.of else { return nil }
      return Int(relation.dropFirst(Self.sharePrefix.count))
    }.min()
  }

  /// log10 of the ratio that nine in ten pairs of a documented student and its teacher reached; nil without such pairs.
  package var leastRatioOfStudents: Double? {
    let ratios = unseen.ifTrue.values.joined()
    return ratios.isEmpty ? nil : Array(ratios).quantiles([0.1])[0]
  }
}
