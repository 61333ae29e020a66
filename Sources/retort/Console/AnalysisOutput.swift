import Cases
import Reporting
import Terminal
import Validation
import Workflows

/// A report as the user gets it: three files in a folder, and the first page's answers on standard output.
struct AnalysisOutput {
  let folder: String
  let json: Bool
  /// Whether a report without a ratio is an error.
  var needsRatio = false

  /// - Parameter source: the case, where it is a file: what likelihoods say that lie beside it is told on standard output, and
  ///   is no part of the report.
  func write(_ report: Report, of source: (file: String, contents: CaseContents)? = nil) throws {
    let files = try ReportFiles(report)
    try files.write(to: folder)
    if json {
      try StandardOutput.write(files.result)
    } else {
      try StandardOutput.lines(Self.text(report.spokenAnswer, likelihoods: source.flatMap(Self.likelihoods)).lines)
    }
    Talk.say("report: \(folder)/report.html, report.md, result.json")
    if needsRatio, !report.spokenAnswer.hasRatio { throw RatioNotGiven(folder: folder) }
  }

  static func text(_ answer: SpokenAnswer, likelihoods: ReferenceFindings? = nil) -> AnswerText {
    AnswerText(
      answer, likelihoods: likelihoods, width: TerminalStyle.width, bold: TerminalStyle.standardOutput.bold)
  }

  /// A neighbour that cannot be read takes nothing from the report.
  private static func likelihoods(_ source: (file: String, contents: CaseContents)) -> ReferenceFindings? {
    do {
      return try AskLikelihoods.reference(beside: source.file, of: source.contents)
    } catch {
      Talk.say("what likelihoods say is left out: \(ErrorSentence.of(error) ?? "\(error)")")
      return nil
    }
  }
}
