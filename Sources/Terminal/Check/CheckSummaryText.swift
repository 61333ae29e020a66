import CaseFile
import Escaping
package import Formats
import Foundation
package import Monitoring
import Reporting

/// Checks of several endpoints as one: a line each, and what bounds their false alarms together.
package struct CheckSummaryText {
  package static let schema = "retort.check-summary/1"
  private let summary: CheckSummary

  package init(_ summary: CheckSummary) { self.summary = summary }

  private var falseAlarmLine: String {
    guard let bound = summary.falseAlarms else { return "false alarms are bounded for each endpoint by itself" }
    return """
      false alarms of all endpoints together: at most \(String(format: "%g", (bound.atMost * 1e6).rounded() / 1e4)) % of all series of \(bound.runs) runs see one
      """
  }

  package var lines: [String] {
    let width = (summary.results.map(\.name.count).max() ?? 0) + 2
    let lines = summary.results.map { result in
      "  \(result.verdict.rawValue.padding(to: 14))\(result.name.padding(to: width))\(CheckWording(result).headline)"
    }
    return
      (["retort check · \(summary.results.count) endpoints · \(summary.verdict.rawValue)"] + lines + [
        "  \(falseAlarmLine)"
      ]).map(NeutralText.log)
  }

  package func document(tool: String) -> JSONValue {
    .compactDocument(
      Self.schema, tool: tool,
      [
        "verdict": .string(summary.verdict.rawValue), "exit": .integer(summary.exit),
        "false_alarms": summary.falseAlarms.map {
          .object(["at_most": .number($0.atMost), "per_runs": .integer($0.runs)])
        } ?? .null,
        "endpoints": .array(summary.results.map { $0.document(tool: tool) }),
      ])
  }

  /// Those of all endpoints; GitHub shows ten of a kind.
  package var annotations: [String] { summary.results.flatMap(\.annotations) }

  package var markdown: String {
    let rows = summary.results.map {
      "| \(NeutralText.markdown($0.name)) | \($0.verdict.rawValue) | \(NeutralText.markdown(CheckWording($0).headline)) |"
    }
    let head = [
      CheckResult.marker, "", "## \(summary.verdict.rawValue): \(summary.results.count) endpoints", "",
      "| endpoint | verdict | finding |", "|---|---|---|",
    ]
    return (head + rows + ["", NeutralText.markdown(falseAlarmLine) + ".", ""]).joined(separator: "\n")
  }

  /// The suites of all endpoints in one file.
  package var junit: String {
    let suites = summary.results.flatMap { result in
      result.junit.split(separator: "\n", omittingEmptySubsequences: false)
        .filter {
          !$0.hasPrefix("<?xml") && !$0.hasPrefix("<testsuites") && !$0.hasPrefix("</testsuites") && !$0.isEmpty
        }
    }
    return
      (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"] + suites.map(String.init) + [
        "</testsuites>", "",
      ]).joined(separator: "\n")
  }
}
