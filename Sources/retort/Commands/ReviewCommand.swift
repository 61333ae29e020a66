import ArgumentParser
import Formats
import Monitoring
import Reporting
import Terminal

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Show the probes that changed in a check, side by side, the most influential first.",
    discussion: HelpExamples.of("review"))

  @Argument(help: "Folder of a check, or its result.json.")
  var folder: String

  @Option(help: "Probes shown, up to \(Limits.shown.upperBound).")
  var top = 20

  @Flag(help: "Print the probes as JSON on standard output.")
  var json = false

  func run() throws {
    try OptionBounds.check(top, "--top", in: Limits.shown)
    let file = FileBytes.isFolder(folder) ? "\(folder)/result.json" : folder
    guard let document = JSONValue(parsing: try FileBytes.read(file), upTo: .file),
      let text = ReviewText(document, top: top)
    else {
      throw MonitoringError.notAResult(file: file)
    }
    try StandardOutput.write(text.json(tool: Version.tool), or: text.lines, json: json)
  }
}
