import Formats
import Foundation
import Monitoring
import Reporting

/// A check in all its forms: in its folder, on standard output, and in the summary of a workflow.
struct CheckOutput {
  let result: CheckResult
  let folder: String
  let format: CheckFormat

  func write(ledger: String?) throws {
    let document = result.document(tool: Version.tool)
    let history = try ledger.map { try Ledger.read(file: $0) } ?? Ledger(entries: [Ledger.Entry(result)])
    let timeline = CheckTimeline.svg(history, name: result.name, seed: result.baseline.rule.seed)
    for (name, text) in [
      ("result.json", document.canonical + "\n"), ("report.md", result.markdown()), ("junit.xml", result.junit),
      ("timeline.svg", timeline), ("report.txt", result.textLines.joined(separator: "\n") + "\n"),
    ] {
      try FileBytes.write(text.utf8, to: "\(folder)/\(name)")
    }
    switch format {
    case .text: print(result.textLines.joined(separator: "\n"))
    case .json: JSONOutput.print(document)
    case .junit: print(result.junit, terminator: "")
    case .markdown: print(result.markdown(), terminator: "")
    case .svg: print(timeline, terminator: "")
    case .github:
      print(result.textLines.joined(separator: "\n"))
      for line in result.annotations { print(line) }
      if let summary = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"], !summary.isEmpty {
        try append(result.markdown(limit: CheckResult.summaryLimit), to: summary)
      }
    }
    Talk.say("result: \(folder)/result.json, report.md, junit.xml, timeline.svg")
  }

  /// Other steps write to this file as well.
  private func append(_ text: String, to file: String) throws {
    let before = FileBytes.exists(file) ? try FileBytes.read(file) : []
    try FileBytes.write(before + Array(text.utf8), to: file)
  }
}
