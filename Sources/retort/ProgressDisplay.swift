import Foundation
import Probing
import Synchronization

/// Progress of a run on standard error: a bar on a terminal, a line every 10 seconds elsewhere.
final class ProgressDisplay: Sendable {
  private struct State {
    var shown: ContinuousClock.Instant?
    var onBar = false
  }

  private let state = Mutex(State())
  private let isTerminal = Talk.isTerminal

  func show(_ progress: RunProgress) {
    state.withLock { state in
      let now = ContinuousClock.now
      let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
      if let shown = state.shown, now - shown < pause { return }
      // Without a terminal the first line comes after the first pause: short runs stay silent.
      let isFirst = state.shown == nil
      state.shown = now
      if isTerminal {
        state.onBar = true
        FileHandle.standardError.write(Data("\r\u{1B}[K\(bar(progress)) \(words(progress))".utf8))
      } else if !isFirst {
        Talk.say(words(progress))
      }
    }
  }

  /// Leaves the cursor on an empty line.
  func end() {
    state.withLock { state in
      if state.onBar { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
      state.onBar = false
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
}
