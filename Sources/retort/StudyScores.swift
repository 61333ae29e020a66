import CaseFile
import Foundation
import Likelihood
import Reporting

/// `scores.csv` of a set: one row for each pair of suspect and candidate, RFC 4180. Numbers as in `result.json`; ratios as
/// their logarithm to base 10, empty where there is none.
enum StudyScores {
  static func csv(_ results: [StudyText.Result]) -> String {
    let head =
      ["suspect", "candidate", "developer", "prompts", "standing", "combined", "low", "high", "rank", "of"]
      + Alternative.allCases.map { "log10_\($0.rawValue)" }
    let rows = results.flatMap { result in
      zip(result.candidates, result.verdicts).map { candidate, verdict -> [String] in
        let combined = candidate.value["combined"]
        return [
          result.suspect.rawValue, candidate.value["model"]?.string ?? "", candidate.value["developer"]?.string ?? "",
          candidate.value["prompts"]?.integer.map(String.init) ?? "", verdict["standing"]?.string ?? "",
          number(combined?["score"]), number(combined?["interval"]?["low"]), number(combined?["interval"]?["high"]),
          combined?["rank"]?.integer.map(String.init) ?? "", combined?["of"]?.integer.map(String.init) ?? "",
        ]
          + Alternative.allCases.map { alternative in
            number(candidate.ratios.first { $0["alternative"]?.string == alternative.rawValue }?["log10"])
          }
      }
    }
    return ([head] + rows).map { $0.map(CSVField.text).joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  private static func number(_ value: JSONValue?) -> String { value?.number.map { String(format: "%.6g", $0) } ?? "" }

}
