import CaseFile
package import Formats
package import Probing
import Reporting

/// How far a run is: for a terminal, for a log, for a program.
package enum ProgressText {
  package static func bar(_ progress: RunProgress) -> String {
    let width = 24
    let done = progress.planned > 0 ? width * progress.answered / progress.planned : 0
    return "[" + String(repeating: "#", count: done) + String(repeating: ".", count: width - done) + "]"
  }

  package static func words(_ progress: RunProgress) -> String {
    var parts = ["\(progress.answered) of \(progress.planned)"]
    if progress.retries > 0 { parts.append("\(progress.retries) retries") }
    if progress.failures > 0 { parts.append("\(progress.failures) failures") }
    if let wait = progress.nextRetry { parts.append("next try in \(DurationText.words(wait))") }
    if let remaining = progress.remaining { parts.append("about \(DurationText.words(remaining)) left") }
    return parts.joined(separator: ", ")
  }

  package static func document(_ progress: RunProgress, tool: String) -> JSONValue {
    func seconds(_ duration: Duration?) -> JSONValue {
      duration.map { .number(Double($0.wholeMilliseconds) / 1_000) } ?? .null
    }
    return .compactDocument(
      "retort.progress/1", tool: tool,
      [
        "planned": .integer(progress.planned),
        "answered": .integer(progress.answered), "in_flight": .integer(progress.inFlight),
        "attempts": .integer(progress.attempts), "retries": .integer(progress.retries),
        "failures": .integer(progress.failures), "tokens": .integer(progress.tokens),
        "elapsed_seconds": seconds(progress.elapsed), "next_retry_seconds": seconds(progress.nextRetry),
        "remaining_seconds": seconds(progress.remaining),
      ])
  }
}
