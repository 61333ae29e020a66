package import Cases
package import Likelihood

/// What stands around the tables of one candidate.
package enum CandidateWording {
  package static func conditions(_ candidate: Report.Candidate) -> String? {
    candidate.conditions.map { "The pair has \($0). \(candidate.applicability ?? "")" }
  }

  package static func notEvaluated(_ reason: String) -> String { "Not evaluated: \(reason)." }

  package static func cohortRest(shown: Int, further: Int) -> String {
    "Listed are the nearest \(shown); \(further) more stand in result.json."
  }

  package static func rivalsTitle(_ candidate: ModelID) -> String { "\(candidate) against each rival" }

  package static func rivals(_ lead: Report.Lead, candidate: ModelID, shown: Int) -> String {
    let further = lead.nearest.count - shown
    return """
      Among these rivals \(candidate) is number \(lead.rank) of \(lead.nearest.count + 1).\(further > 0 ? " Listed are the nearest \(shown); \(further) more stand in result.json." : "")
      """
  }

  package static func lead(_ lead: Report.Lead, candidate: ModelID) -> String {
    """
    Lead of \(candidate) over the strongest of \(lead.rivals) \(lead.rivals == 1 ? "rival" : "rivals"), models of the case that share no developer, family or base model with either side, documented students among them: \(Wording.score(lead.value)) \(Wording.interval(lead.interval)), on the scale of the fused score. \
    Below zero, other models are more like the suspect than the candidate is.
    """
  }

  package static func halves(_ halves: Report.CohortHalves, _ title: String) -> String {
    let ratios = halves.ratio.map { found -> String in
      let (low, high) = (found.low.value ?? 0, found.high.value ?? 0)
      if RatioWording.ratio(log10: low) == RatioWording.ratio(log10: high) {
        return " The ratio for \(title) is \(RatioWording.ratio(log10: low)) in all of them.\(atBounds(halves))"
      }
      return
        " The ratio for \(title) lies between \(range(found))\(halves.middle.map { ", in the middle nine tenths between \(range($0))" } ?? "").\(atBounds(halves))"
    }
    return """
      \(halves.halves) random halves of the cohort, in place of the whole, give combined scores of \(Wording.score(halves.combined.low)) to \(Wording.score(halves.combined.high)).\(ratios ?? "")
      """
  }

  /// What lies beyond a cap is not seen in a range.
  private static func atBounds(_ halves: Report.CohortHalves) -> String {
    let (upper, lower) = (halves.atUpperBound ?? 0, halves.atLowerBound ?? 0)
    guard upper + lower > 0 else { return "" }
    let ends = [
      upper > 0 ? "at or above the highest ratio that is given in \(upper)" : nil,
      lower > 0 ? "at or below the lowest in \(lower)" : nil,
    ].compactMap(\.self).joined(separator: ", ")
    return " It is \(ends) of them."
  }

  private static func range(_ range: Report.Range) -> String {
    guard let low = range.low.value, let high = range.high.value else { return "–" }
    return "\(RatioWording.ratio(log10: low)) and \(RatioWording.ratio(log10: high))"
  }

  package static func shortened(_ found: Report.Shortened, _ title: String) -> String {
    let ratio = found.ratio?.value.map { ", the ratio for \(title) \(RatioWording.ratio(log10: $0))" } ?? ""
    return """
      Without the first sentence of every answer of every model the combined score is \(Wording.score(found.combined)), number \(found.rank) of \(found.of)\(ratio).
      """
  }

  package static let sensitivity =
    "What leaving out single parts of the evidence changes, the calibration staying the same:"

  package static func part(_ part: Sensitivity.Part) -> String {
    switch part {
    case .channel: "a channel (no ratio: a calibration holds for all channels)"
    case .cohortModel: "a cohort model"
    case .probeCategory: "a category of probes"
    case .probeHalf: "half of the probes"
    }
  }
}
