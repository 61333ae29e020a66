import Browsing
import CaseFile
import Foundation
import Likelihood
import Reporting

/// `retort serve`: a case in the browser, for as long as the process lives.
struct ServeSession {
  let file: String
  let port: Int
  let method: CohortMethod
  let calibration: Calibration?
  let json: Bool

  func run() async throws {
    let (file, json, method, calibration) = (file, json, method, calibration)
    try await withCaseServer(
      file: file, port: port,
      report: { contents in
        do {
          return .html(
            try await AnalysisOutput.report(contents, method: method, calibration: calibration).html())
        } catch {
          return .unavailable(ErrorReport.explanation(of: error)?.line ?? "\(error)")
        }
      }
    ) { port in
      let url = "http://127.0.0.1:\(port)/"
      if json {
        try StandardOutput.json(
          .object([
            "schema": .string("retort.serving/1"), "tool": .string(Version.tool), "url": .string(url),
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
