import Cases
import Escaping
import Foundation
import Likelihood
package import Reporting

/// `scores.csv` of a set: one row for each pair of suspect and candidate. Numbers as in `result.json`; ratios as
/// their logarithm to base 10, empty where there is none or where it cannot vary.
package enum StudyScores {
  package static func csv(_ reports: [Report]) -> String {
    let head =
      ["suspect", "candidate", "developer", "prompts", "standing", "combined", "low", "high", "rank", "of"]
      + Alternative.allCases.map { "log10_\($0.rawValue)" }
    let rows = reports.flatMap { report in
      report.candidates.map { candidate -> [String] in
        let combined = candidate.combined
        let ratios = Alternative.allCases.map { alternative in
          number(candidate.ratios.first { $0.alternative == alternative && $0.canTell }?.log10)
        }
        return [
          report.suspect.rawValue, candidate.model.rawValue, candidate.developer ?? "",
          candidate.prompts.map(String.init) ?? "",
          (report.answer.finding(candidate.model)?.standing ?? .notEvaluated).rawValue,
          number(combined?.score), number(combined?.interval.low), number(combined?.interval.high),
          combined.map { String($0.rank) } ?? "", combined.map { String($0.of) } ?? "",
        ] + ratios
      }
    }
    return CSVTable.text([head] + rows)
  }

  private static func number(_ figure: Figure?) -> String { figure?.value.map { String(format: "%.6g", $0) } ?? "" }
}
