import CaseFile
import Foundation
import Monitoring
import Reporting

/// `retort review`: the changed probes of a check that ended, from its `result.json` alone.
struct ReviewText {
  let path: String
  let top: Int

  func write(json: Bool) throws {
    let file = FileBytes.isFolder(path) ? "\(path)/result.json" : path
    guard let document = JSONValue(parsing: try FileBytes.read(file), upTo: .file),
      document["schema"]?.string == CheckResult.schema, let verdict = document["verdict"]?.string
    else { throw MonitoringError.notAResult(file: file) }
    let entries = Array((document["behaviour"]?["changes"]?.array ?? []).prefix(max(0, top)))
    if json {
      return try StandardOutput.json(
        .object([
          "schema": .string("retort.review/1"), "tool": .string(Version.tool), "run": document["run"] ?? .null,
          "verdict": .string(verdict), "probes": .array(entries),
        ]))
    }
    try StandardOutput.say("\(verdict): \(document["sentence"]?.string ?? "")")
    if entries.isEmpty { try StandardOutput.say("no probe speaks for a change") }
    for entry in entries {
      guard let change = CheckResult.ProbeChange(json: entry) else { throw MonitoringError.notAResult(file: file) }
      try StandardOutput.say("")
      try StandardOutput.say(
        "\(change.probe) (\(change.stratum.rawValue)): \(String(format: "%.1f", change.weight)) standard deviations")
      try StandardOutput.say(change.sideBySide.map { "  \($0)" })
    }
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
