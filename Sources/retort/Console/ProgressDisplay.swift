import ArgumentParser
import CaseFile
import Formats
import Foundation
import Probing
import Reporting
import Synchronization

/// Progress of a run on standard error: a bar on a terminal, a line every 10 seconds elsewhere, or JSON, a line at
/// least each second.
final class ProgressDisplay: Sendable {
  private enum Form { case bar, lines, json, nothing }

  private struct State {
    var shown: ContinuousClock.Instant?
    var onBar = false
  }

  private let state = Mutex(State())
  private let form: Form

  init(_ mode: ProgressMode) {
    form =
      switch mode {
      case .auto: TerminalStyle.standardError.canRedraw ? .bar : .lines
      case .plain: .lines
      case .json: .json
      case .none: .nothing
      }
  }

  func show(_ progress: RunProgress) {
    guard form != .nothing else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      let isLast = progress.answered == progress.planned
      if let shown = state.shown, now - shown < pause, !(isLast && form == .json) { return }
      // The first line comes after the first pause: short runs stay silent.
      let isFirst = state.shown == nil
      state.shown = now
      switch form {
      case .bar:
        state.onBar = true
        Talk.write("\r\u{1B}[K\(bar(progress)) \(words(progress))")
      case .lines: if !isFirst { Talk.say(words(progress)) }
      case .json: Talk.json(document(progress))
      case .nothing: break
      }
    }
  }

  /// Leaves the cursor on an empty line.
  func end() {
    state.withLock { state in
      if state.onBar { Talk.write("\r\u{1B}[K") }
      state.onBar = false
    }
  }

  private var pause: Duration {
    switch form {
    case .bar: .milliseconds(100)
    case .json: .seconds(1)
    case .lines, .nothing: .seconds(10)
    }
  }

  private func bar(_ progress: RunProgress) -> String {
    let width = 24
    let done = progress.planned > 0 ? width * progress.answered / progress.planned : 0
    return "[" + String(repeating: "#", count: done) + String(repeating: ".", count: width - done) + "]"
  }

  private func words(_ progress: RunProgress) -> String {
    var parts = ["\(progress.answered) of \(progress.planned)"]
    if progress.retries > 0 { parts.append("\(progress.retries) retries") }
    if progress.failures > 0 { parts.append("\(progress.failures) failures") }
    if let wait = progress.nextRetry { parts.append("next try in \(DurationText.words(wait))") }
    if let remaining = progress.remaining { parts.append("about \(DurationText.words(remaining)) left") }
    return parts.joined(separator: ", ")
  }

  private func document(_ progress: RunProgress) -> JSONValue {
    func seconds(_ duration: Duration?) -> JSONValue {
      duration.map { .number(Double($0.wholeMilliseconds) / 1_000) } ?? .null
    }
    return .compactDocument(
      "retort.progress/1", tool: Version.tool,
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
