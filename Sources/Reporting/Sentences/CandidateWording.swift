import Cases
import Likelihood

/// What stands around the tables of one candidate.
enum CandidateWording {
  static func conditions(_ candidate: Report.Candidate) -> String? {
    candidate.conditions.map { "The pair has \($0). \(candidate.applicability ?? "")" }
  }

  static func notEvaluated(_ reason: String) -> String { "Not evaluated: \(reason)." }

  static func cohortRest(shown: Int, further: Int) -> String {
    "Listed are the nearest \(shown); \(further) more stand in result.json."
  }

  static func lead(_ lead: Report.Lead, candidate: ModelID) -> String {
    """
    Lead of \(candidate) over the strongest of \(lead.rivals) \(lead.rivals == 1 ? "rival" : "rivals"), models of the case that are related to neither side: \(Wording.score(lead.value)) \(Wording.interval(lead.interval)), on the scale of the fused score. \
    Below zero, other models are more like the suspect than the candidate is.
    """
  }

  static let sensitivity = "What leaving out single parts of the evidence changes, the calibration staying the same:"

  static func part(_ part: Sensitivity.Part) -> String {
    switch part {
    case .channel: "a channel (no ratio: a calibration holds for all channels)"
    case .cohortModel: "a cohort model"
    case .probeCategory: "a category of probes"
    case .probeHalf: "half of the probes"
    }
  }
}
