import Likelihood

extension Report {
  /// The comparison once more, without the first sentence of every answer of every model.
  package struct Shortened: Sendable, Encodable {
    package let combined: Figure
    package let rank: Int
    package let of: Int
    /// log10 of the ratio of the pair of propositions that was asked about.
    package let ratio: Figure?

    enum CodingKeys: String, CodingKey {
      case combined, rank, of
      case ratio = "ratio_log10"
    }

    init?(_ finding: CandidateFinding, _ alternative: Alternative) {
      guard case .evaluated(let scores) = finding.outcome else { return nil }
      combined = Figure(scores.combined)
      rank = scores.rank
      of = scores.cohortScores.count + 1
      ratio = finding.ratios.first { $0.alternative == alternative }.flatMap { try? $0.result.get() }.map {
        Figure($0.log10)
      }
    }
  }
}
