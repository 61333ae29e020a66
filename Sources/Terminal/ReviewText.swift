import CaseFile
import Cases
package import Formats
import Foundation
import Monitoring

/// The changed probes of a check that ended, from its `result.json` alone.
package struct ReviewText {
  private let document: JSONValue
  private let verdict: String
  private let entries: [JSONValue]
  private let changes: [CheckResult.ProbeChange]

  /// - Parameters:
  ///   - document: what a check wrote.
  ///   - top: probes that are shown.
  /// - Returns: nil if it is not the result of a check.
  package init?(_ document: JSONValue, top: Int) {
    guard document["schema"]?.string == CheckResult.schema, let verdict = document["verdict"]?.string else {
      return nil
    }
    self.document = document
    self.verdict = verdict
    entries = Array((document["behaviour"]?["changes"]?.array ?? []).prefix(max(0, top)))
    changes = entries.compactMap(CheckResult.ProbeChange.init)
    guard changes.count == entries.count else { return nil }
  }

  package var lines: [String] {
    ["\(verdict): \(document["sentence"]?.string ?? "")"]
      + (changes.isEmpty ? ["no probe speaks for a change"] : [])
      + changes.flatMap { change in
        [
          "",
          "\(change.probe) (\(change.stratum.rawValue)): \(String(format: "%.1f", change.weight)) standard deviations",
        ] + change.sideBySide.map { "  \($0)" }
      }
  }

  package func json(tool: String) -> JSONValue {
    .document(
      "retort.review/1", tool: tool,
      [
        "run": document["run"] ?? .null,
        "verdict": .string(verdict), "probes": .array(entries),
      ])
  }
}

extension CheckResult.ProbeChange {
  /// From the document that a check wrote.
  fileprivate init?(json: JSONValue) {
    func counts(_ value: JSONValue?) -> [CheckResult.AnswerCount] {
      (value?.array ?? []).compactMap { entry in
        guard let answer = entry["answer"]?.string, let count = entry["count"]?.integer else { return nil }
        return CheckResult.AnswerCount(answer: answer, count: count)
      }
    }
    guard let probe = json["probe"]?.string, let stratum = json["stratum"]?.string.flatMap(Stratum.init(rawValue:)),
      let distance = json["distance"]?.number, let weight = json["weight"]?.number
    else { return nil }
    self.init(
      probe: PromptID(probe), stratum: stratum, distance: distance, weight: weight, then: counts(json["then"]),
      now: counts(json["now"]))
  }
}
