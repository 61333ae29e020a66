import ArgumentParser
import Browsing
import CaseFile
import Formats
import Likelihood
import Reporting
import Workflows

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Browse a case: the report, probes, answers and attempts, with a search.",
    discussion: """
      Serves pages to a browser on this machine, by 127.0.0.1 alone, until it is stopped; the address is printed once it can \
      be used. The case is only read, and a run may go on meanwhile: pages show what it has stored so far. No page needs a \
      script or anything from elsewhere.
      """)

  @Argument(help: "Case file (.retort).")
  var file: String

  @Option(help: "Port; 0 takes a free one.")
  var port = 0

  @Option(help: "Version of the method: 3, or 2 or 1 for earlier ones.")
  var method = CohortMethod.current.version

  @Option(
    help: "Calibration: shipped, demo, or a file of retort calibrate. Default: shipped, where it is of the method.")
  var calibration: String?

  @Flag(help: "Print the address as JSON on standard output.")
  var json = false

  func run() async throws {
    guard (0...65_535).contains(port) else {
      throw UsageError.badValue(option: "--port", value: String(port), expected: "0 to 65535")
    }
    let method = try CohortMethod.named(method)
    let workflow = AnalyseCase(
      method: method, calibration: try calibration.map { try .named($0, for: method) } ?? .shipped(for: method),
      tool: Version.tool)
    let (file, json) = (file, json)
    try await withCaseServer(
      file: file, port: port,
      report: { contents in
        do {
          return .html(try await workflow.report(contents).html())
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
