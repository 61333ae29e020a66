import Reporting
import Workflows

/// A report as the user gets it: three files in a folder, and the verdict on standard output.
struct AnalysisOutput {
  let folder: String
  let json: Bool

  func write(_ report: Report) throws {
    let files = try ReportFiles(report)
    try files.write(to: folder)
    if json {
      try StandardOutput.write(files.result)
    } else {
      try StandardOutput.say(report.verdictLines)
    }
    Talk.say("report: \(folder)/report.html, report.md, result.json")
  }
}
