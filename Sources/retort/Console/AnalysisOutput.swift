import Reporting
import Terminal
import Workflows

/// A report as the user gets it: three files in a folder, and the first page's answers on standard output.
struct AnalysisOutput {
  let folder: String
  let json: Bool
  /// Whether a report without a ratio is an error.
  var needsRatio = false

  func write(_ report: Report) throws {
    let files = try ReportFiles(report)
    try files.write(to: folder)
    if json {
      try StandardOutput.write(files.result)
    } else {
      try StandardOutput.lines(Self.text(report.spokenAnswer).lines)
    }
    Talk.say("report: \(folder)/report.html, report.md, result.json")
    if needsRatio, !report.spokenAnswer.hasRatio { throw RatioNotGiven(folder: folder) }
  }

  static func text(_ answer: SpokenAnswer) -> AnswerText {
    AnswerText(answer, width: TerminalStyle.width, bold: TerminalStyle.standardOutput.bold)
  }
}
