import Foundation
package import Probing
import Synchronization

/// Progress of a run on standard error: a bar on a terminal, a line every 10 seconds elsewhere, or JSON, a line at
/// least each second.
package final class ProgressDisplay: Sendable {
  private enum Form { case bar, lines, json, nothing }

  private struct State {
    var shown: ContinuousClock.Instant?
    var onBar = false
  }

  private let state = Mutex(State())
  private let form: Form

  private let tool: String

  package init(_ mode: ProgressMode, tool: String) {
    self.tool = tool
    form =
      switch mode {
      case .auto: TerminalStyle.standardError.canRedraw ? .bar : .lines
      case .plain: .lines
      case .json: .json
      case .none: .nothing
      }
  }

  package func show(_ progress: RunProgress) {
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
        Talk.write("\r\u{1B}[K\(ProgressText.bar(progress)) \(ProgressText.words(progress))")
      case .lines: if !isFirst { Talk.say(ProgressText.words(progress)) }
      case .json: Talk.json(ProgressText.document(progress, tool: tool))
      case .nothing: break
      }
    }
  }

  /// Leaves the cursor on an empty line.
  package func end() {
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
}
