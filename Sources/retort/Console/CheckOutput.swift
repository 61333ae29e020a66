import Escaping
import Formats
import Foundation
import Monitoring
import Terminal

/// A check in all its forms: in its folder, on standard output, and in the summary of a workflow.
struct CheckOutput {
  let result: CheckResult
  let folder: String
  let format: CheckFormat

  /// Everything that lies in the folder.
  func writeFiles(ledger: String?) throws { _ = try files(ledger: ledger) }

  private func files(ledger: String?) throws -> (document: JSONValue, timeline: String) {
    let document = result.document(tool: Version.tool)
    let history = try ledger.map { try Ledger.read(file: $0) } ?? Ledger(entries: [Ledger.Entry(result)])
    let timeline = CheckTimeline.svg(history, name: result.name, seed: result.baseline.rule.seed)
    for (name, text) in [
      ("result.json", JSONText.inert(document.canonical) + "\n"), ("report.md", result.markdown()),
      ("junit.xml", result.junit),
      ("timeline.svg", timeline), ("report.txt", result.textLines.joined(separator: "\n") + "\n"),
    ] {
      try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
    }
    return (document, timeline)
  }

  func write(ledger: String?) throws {
    let (document, timeline) = try files(ledger: ledger)
    switch format {
    case .text: try StandardOutput.say(result.textLines)
    case .json: try StandardOutput.json(document)
    case .junit: try StandardOutput.write(result.junit)
    case .markdown: try StandardOutput.write(result.markdown())
    case .svg: try StandardOutput.write(timeline)
    case .github:
      try StandardOutput.say(result.textLines)
      try StandardOutput.write(result.annotations.map { $0 + "\n" }.joined())
      if let summary = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !summary.isEmpty {
        // Other steps write to this file as well.
        try FileBytes.append(result.markdown(limit: CheckResult.summaryLimit).utf8, to: summary)
      }
    }
    Talk.say("result: \(folder)/result.json, report.md, junit.xml, timeline.svg")
  }

  /// Checks of several endpoints, where a folder is named for them.
  static func write(_ summary: CheckSummaryText, in folder: String?, format: CheckFormat) throws {
    let document = summary.document(tool: Version.tool)
    if let folder {
      for (name, text) in [
        ("summary.json", JSONText.inert(document.canonical) + "\n"), ("report.md", summary.markdown),
        ("junit.xml", summary.junit),
      ] {
        try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
      }
    }
    switch format {
    case .text, .svg: try StandardOutput.say(summary.lines)
    case .json: try StandardOutput.json(document)
    case .junit: try StandardOutput.write(summary.junit)
    case .markdown: try StandardOutput.write(summary.markdown)
    case .github:
      try StandardOutput.say(summary.lines)
      try StandardOutput.write(summary.annotations.map { $0 + "\n" }.joined())
      if let file = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !file.isEmpty {
        try FileBytes.append(summary.markdown.utf8, to: file)
      }
    }
  }
}
