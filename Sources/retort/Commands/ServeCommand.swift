import ArgumentParser
import Browsing
import CaseFile
import Formats
import Likelihood
import Rendering
import Reporting
import Terminal
import Workflows

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Browse a case: the report, probes, answers and attempts, with a search.",
    discussion: """
      Serves pages to a browser on this machine, by 127.0.0.1 alone, until it is stopped; the address is printed once it can be used. \
      The case is only read, and a run may go on meanwhile: pages show what it has stored so far. \
      No page needs a script or anything from elsewhere.\(HelpExamples.of("serve"))
      """)

  @Argument(help: "Case file (.retort).")
  var file: String

  private static let ports = 0...65_535

  @Option(help: "Port, \(Limits.words(Self.ports)); 0 takes a free one.")
  var port = 0

  @OptionGroup
  var method: MethodOptions

  @Flag(help: "Print the address as JSON on standard output.")
  var json = false

  func run() async throws {
    try OptionBounds.check(port, "--port", in: Self.ports)
    let (method, calibration) = try method.chosen()
    let workflow = AnalyseCase(method: method, calibration: calibration, tool: Version.tool)
    let (file, json) = (file, json)
    try await withCaseServer(
      file: file, port: port,
      report: { contents in
        do {
          let report = try await workflow.report(contents)
          return .html(try report.html(), answer: report.spokenAnswer)
        } catch {
          return .unavailable(ErrorReport.explanation(of: error)?.line ?? "\(error)")
        }
      }
    ) { port in
      let url = "http://127.0.0.1:\(port)/"
      if json {
        try StandardOutput.json(
          .document("retort.serving/1", tool: Version.tool, ["url": .string(url), "case": .string(file)]))
      } else {
        // Straight out: whoever waits for the address reads a pipe.
        try StandardOutput.say(url)
      }
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
    }
  }
}
