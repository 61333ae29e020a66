/// What figures show, in one sentence each.
enum FigureWording {
  static func strips(_ candidate: Report.Candidate) -> String {
    """
    Where \(candidate.model) (diamond, with its interval) stands among the \(candidate.cohortScores.count) models of the cohort (ticks), for the combined score and each channel; dashed: what a further unrelated model may reach.
    """
  }

  static func timeline(_ timeline: AttemptTimeline) -> String {
    """
    Attempts of each endpoint in \(AttemptTimeline.spans) equal spans of the run, from \(timeline.first) to \(timeline.last) (\(timeline.seconds.text(decimals: 0)) seconds): filled bars are answers, open bars failed attempts, each row by its own scale. \
    Endpoints are asked in turn, in random order: a gap in one row alone shows one that was down or slow.
    """
  }

  static func curves(alternative: String) -> String {
    """
    Against \(alternative), ratios of pairs that their calibration had not seen, bounded as here. \
    Left (Tippett): the share of them at least as high, where the proposition is true (solid) and where the alternative is (dashed). \
    Right: empirical cross-entropy in bits, of these ratios (solid), after the best recalibration (dashed), and without ratios (dotted); ratios help where the solid line lies below the dotted one.
    """
  }
}
