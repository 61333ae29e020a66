import ArgumentParser
import Formats
import Monitoring
import Rendering
import Reporting
import Terminal
import Workflows

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Show the checks of a ledger, and whether they drift slowly.",
    discussion: """
      The evidence of drift grows where runs lie ever farther from the baseline than the runs before them. \
      If nothing drifts, it ever reaches 20 at most once in twenty series. \
      It advises, and never gates.\(HelpExamples.of("history"))
      """)

  @Argument(help: "Baseline (JSON), or its ledger (JSONL).")
  var file: String

  @Option(help: "File for the timeline (SVG).")
  var svg: String?

  @Flag(help: "Print the runs as JSON on standard output.")
  var json = false

  /// Of the ties of the chart of drift.
  private static let seed: UInt64 = 1

  func run() throws {
    try OutputPlace.checkFile(svg, option: "--svg")
    let path = file.hasSuffix(".jsonl") ? file : CheckFiles(baseline: file).ledger
    guard FileBytes.exists(path) else {
      throw FileError.unreadable(file: path, reason: "no such file: retort check writes it")
    }
    let ledger = try Ledger.read(file: path)
    for finding in ledger.findings { Talk.say("\(path): \(CheckWording.ledger(finding))") }
    if let svg {
      let timeline = CheckTimeline.svg(ledger, name: CheckFiles(baseline: file).name, seed: Self.seed)
      try FileBytes.write(timeline.utf8, to: svg)
      Talk.say("timeline: \(svg)")
    }
    let text = HistoryText(ledger, seed: Self.seed)
    try StandardOutput.write(text.document(file: path, tool: Version.tool), or: text.lines, json: json)
  }
}
