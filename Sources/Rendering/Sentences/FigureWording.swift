import Likelihood
import Reporting

/// What figures show, in one sentence each.
enum FigureWording {
  /// What the scale shows, as a title: the finding itself.
  static func scale(_ finding: Conclusion.Finding, _ log10: Double, alternative: Alternative) -> String {
    let support = VerbalScale.words(log10: log10, for: Propositions.names(alternative))
    return "\(finding.candidate): ratio \(ConclusionWording.number(finding)), \(support)"
  }

  static func scaleRange(_ bounds: (low: Double, high: Double), alternative: Alternative) -> String {
    """
    Ratio for \(Propositions.title(alternative)), with its interval; shaded: what the validation set can bear, \(RatioWording.ratio(log10: bounds.low)) to \(RatioWording.ratio(log10: bounds.high)). \
    Words of \(VerbalScale.name). \
    Marked (cap): the greatest or least ratio that can be borne out; the likeness itself may go further.
    """
  }

  static func strip(_ candidate: Report.Candidate, _ combined: Report.Combined) -> String {
    "\(candidate.model) is number \(combined.rank) of \(combined.of) models by its likeness to the suspect"
  }

  static func stripNumbers(_ combined: Report.Combined, _ cohort: [Double]) -> String {
    let highest = cohort.max().map {
      "; the nearest of \(cohort.count) unrelated models (ticks) has \(Wording.score(Figure($0)))"
    }
    return """
      Combined score \(Wording.score(combined.score)) \(Wording.interval(combined.interval))\(highest ?? ""). In standard deviations of the cohort; steps shrink outwards.
      """
  }

  static func stripsNumbers(_ candidate: Report.Candidate) -> String {
    "Numbers of the figure: \(candidate.model) and the cohort, by channel"
  }

  static func curvesTitle(_ alternative: String) -> String {
    "Ratios of unseen families against \(alternative): Tippett plot and empirical cross-entropy"
  }

  static let timelineTitle = "When each endpoint answered"
  static let treeTitle = "How near all models are to each other, as a tree"
  static let heatMapTitle = "How near all models are to each other, pair by pair"
  static let besideTables = "Its numbers stand in the tables of this section."

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
