import Browsing
import CaseFile
import Foundation
import Likelihood
import Reporting
import Workflows

/// `retort serve`: a case in the browser, for as long as the process lives.
struct ServeSession {
  let file: String
  let port: Int
  let method: CohortMethod
  let calibration: Calibration?
  let json: Bool

  func run() async throws {
    let (file, json) = (file, json)
    let workflow = AnalyseCase(method: method, calibration: calibration, tool: Version.tool)
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
          .document(
            "retort.serving/1", tool: Version.tool,
            [
              "url": .string(url),
              "case": .string(file),
            ]))
      } else {
        // Straight out: whoever waits for the address reads a pipe.
        try StandardOutput.say(url)
      }
      while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
    }
  }
}
