package import Cases
import Escaping
package import Likelihood
package import Reporting
package import Similarity

/// A pair that stands out, looked into: what its score is made of, before anything is concluded from it.
package struct StandingPair {
  private let suspect: ModelID
  /// What was found on the answers as they are.
  private let finding: Report.Candidate
  private let opening: StockOpening?
  /// On the same answers without their first sentences; nil where nothing is left to compare.
  private let withoutFirstSentences: Report.Combined?

  package init(
    suspect: ModelID, _ finding: Report.Candidate, opening: StockOpening?, withoutFirstSentences: CandidateScores?
  ) {
    self.suspect = suspect
    self.finding = finding
    self.opening = opening
    self.withoutFirstSentences = withoutFirstSentences.map { Report.Combined($0) }
  }

  var lines: [String] {
    let channels = finding.channels.filter(\.isCombined).compactMap { channel in
      channel.normalised.value.map { "`\(channel.name)` \(StudyText.number($0))" }
    }
    var lines = [
      "", "**\(suspect.rawValue.markdown) and \(finding.model.rawValue.markdown), looked into.**", "",
      "- Combined score \(StudyText.score(finding.combined)); by channel, normalised: \(channels.joined(separator: ", ")).",
    ]
    if let opening {
      let next =
        opening.next.map { "; the next is \($0.model.rawValue.markdown) with \(StudyText.percent($0.share))" } ?? ""
      lines.append(
        """
        - The beginning that both use most, word for word (its words are not repeated here): \(StudyText.percent(opening.ofOne)) of the suspect's answers and \(StudyText.percent(opening.ofOther)) of the candidate's have it. \
        Of the \(opening.others) other models \(opening.othersAlike) use it half as often or more\(next).
        """)
    }
    let rest = withoutFirstSentences.map { "combined score \(StudyText.score($0))" } ?? "nothing is left to compare"
    lines.append("- The same comparison without the first sentence of every answer of every model: \(rest).")
    return lines
  }
}
